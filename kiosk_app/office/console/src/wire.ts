// Made by `npm run types` from kiosk_app/protocol/schema/console.schema.json.
// Change the messages in kiosk_app/protocol, never this file.

export type FromConsole =
  | AcceptCase
  | AgentChat
  | RequestScreenShare
  | EndScreenShare
  | StartCall
  | HangUp
  | AgentOfferPeer
  | ActAtTill
  | TagCase
  | ResolveCase
  | PauseHelp;
/**
 * What the shopper's side takes part with. The agent's camera is the agent's own choice.
 */
export type CallKind = "video" | "voice";
/**
 * Why the agent would rather talk or see; said to the shopper in the question.
 */
export type CallReason = "age_check" | "guidance" | "visual_fault";
/**
 * What an agent may do at the till, at the shopper's eyes.
 */
export type TillAction = "resume_payment" | "unlock_line" | "void_line";
export type ToConsole =
  | ConsoleReady
  | CaseChanged
  | CaseGone
  | FiguresChanged
  | ChatLog
  | ChatAdded
  | TillActed
  | PeerAnswered
  | PeerWanted
  | ConsoleRefused;
/**
 * Where a case is, as the office sees it.
 */
export type CasePhase = "active" | "browsing" | "ended" | "queued";
/**
 * Where in the shop the kiosk stands.
 */
export type Position = "entrance" | "shelf" | "till";
/**
 * Where in the purchase the shopper is.
 */
export type PaymentStep = "card_entry" | "cart" | "declined" | "idle" | "paid" | "payment" | "receipt";
export type NetworkKind = "mobile" | "offline" | "unknown" | "wifi" | "wired";
export type BatteryState = "charging" | "discharging" | "mains" | "unknown";
/**
 * What the till saw before help was offered unasked, and taken.
 */
export type HelpReason = "age" | "declines" | "payment_idle" | "scans";
/**
 * Why a share ended.
 */
export type ShareEndCause =
  | "agent_stopped"
  | "card_entry"
  | "case_ended"
  | "deadline"
  | "link_lost"
  | "media_lost"
  | "peer_lost"
  | "shopper_stopped";
/**
 * What came of the question whether the screen may be seen.
 */
export type ShareAnswer = "granted" | "not_here" | "not_now" | "refused" | "timed_out";
/**
 * How the call of a case stands. ``CallNow.muted`` is beside it.
 */
export type CallPhase = "asked" | "connecting" | "ended" | "live" | "none" | "offered";
/**
 * What came of the agent's question.
 */
export type CallAnswer = "granted" | "no_device" | "not_now" | "refused" | "timed_out";
/**
 * Why a call ended.
 */
export type CallEndCause =
  "agent_ended" | "agent_left" | "case_ended" | "media_lost" | "no_microphone" | "no_speaker" | "shopper_ended";
/**
 * How the shopper is called back.
 */
export type CallbackWay = "kiosk" | "phone";
/**
 * Why a case ended.
 */
export type EndCause =
  | "call_missed"
  | "callback"
  | "failed"
  | "left_menu"
  | "left_queue"
  | "new_customer"
  | "paused"
  | "resolved"
  | "self_solved"
  | "shopper_ended";
export type Author = "agent" | "shopper";
/**
 * What came of an agent's action at the till; whatever is not ``done`` changed nothing.
 */
export type TillOutcome = "done" | "expired" | "moved_on" | "not_now" | "not_signed" | "used";
export type FromPhone = SendChat | ReportCall | AnswerPeer | ReportPeerLost | GiveFeedback | CloseCase;
export type ToPhone =
  | PhoneReady
  | CartLeft
  | QueueChanged
  | AgentJoined
  | AgentLeft
  | DeliverChat
  | AskCall
  | EndCall
  | OfferPeer
  | CaseResolved
  | CommandDone
  | CommandRefused;
/**
 * What became of the cart in the till when the shopper left with the phone.
 */
export type LeftCart = "held" | "in_till" | "lost" | "none";
/**
 * Why the agent would rather talk or see; said to the shopper in the question.
 */
export type CallReason1 = "age_check" | "guidance" | "visual_fault";
export type OnPeer = PeerChat | PeerTyping | PeerPoint | PeerPing | PeerPong;
export type BatteryState1 = "charging" | "discharging" | "mains" | "unknown";
/**
 * How the call of a case stands. ``CallNow.muted`` is beside it.
 */
export type CallPhase1 = "asked" | "connecting" | "ended" | "live" | "none" | "offered";
/**
 * What became of the cart in the till when the shopper left with the phone.
 */
