// Puts the parts together: the way in, the line to the office, what is known, the connection to the
// agent. The page shows the signals here and calls the verbs.
import { signal } from "@preact/signals";
import type { Received } from "../call_ends";
import { Letters } from "../letters";
import { TypingShown, TypingTold } from "../typing";
import type { CallNow, CallTextVersion, ChatMessage, ToPhone } from "../wire";
import { Answerer } from "./answerer";
import { Calling, callState, type Device } from "./calling";
import { exchange, tokenIn, type Entry } from "./door";
import { heard, marked, reduce, wrote, type Known } from "./known";
import { Line, type LineState } from "./line";
import { language } from "./words";

// The type is the wire's: other words at the kiosk do not build here until they are these too.
const TEXT_VERSION: CallTextVersion = "call-1";
const BUSY_MS = 2_000;

export type Page = "opening" | "case" | "elsewhere" | Exclude<Entry, "in">;

export const page = signal<Page>("opening");
export const known = signal<Known | null>(null);
export const lineState = signal<LineState>("connecting");
export const draft = signal("");
export const typing = signal(false);
export const received = signal<Received | null>(null);
export const connected = signal(false);
/** The shopper or the agent has ended it, and it is asked how it went. */
export const done = signal<"no" | "asked" | "thanked">("no");
/** performance.now(), once a second: what counts on the screen reads this. */
export const mono = signal(performance.now());

const scheme = location.protocol === "https:" ? "wss" : "ws";
let line: Line | null = null;
export let letters: Letters | null = null;

const answerer = new Answerer({
  onAnswer: (generation, sdp) =>
    command((id) => ({ type: "answer_peer", ...id, generation, sdp, signature: "" })),
  onLost: (generation) =>
    command((id) => ({ type: "report_peer_lost", ...id, generation, reason: "the phone lost it" })),
  onConnected: (now) => {
    connected.value = now;
    calling.peer(now);
  },
  onReceived: (tracks) => {
    received.value = tracks;
  },
  onChat: (message) => {
    // Whoever is there speaks as the agent whom the office named, or not at all.
    const before = known.value;
    if (before === null || before.agent === "") return;
    said({ ...message, name: before.agent });
  },
  onTyping: (now) => theirTyping.set(now),
  onLettersWay: (send) => letters?.way(send),
  onLetters: (block) => letters?.received(block),
});

const theirTyping = new TypingShown((now) => {
  typing.value = now;
});
const ownTyping = new TypingTold((now) => answerer.typing(now));

export const calling = new Calling({
  report: (call: CallNow) =>
    command((id) => ({
      type: "report_call", ...id, call, at: now(), text_version: TEXT_VERSION,
      language: language.value,
    })),
  open: openDevice,
  send: (sent) => answerer.send(sent),
});

/** In by the code in the address, or again by the cookie. */
export async function start(): Promise<void> {
  const token = tokenIn(location.hash);
  if (token !== "") {
    const entry = await exchange(token);
    if (entry !== "in") {
      page.value = entry;
      return;
    }
  }
  // The code is used up: neither the address nor the history keeps it.
  history.replaceState(null, "", "/phone");
  line = new Line(`${scheme}://${location.host}/phone/ws`, {
    onState: (state) => {
      lineState.value = state;
      if (state === "unknown") page.value = "invalid";
      if (state === "elsewhere") {
        page.value = "elsewhere";
        leave();
      }
    },
    onMessage,
  });
  line.connect();
  setInterval(() => {
    mono.value = performance.now();
  }, 1_000);
}

