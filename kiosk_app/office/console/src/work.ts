// Puts the parts together: the link, what is known, the connections to kiosks, the sound. The
// page shows the signals here and calls the verbs.
import { computed, effect, signal } from "@preact/signals";
import type { Sent } from "./call_ends";
import { byPhone, EMPTY, failed, heard, lists, read, reduce, type Desk, type OpenCase } from "./desk";
import { greeting, greetingDue } from "./greeting";
import { Link, type LinkState } from "./link";
import { announce, notify } from "./notices";
import { firstOpen, isMine, over, type Over } from "./over";
import { peerOf, Peers } from "./peers";
import { Pending } from "./pending";
import { caseName, endCauseWords, refusalWords, tillOutcomeWords } from "./labels";
import { ring, ringAtOnce } from "./ring";
import { sightOf, whyNotAsk, type NotNow, type Sight } from "./sight";
import { secondsLeft } from "./times";
import type { CaseCard, ChatMessage, FromConsole, TillAction, ToConsole } from "./wire";
import { t } from "./words";

const OPEN_KEPT = "console.open";

export const desk = signal<Desk>(EMPTY);
export const linkState = signal<LinkState>("connecting");
export const openId = signal<string | null>(sessionStorage.getItem(OPEN_KEPT));
export const drafts = signal<ReadonlyMap<string, string>>(new Map());
/** Accepted here, not yet confirmed by the office. */
export const accepting = signal<ReadonlySet<string>>(new Set());
/** The case whose input should take the keyboard; its chat takes the wish away. */
export const focusWanted = signal<string | null>(null);
/** The open case that ended under the agent, until they go on. */
export const closed = signal<Over | null>(null);
/** Why the office would not ask for the screen, in words, by case; until something changes. */
export const shareRefused = signal<ReadonlyMap<string, string>>(new Map());
/** What is on its way to a till, "<case> <line>"; the keys for it rest meanwhile. */
export const atTill = signal<ReadonlySet<string>>(new Set());
/** performance.now(), once a second: what counts on the screen reads this. */
export const mono = signal(performance.now());

export const inbox = computed(() => lists(desk.value));
export const open = computed(() => {
  const id = openId.value;
  const found = id === null ? undefined : desk.value.cases.get(id);
  return isMine(found) ? found : null;
});
/** How many of the agent's cases are conversations; calls by phone are not counted. */
export const chatCount = computed(
  () => inbox.value.mine.filter(({ card }) => !byPhone(card)).length,
);
/** The office's wall time in ms, once a second. */
export const officeNow = computed(() => {
  void mono.value;
  return Date.now() + desk.value.clockOffset;
});

const pending = new Pending();
/** Cases this window has asked the office to resolve. */
const resolving = new Set<string>();
/** A case was open and is over: the next one is opened by the agent, never by itself. */
let leftAlone = false;
const peers = new Peers({
  onOffer: (id, offer) =>
    command({ type: "agent_offer_peer", command: crypto.randomUUID(), case: id, ...offer }),
  onChat: (id, message) => {
    desk.value = heard(desk.value, id, message, true, id === openId.value);
  },
});

const scheme = location.protocol === "https:" ? "wss" : "ws";
const link = new Link(`${scheme}://${location.host}/console/ws`, {
  onState: (state) => {
    linkState.value = state;
  },
  onMessage,
});

/** Begins the work of this window. */
export function start(): void {
  setInterval(() => {
    mono.value = performance.now();
    link.check(pending.owedSince, mono.value);
  }, 1_000);
  effect(() => {
    const waiting = inbox.value.fresh.length;
    ring(waiting > 0, inbox.value.fresh.some(({ card }) => card.safety));
    document.title = waiting > 0 ? t("({n}) New case", { n: waiting }) : t("Help desk");
  });
  effect(() => {
    const id = openId.value;
    if (id === null) sessionStorage.removeItem(OPEN_KEPT);
    else sessionStorage.setItem(OPEN_KEPT, id);
  });
  link.connect();
}

/** Another window goes on with the work; this one is done until it is loaded anew. */
export function stop(): void {
  link.close();
  peers.close();
  ring(false);
}

export function reconnectNow(): void {
  link.connectNow();
}

function at() {
  return { mono: performance.now(), wall: Date.now() };
}

/** To the office, and again after a break. */
export function command(made: FromConsole): void {
  pending.add(made, performance.now());
  atTill.value = pending.atTill;
  link.send(made);
}