export type LeftCart1 = "held" | "in_till" | "lost" | "none";
export type NetworkKind1 = "mobile" | "offline" | "unknown" | "wifi" | "wired";
/**
 * The words under which a call is offered, as the case log names them.
 */
export type CallTextVersion = "call-1";

/**
 * Take the case offered under ``attempt``; an offer that has lapsed since is refused.
 */
export interface AcceptCase {
  type: "accept_case";
  command: string;
  case: string;
  attempt: number;
}
/**
 * ``message`` is the chat message's id: the same text goes over the data channel as well.
 */
export interface AgentChat {
  type: "agent_chat";
  command: string;
  case: string;
  message: string;
  text: string;
}
export interface RequestScreenShare {
  type: "request_screen_share";
  command: string;
  case: string;
}
export interface EndScreenShare {
  type: "end_screen_share";
  command: string;
  case: string;
}
/**
 * Ask the shopper for a call, or join the one that they ask for. The agent's microphone is
 * ready by then.
 */
export interface StartCall {
  type: "start_call";
  command: string;
  case: string;
  kind: CallKind;
  reason?: CallReason;
}
/**
 * End the call, or take back the question for one.
 */
export interface HangUp {
  type: "hang_up";
  command: string;
  case: string;
}
export interface AgentOfferPeer {
  type: "agent_offer_peer";
  command: string;
  case: string;
  generation: number;
  nonce: string;
  sdp: string;
}
/**
 * Do ``action`` at the shopper's till; ``line`` names the cart's line where it is about one.
 *
 * The office signs it for this case, this action and this line. ``TillActed`` says what came of
 * it.
 */
export interface ActAtTill {
  type: "act_at_till";
  command: string;
  case: string;
  action: TillAction;
  line?: string;
}
export interface TagCase {
  type: "tag_case";
  command: string;
  case: string;
  /**
   * @maxItems 10
   */
  tags: string[];
}
export interface ResolveCase {
  type: "resolve_case";
  command: string;
  case: string;
}
/**
 * End the case, and let help at its kiosk rest for ``minutes``; the safety lane stays open.
 */
export interface PauseHelp {
  type: "pause_help";
  command: string;
  case: string;
  minutes: number;
}
/**
 * The first message: who is logged in, the time there, and every case that is open.
 */
export interface ConsoleReady {
  type: "console_ready";
  agent_name: string;
  now: string;
  max_cases: number;
  cases: CaseCard[];
  figures: Figures;
}
/**
 * One case as the lists and the panel show it. ``safety``: before everyone, loudly.
 */
export interface CaseCard {
  case: string;
  kiosk: string;
  kiosk_key: string;
  phase: CasePhase;
  attempt: number | null;
  agent_name: string | null;
  mine: boolean;
  pressed_at: string;
  queued_at: string | null;
  promised_seconds: number | null;
  answered_seconds: number | null;
  first_text: string;
  context: Context;
  share: ShareState;
  call: CallNow;
  kiosk_gone_since: string | null;
  tags: string[];
  callback?: CallbackCard | null;
  earlier?: EarlierCase | null;
  safety?: boolean;
}
/**
 * Everything the system knows of the visit, so that nothing of it is asked for.
 *
 * ``read``: the articles that the shopper opened in this visit, newest last; ``asked``: what
 * they looked for there. ``reason``: why help was offered, where the shopper took the offer.
 * ``practice``: no shopper stands there; agents train on it, and no
 * figure counts it.
 */
export interface Context {
  store: string;
  till_name: string;
  position: Position;
  cart: Cart;
  step: PaymentStep;
  device: Device;
  network: Network;
  battery: Battery;
  language: string;
  declines?: number;
  channel?: "kiosk_screen" | "phone";
  practice?: boolean;
  /**
   * @maxItems 20
   */
  read?: ReadArticle[];
  /**
   * @maxItems 10
   */
  asked?: string[];
  reason?: HelpReason | null;
}
/**
 * What the shopper is buying. The sum of the lines' amounts is the total, in öre.
 */
export interface Cart {
  /**
   * @maxItems 200
   */
  lines?: CartLine[];
}
/**
 * One row of the cart. ``amount_ore`` is the row's sum.
 */
export interface CartLine {
  line: string;
  name: string;
  quantity: number;
  amount_ore: number;
  age_restricted?: boolean;
  unlocked?: boolean;
}
/**
 * The kiosk itself.
 */
