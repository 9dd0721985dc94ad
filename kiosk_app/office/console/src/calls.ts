// The agent's end of the calls: asks, joins, mutes, hangs up, and opens the agent's own devices for
// just as long as a call is on or asked for.
import { effect, signal } from "@preact/signals";
import { asking, devicesAfter, phaseOf, running, same } from "./call_state";
import { NOTHING_SENT } from "./call_ends";
import { caseName } from "./labels";
import { announce } from "./notices";
import { openOwn, stop, type Kind } from "./own_devices";
import { ringAtOnce } from "./ring";
import type { CallNow, CaseCard } from "./wire";
import { peerOf } from "./peers";
import { command, desk, sendCall } from "./work";
import { t } from "./words";

const UNANSWERED_MS = 8_000; // the kiosk says at once what becomes of a question

/** What the agent takes part with in one case. `why` is what went wrong, in words. */
export interface Own {
  readonly voice: MediaStream | null;
  readonly sight: MediaStream | null;
  readonly muted: boolean;
  readonly opening: boolean;
  readonly why: string;
}

const NOTHING: Own = { voice: null, sight: null, muted: false, opening: false, why: "" };

export const owns = signal<ReadonlyMap<string, Own>>(new Map());

export function ownOf(id: string): Own {
  return owns.value.get(id) ?? NOTHING;
}

function set(id: string, change: Partial<Own>): void {
  owns.value = new Map(owns.peek()).set(id, { ...(owns.peek().get(id) ?? NOTHING), ...change });
}

async function open(id: string, kind: Kind): Promise<boolean> {
  const place = kind === "microphone" ? "voice" : "sight";
  const known = owns.peek().get(id) ?? NOTHING;
  if (known[place] !== null) return true;
  if (known.opening) return false;
  set(id, { opening: true, why: "" });
  try {
    const stream = await openOwn(kind);
    const [track] = stream.getTracks();
    // Unplugged, or taken back in the browser: said, and pressed again when it is mended.
    track?.addEventListener("ended", () => close(id, kind, t("Your device is gone. Press again when it is back.")));
    set(id, { opening: false, [place]: stream });
    return true;
  } catch (error) {
    set(id, { opening: false, why: error instanceof Error ? error.message : "" });
    return false;
  }
}

function close(id: string, kind: Kind, why = ""): void {
  const place = kind === "microphone" ? "voice" : "sight";
  stop((owns.peek().get(id) ?? NOTHING)[place]);
  set(id, { [place]: null, why });
}

function closeAll(id: string): void {
  const known = owns.peek().get(id);
  if (known === undefined) return;
  stop(known.voice);
  stop(known.sight);
  owns.value = new Map([...owns.peek()].filter(([each]) => each !== id));
}

/** Asks for a call, or joins the one that the shopper asks for: the microphone first. */
export async function startCall(
  card: CaseCard, kind: "voice" | "video", reason: "guidance" | "age_check" | "visual_fault",
): Promise<void> {
  const id = card.case;
  if (!(await open(id, "microphone"))) return;
  command({ type: "start_call", command: crypto.randomUUID(), case: id, kind, reason });
  setTimeout(() => {
    const now = desk.peek().cases.get(id)?.card.call;
    const waits = now !== undefined && (running(now) || asking(now));
    if (!waits) closeAll(id);
  }, UNANSWERED_MS);
}

export function hangUp(id: string): void {
  command({ type: "hang_up", command: crypto.randomUUID(), case: id });
  closeAll(id);
}

/** After a reload, or when the microphone failed: into the call that is on. */
export function joinAgain(id: string): void {
  void open(id, "microphone");
}

export function mute(id: string): void {
  const { voice, muted } = ownOf(id);
  for (const track of voice?.getTracks() ?? []) track.enabled = muted;
  set(id, { muted: !muted });
}

export function camera(id: string): void {
  if (ownOf(id).sight === null) void open(id, "camera");
  else close(id, "camera");
}

/** Another device was chosen: the one in use gives way to it. */
export async function exchange(id: string, kind: Kind): Promise<void> {
  close(id, kind);
  await open(id, kind);
}

const seen = new Map<string, CallNow>();

function follow(card: CaseCard): void {
  const before = seen.get(card.case) ?? null;
  seen.set(card.case, card.call);
  if (before !== null && same(before, card.call)) return;
  switch (devicesAfter(before, card.call)) {
    case "open":
      void open(card.case, "microphone");
      break;
    case "close":
      closeAll(card.case);
      break;
    case "as they are":
      break;
  }
  if (phaseOf(card.call) === "asked" && before !== null && phaseOf(before) !== "asked") {
    announce(t("{name}: the customer wants to talk", { name: caseName(card) }));
    ringAtOnce();
  }
}

/** This window is done: no microphone stays open in it. */
export function closeCalls(): void {
  for (const id of [...owns.peek().keys()]) closeAll(id);
}

/** Begins to follow the calls of the agent's cases. */
export function followCalls(): void {
  effect(() => {
    const mine = [...desk.value.cases.values()].filter(({ card }) => card.mine && card.phase === "active");
    const ids = new Set(mine.map(({ card }) => card.case));
    for (const id of [...seen.keys()]) {
      if (ids.has(id)) continue;
      seen.delete(id);
      closeAll(id);
    }
    for (const { card } of mine) follow(card);
  });
  effect(() => {
    for (const { card } of desk.value.cases.values()) {
      const own = owns.value.get(card.case);
      void peerOf(card.case).call; // a new connection is given what the one before had
      sendCall(
        card.case,
        own === undefined || !running(card.call)
          ? NOTHING_SENT
          : { voice: own.voice?.getTracks()[0] ?? null, sight: own.sight?.getTracks()[0] ?? null },
      );
    }
  });
}
