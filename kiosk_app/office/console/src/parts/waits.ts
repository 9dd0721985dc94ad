// How long people have waited.
import type { OpenCase } from "../desk";
import { secondsSince } from "../times";

/** Seconds since the case asked for a person, or since Hjälp was pressed. */
export function waited({ card }: OpenCase, officeNow: number): number {
  return secondsSince(card.queued_at ?? card.pressed_at, officeNow);
}

export function longestWait(cases: readonly OpenCase[], officeNow: number): number | null {
  return cases.length === 0 ? null : Math.max(...cases.map((each) => waited(each, officeNow)));
}

export type Urgency = "calm" | "near" | "broken";

const NEAR = 0.66; // of the promise: time to take it and still keep it

/** How the wait stands against what the button promised. */
export function urgency(seconds: number, promised: number | null): Urgency {
  if (promised === null || seconds < promised * NEAR) return "calm";
  return seconds <= promised ? "near" : "broken";
}