export interface Device {
  model?: string;
  system?: string;
  app_version?: string;
  screen?: string;
}
/**
 * How the kiosk is connected; ``signal_dbm`` only for wifi and mobile, where it is known.
 */
export interface Network {
  kind?: NetworkKind;
  signal_dbm?: number | null;
}
/**
 * ``percent`` is None where there is no battery or it does not say.
 */
export interface Battery {
  state?: BatteryState;
  percent?: number | null;
}
/**
 * A help article that was opened. ``title`` is as the shopper read it.
 */
export interface ReadArticle {
  id: string;
  title: string;
}
/**
 * ``asked`` waits for the shopper; ``granted`` has ``seconds_left``; ``denied`` has the
 * ``answer``; ``ended`` has a cause.
 */
export interface ShareState {
  state?: string;
  seconds_left?: number | null;
  cause?: ShareEndCause | null;
  answer?: ShareAnswer | null;
}
/**
 * A call as it stands at the kiosk, which alone decides.
 *
 * ``kind`` is what is agreed, or what the shopper asks for. ``offered`` is what a question on
 * the screen is about, which may come up in a call as well (the camera in a voice call);
 * ``answer`` is what came of the agent's last one. ``camera``: the shopper's is open.
 * ``suggested``: the question is the kiosk's own; an agent's takes its place.
 */
export interface CallNow {
  phase?: CallPhase;
  kind?: CallKind | null;
  offered?: CallKind | null;
  answer?: CallAnswer | null;
  muted?: boolean;
  camera?: boolean;
  cause?: CallEndCause | null;
  suggested?: boolean;
}
/**
 * Who waits for a call: ``number`` to dial and ``shown`` to read; both empty by ``kiosk``, and
 * once nobody has called in time, since ``missed_at``.
 */
export interface CallbackCard {
  way: CallbackWay;
  asked_at: string;
  number?: string;
  shown?: string;
  missed_at?: string | null;
}
/**
 * Another case of the same visit: the one before this one, or a call that is still waited
 * for.
 */
export interface EarlierCase {
  case: string;
  pressed_at: string;
  cause?: EndCause | null;
  waits_for_call?: boolean;
}
/**
 * The top bar's figures of the day.
 */
export interface Figures {
  queued: number;
  longest_wait_seconds: number;
  promise_kept_percent: number | null;
  answer_seconds: number | null;
}
/**
 * A case is new or different; replaces what was known of it.
 */
export interface CaseChanged {
  type: "case_changed";
  card: CaseCard;
}
/**
 * Ended, with its cause: out of every list.
 */
export interface CaseGone {
  type: "case_gone";
  case: string;
  cause: EndCause;
}
export interface FiguresChanged {
  type: "figures_changed";
  figures: Figures;
}
/**
 * Everything said so far in a case of the agent's; sent at accept and after a reconnect.
 */
export interface ChatLog {
  type: "chat_log";
  case: string;
  /**
   * @maxItems 100
   */
  messages: ChatMessage[];
}
/**
 * One line of chat. It may arrive by data channel and by link; ``id`` tells they are one.
 */
export interface ChatMessage {
  id: string;
  author: Author;
  name: string;
  text: string;
  sent_at: string;
}
export interface ChatAdded {
  type: "chat_added";
  case: string;
  message: ChatMessage;
}
/**
 * What came of the ``ActAtTill`` with this command.
 */
export interface TillActed {
  type: "till_acted";
  command: string;
  case: string;
  outcome: TillOutcome;
}
/**
 * The kiosk's answer to offer ``generation``; check ``signature`` with the card's key.
 */
export interface PeerAnswered {
  type: "peer_answered";
  case: string;
  generation: number;
  sdp: string;
  signature: string;
}
/**
 * Make a new connection: the kiosk lost ``lost_generation`` (0: never had one).
 */
export interface PeerWanted {
  type: "peer_wanted";
  case: string;
  lost_generation: number;
}
/**
 * A command was not carried out; ``message`` says why and what to do.
 */
export interface ConsoleRefused {
  type: "console_refused";
  command: string | null;
  code: string;
  message: string;
}
export interface SendChat {
  type: "send_chat";
  command: string;
  case: string;
  message: ChatMessage;
}
/**
 * The call as it stands after a change. ``text_version`` and ``language`` name the words under
 * which it was offered or asked for.
 */