function onMessage(message: ToConsole): void {
  const before = desk.value;
  const settled = pending.settle(message);
  atTill.value = pending.atTill;
  desk.value = reduce(before, message, at(), openId.value);
  keepClosed(before, message);
  switch (message.type) {
    case "console_ready":
      accepting.value = new Set();
      for (const again of pending.again()) link.send(again);
      syncPeers();
      break;
    case "case_changed":
      onCase(before, message.card);
      syncPeers();
      break;
    case "case_gone":
      onGone(before, message.case, endCauseWords(message.cause));
      syncPeers();
      break;
    case "peer_answered":
      void peers.peer(message.case)?.answered(
        message.generation, message.sdp, message.signature,
      );
      break;
    case "peer_wanted":
      peers.peer(message.case)?.wantedAnew(message.lost_generation);
      break;
    case "console_refused":
      onRefused(settled, message.code, message.message);
      break;
    case "chat_added":
      if (message.message.author === "shopper") peers.stoppedTyping(message.case);
      peers.said(message.case, message.message);
      break;
    case "till_acted":
      notify(tillOutcomeWords(message.outcome), message.outcome === "done" ? "said" : "wrong");
      break;
    case "chat_log":
      for (const each of message.messages) peers.said(message.case, each);
      break;
    case "figures_changed":
      break;
  }
  chooseOpen();
}

function onCase(before: Desk, card: CaseCard): void {
  const known = before.cases.get(card.case)?.card;
  if (known?.share.state !== card.share.state || known?.context.step !== card.context.step) {
    shareRefused.value = new Map([...shareRefused.value].filter(([id]) => id !== card.case));
  }
  if (card.phase === "queued" && known?.phase !== "queued") {
    const name = caseName(card);
    announce(byPhone(card) ? t("Wants a call: {name}", { name }) : t("New case: {name}", { name }));
    if (byPhone(card)) ringAtOnce();
    if (inbox.value.fresh.length > 1) ringAtOnce();
  }
  if (card.safety === true && known?.safety !== true && card.phase !== "ended") {
    announce(t("Urgent: somebody is in danger. {name}", { name: caseName(card) }));
    if (card.mine) notify(t("Urgent: {name} says they are in danger.", { name: caseName(card) }), "wrong");
  }
  if (accepting.value.has(card.case) && card.phase !== "queued") {
    accepting.value = new Set([...accepting.value].filter((id) => id !== card.case));
    if (card.mine) onTaken(card);
    else notify(t("{name} was taken by {agent}.", { name: caseName(card), agent: card.agent_name ?? "" }));
  }
}

/** The agent's eyes go to what they took, unless they are in the middle of a sentence. */
function onTaken(card: CaseCard): void {
  const writing = open.value !== null && (drafts.value.get(open.value.card.case) ?? "").trim() !== "";
  if (writing || closed.value !== null) notify(t("{name} is yours now.", { name: caseName(card) }));
  else openCase(card.case);
}

/** Keeps the page of the open case when it is the agent's no longer, with what was written. */
function keepClosed(before: Desk, message: ToConsole): void {
  const id = openId.value;
  if (id === null) return;
  if (isMine(desk.value.cases.get(id))) {
    closed.value = null; // back again: a large office names its cases one by one
    return;
  }
  const was = before.cases.get(id);
  if (!isMine(was)) return;
  const cause = message.type === "case_gone" ? message.cause : null;
  const kept = over(was, desk.value, cause, drafts.value.get(id) ?? "");
  leftAlone = true;
  const done = resolving.delete(id) && kept.unsent === "";
  if (done) openId.value = null;
  else closed.value = kept;
}

function onGone(before: Desk, id: string, why: string): void {
  const known = before.cases.get(id)?.card;
  const seen = closed.value?.card.case === id;
  if (known?.mine === true && known.phase === "active" && !seen) notify(`${caseName(known)}: ${why}`);
  resolving.delete(id);
  accepting.value = new Set([...accepting.value].filter((each) => each !== id));
  drafts.value = new Map([...drafts.value].filter(([each]) => each !== id));
}

function onRefused(settled: readonly FromConsole[], code: string, message: string): void {
  const refused = settled[0];
  // A refused offer is made again by itself; the agent sees the state of the connection.
  if (refused?.type === "agent_offer_peer") return;
  // What is sent again after a break may have been carried out before it.
  if (refused !== undefined && code === "gone" && refused.type !== "accept_case") {
    notify(refusalWords(code, message));
    return;
  }
  if (refused?.type === "agent_chat") desk.value = failed(desk.value, refused.case, refused.message);
  if (refused?.type === "accept_case") {
    accepting.value = new Set([...accepting.value].filter((id) => id !== refused.case));
  }
  if (refused?.type === "resolve_case" || refused?.type === "pause_help") resolving.delete(refused.case);
  if (refused?.type === "request_screen_share") {
    const why = refusalWords(code, message);
    shareRefused.value = new Map(shareRefused.value).set(refused.case, why);
  }
  notify(refusalWords(code, message), "wrong");
}