function onMessage(message: ToPhone): void {
  const before = known.value;
  if (message.type === "deliver_chat") said(message.message);
  else known.value = reduce(before, message, { mono: performance.now(), wall: Date.now() });
  switch (message.type) {
    case "phone_ready":
      onReady(before, message.phase === "ended");
      break;
    case "agent_joined":
      if (before?.agent !== message.agent_name) answerer.drop();
      break;
    case "agent_left":
      calling.end("agent_left");
      answerer.drop();
      break;
    case "offer_peer":
      void answerer.offered(message.generation, message.sdp);
      break;
    case "ask_call":
      calling.asked({ ask: message.ask, kind: message.kind, reason: message.reason });
      break;
    case "end_call":
      calling.end("agent_ended");
      break;
    case "case_resolved":
      over();
      break;
    case "command_done":
      settled(message.command, "sent");
      break;
    case "command_refused":
      if (message.code === "busy") again(message.command);
      else settled(message.command, "failed");
      break;
    default:
      break;
  }
}

function onReady(before: Known | null, ended: boolean): void {
  const after = known.value;
  if (after === null) return;
  page.value = "case";
  language.value = after.language;
  document.documentElement.lang = after.language;
  if (ended) {
    over();
    return;
  }
  letters ??= new Letters(after.id, "agent");
  calling.tell();
  // A page that was loaded anew has no connection; the agent's end still waits in the old one.
  if (before === null && after.phase === "active") {
    command((id) => ({ type: "report_peer_lost", ...id, generation: 0, reason: "a new page" }));
  }
}

function settled(id: string, state: "sent" | "failed"): void {
  const was = line?.settle(id);
  if (was?.type === "send_chat" && known.value !== null) {
    known.value = marked(known.value, was.message.id, state);
  }
}

function again(id: string): void {
  const was = line?.settle(id);
  if (was !== undefined) setTimeout(() => line?.send(was), BUSY_MS);
}

function said(message: ChatMessage): void {
  if (known.value === null) return;
  known.value = heard(known.value, message);
  letters?.said(message);
  if (message.author === "agent") theirTyping.set(false);
}

type Named = { command: string; case: string };
type Command = Parameters<Line["send"]>[0];

function command(make: (id: Named) => Command): void {
  if (known.value === null) return;
  line?.send(make({ command: crypto.randomUUID(), case: known.value.id }));
}

/** The time as the office has it. */
function now(): string {
  return new Date(Date.now() + (known.value?.clockOffset ?? 0)).toISOString();
}

export function write(text: string): void {
  draft.value = text;
  letters?.write(text);
  ownTyping.wrote(text);
}

/** By the office and by the data channel, under one id: whichever is first is shown. */
export function say(untrimmed: string): void {
  const text = untrimmed.trim();
  if (text === "" || known.value === null) return;
  const message: ChatMessage = {
    id: crypto.randomUUID(), author: "shopper", name: "", text, sent_at: now(),
  };
  known.value = wrote(known.value, message);
  letters?.submitted();
  write("");
  answerer.say(message);
  command((id) => ({ type: "send_chat", ...id, message }));
}

export function sendAgain(message: ChatMessage): void {
  if (known.value === null) return;
  known.value = marked(known.value, message.id, "sending");
  command((id) => ({ type: "send_chat", ...id, message }));
}

/** The shopper is done: the case ends, and nobody else can bring it back. */
export function end(): void {
  command((id) => ({ type: "close_case", ...id, cause: "shopper_ended", ended_at: now() }));
  if (known.value !== null) known.value = { ...known.value, phase: "ended" };
  over();
}

function over(): void {
  calling.end("case_ended");
  answerer.drop();
  letters?.close();
  letters = null;
  draft.value = "";
  if (done.value === "no") done.value = "asked";
}

export function thank(score: number | null, text: string): void {
  if (score !== null) command((id) => ({ type: "give_feedback", ...id, score, text: text.trim() }));
  done.value = "thanked";
}

function leave(): void {
  if (callState.value.phase !== "none") calling.end("case_ended");
  answerer.drop();
  known.value = null;
}

async function openDevice(device: Device): Promise<MediaStream> {
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  if (devices === undefined) throw new Error("no devices outside a secure page");
  return devices.getUserMedia(
    device === "microphone"
      ? { audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
      : { video: { facingMode: "environment", width: { ideal: 640 }, height: { ideal: 480 } } },
  );
}