export interface ReportCall {
  type: "report_call";
  command: string;
  case: string;
  call: CallNow;
  at: string;
  text_version: string;
  language: string;
}
/**
 * The SDP answer to offer ``generation``, complete (aiortc does not trickle).
 *
 * ``signature`` is Ed25519, base64, by the kiosk's key over
 * ``hjalp.v1|peer|<case>|<role>|<nonce>|<fingerprint>`` with role ``answer``, the offer's nonce
 * and the SHA-256 DTLS fingerprint as in the SDP, so that nobody between can swap the media.
 */
export interface AnswerPeer {
  type: "answer_peer";
  command: string;
  case: string;
  generation: number;
  sdp: string;
  signature: string;
}
/**
 * Connection ``generation`` is gone, or never came up; the console should offer a new one.
 */
export interface ReportPeerLost {
  type: "report_peer_lost";
  command: string;
  case: string;
  generation: number;
  reason: string;
}
/**
 * One of five faces, 1 angry … 5 glad.
 */
export interface GiveFeedback {
  type: "give_feedback";
  command: string;
  case: string;
  score: number;
  text?: string;
}
/**
 * ``article`` is the help article that solved it, where the shopper said so.
 */
export interface CloseCase {
  type: "close_case";
  command: string;
  case: string;
  cause: EndCause;
  ended_at: string;
  article?: string;
}
/**
 * The case as it stands. ``phase`` ended: it is over, and nothing else of it is said.
 *
 * ``now`` is the office's time, for what runs out at a time of day. ``cart_now`` is None until
 * the kiosk has said what became of the cart.
 */
export interface PhoneReady {
  type: "phone_ready";
  case: string;
  now: string;
  language: string;
  store: string;
  phase: CasePhase;
  agent_name?: string | null;
  position?: number | null;
  wait_seconds?: number | null;
  cart?: Cart1;
  cart_now?: CartNow | null;
  /**
   * @maxItems 100
   */
  chat?: ChatMessage[];
}
/**
 * What the shopper is buying. The sum of the lines' amounts is the total, in öre.
 */
export interface Cart1 {
  /**
   * @maxItems 200
   */
  lines?: CartLine[];
}
/**
 * ``code`` gives it back at the kiosk until ``until``; empty and None where none is held.
 */
export interface CartNow {
  left?: LeftCart;
  code?: string;
  until?: string | null;
}
/**
 * The kiosk has said what became of the cart.
 */
export interface CartLeft {
  type: "cart_left";
  case: string;
  cart_now: CartNow;
}
/**
 * The case's place, 1 is next, and the expected wait; None while no agent is there.
 */
export interface QueueChanged {
  type: "queue_changed";
  case: string;
  position: number;
  wait_seconds: number | null;
}
export interface AgentJoined {
  type: "agent_joined";
  case: string;
  agent_name: string;
  eta_seconds: number;
}
/**
 * The agent's browser has been gone too long; the case is at the head of the queue again.
 */
export interface AgentLeft {
  type: "agent_left";
  case: string;
}
export interface DeliverChat {
  type: "deliver_chat";
  case: string;
  message: ChatMessage;
}
/**
 * The agent would rather talk, or wants to see; the kiosk asks the shopper.
 *
 * Where the shopper has asked for a call it is the agent's yes to that.
 */
export interface AskCall {
  type: "ask_call";
  case: string;
  ask: string;
  kind: CallKind;
  reason: CallReason1;
}
/**
 * The agent hangs up, or takes the question back.
 */
export interface EndCall {
  type: "end_call";
  case: string;
}
/**
 * The console's SDP offer. ``generation`` grows by one with each new connection.
 */
export interface OfferPeer {
  type: "offer_peer";
  case: string;
  generation: number;
  nonce: string;
  sdp: string;
}
/**
 * The agent is done; the kiosk asks how it went.
 */
export interface CaseResolved {
  type: "case_resolved";
  case: string;
}
/**
 * The office has carried the command out, now or before.
 */
export interface CommandDone {
  type: "command_done";
  command: string;
}
/**
 * A command of the kiosk's was understood and not carried out.
 */
export interface CommandRefused {
  type: "command_refused";
  command: string;
  code: string;
  message: string;
}
/**
 * A chat message, the same (by id) as the one that goes over the link.
 */
export interface PeerChat {
  type: "chat";
  message: ChatMessage;
}
/**
 * The other side is writing, or has stopped.
 */
export interface PeerTyping {
  type: "typing";
  typing: boolean;
}
/**
 * The agent points at a place on the shared screen; from 0 to 1 of its width and height.
 */
export interface PeerPoint {
  type: "point";
  x: number;
  y: number;
}
export interface PeerPing {
  type: "ping";
  count: number;
}
export interface PeerPong {
  type: "pong";
  count: number;
}