function chooseOpen(): void {
  openId.value = firstOpen(openId.value, leftAlone ? [] : inbox.value.mine);
  if (open.value !== null && openId.value !== null) desk.value = read(desk.value, openId.value);
}

function syncPeers(): void {
  const atScreens = inbox.value.mine.filter(({ card }) => !byPhone(card));
  peers.sync(atScreens.map(({ card }) => card), drafts.value);
}

export function openCase(id: string): void {
  closed.value = null;
  openId.value = id;
  desk.value = read(desk.value, id);
  focusWanted.value = id;
}

/** The agent has read that the case is over. */
export function leaveClosed(): void {
  const id = closed.value?.card.case;
  if (id !== undefined) drafts.value = new Map([...drafts.value].filter(([each]) => each !== id));
  closed.value = null;
  openId.value = null;
}

/** The keyboard goes to the open case's input. */
export function write(): void {
  focusWanted.value = open.value?.card.case ?? null;
}

export function accept(card: CaseCard): void {
  if (card.attempt === null || accepting.value.has(card.case)) return;
  const full = chatCount.value + accepting.value.size >= desk.value.maxCases;
  if (full && !byPhone(card)) {
    notify(t("You have {n} cases already. Finish one first.", { n: desk.value.maxCases }), "wrong");
    return;
  }
  if (closed.value?.unsent === "") leaveClosed();
  accepting.value = new Set(accepting.value).add(card.case);
  command({
    type: "accept_case", command: crypto.randomUUID(), case: card.case, attempt: card.attempt,
  });
}

export function acceptOldest(): void {
  const oldest = inbox.value.fresh.find(({ card }) => !accepting.value.has(card.case));
  if (oldest !== undefined) accept(oldest.card);
}

export function draft(id: string, text: string): void {
  drafts.value = new Map(drafts.value).set(id, text);
  peers.write(id, text);
}

/** By the office and by the data channel, under one id: whichever is first is shown. */
export function say(id: string, untrimmed: string): void {
  const text = untrimmed.trim();
  // Only what is before the agent's eyes is written to.
  if (text === "" || open.value?.card.case !== id) return;
  const message: ChatMessage = {
    id: crypto.randomUUID(),
    author: "agent",
    name: desk.value.agentName,
    text,
    sent_at: new Date(Date.now() + desk.value.clockOffset).toISOString(),
  };
  desk.value = heard(desk.value, id, message, false, true);
  peers.submitted(id);
  draft(id, "");
  peers.peer(id)?.say(message);
  command({
    type: "agent_chat", command: crypto.randomUUID(), case: id, message: message.id, text,
  });
}

/** Sends the first message as it is offered, once. */
export function greet(shown: OpenCase): void {
  if (greetingDue(shown)) say(shown.card.case, greeting(shown, desk.value.agentName));
}

/** The customer is asked only for what can be shown to the agent when they agree. */
export function notNow({ card }: OpenCase): NotNow | null {
  return whyNotAsk(card, linkState.value, peerOf(card.case).state);
}

/** What is seen of the customer's screen now. */
export function sight({ card, shareEndsAt }: OpenCase): Sight {
  const left = shareEndsAt === null ? 0 : secondsLeft(shareEndsAt, mono.value);
  return sightOf(card, left, linkState.value, peerOf(card.case).state);
}

export function askForScreen(id: string): void {
  shareRefused.value = new Map([...shareRefused.value].filter(([each]) => each !== id));
  command({ type: "request_screen_share", command: crypto.randomUUID(), case: id });
}

export function point(id: string, x: number, y: number): void {
  peers.peer(id)?.point(x, y);
}

export function endScreen(id: string): void {
  command({ type: "end_screen_share", command: crypto.randomUUID(), case: id });
}

/** Signed by the office, carried out by the kiosk if it still can, seen by the customer. */
export function actAtTill(id: string, action: TillAction, line = ""): void {
  command({ type: "act_at_till", command: crypto.randomUUID(), case: id, action, line });
}

export function tag(id: string, tags: readonly string[]): void {
  command({ type: "tag_case", command: crypto.randomUUID(), case: id, tags: [...tags] });
}

export function resolve(id: string): void {
  resolving.add(id);
  command({ type: "resolve_case", command: crypto.randomUUID(), case: id });
}

export function sendCall(id: string, sent: Sent): void {
  peers.peer(id)?.sendCall(sent);
}

/** Ends the case, and lets help at its kiosk rest. */
export function pauseHelp(id: string, minutes: number): void {
  resolving.add(id);
  command({ type: "pause_help", command: crypto.randomUUID(), case: id, minutes });
}

export function connectAgain(id: string): void {
  peers.peer(id)?.again();
}
