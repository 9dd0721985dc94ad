// A case that stops being the agent's while it is before their eyes. Pure.
import type { Desk, OpenCase } from "./desk";
import type { CaseCard, EndCause } from "./wire";

/** Why: it ended, it is in the queue again, another agent has it, or the office names it no more. */
export type Why = EndCause | "queued" | "taken" | "unknown";

export interface Over {
  readonly card: CaseCard;
  readonly why: Why;
  /** What the agent has written that the customer did not get for certain. */
  readonly unsent: string;
}

export function isMine(shown: OpenCase | undefined): shown is OpenCase {
  return shown !== undefined && shown.card.mine && shown.card.phase === "active";
}

/** What is kept of `shown` once it is over; `cause` where the office has told one. */
export function over(shown: OpenCase, after: Desk, cause: EndCause | null, draft: string): Over {
  const { card } = shown;
  const now = after.cases.get(card.case)?.card;
  let why: Why = cause ?? "unknown";
  if (now?.phase === "queued") why = "queued";
  if (now?.phase === "active" && !now.mine) why = "taken";
  const lines = shown.chat.filter((line) => line.state !== "sent").map((line) => line.message.text);
  return { card: now ?? card, why, unsent: [...lines, draft].filter((text) => text.trim() !== "").join("\n") };
}

/**
 * The case to have before the agent's eyes when nobody has chosen one: only where none was open,
 * never in place of one that has ended, for the agent may be in the middle of a sentence.
 */
export function firstOpen(chosen: string | null, mine: readonly OpenCase[]): string | null {
  return chosen ?? mine[0]?.card.case ?? null;
}
