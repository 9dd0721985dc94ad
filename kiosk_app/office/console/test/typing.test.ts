import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TypingShown, TypingTold } from "../src/typing";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test("is told once, and taken back after three seconds without a key", () => {
  const told: boolean[] = [];
  const typing = new TypingTold((now) => told.push(now));
  typing.wrote("H");
  vi.advanceTimersByTime(2_900);
  typing.wrote("He");
  vi.advanceTimersByTime(2_900);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(200);
  expect(told).toEqual([true, false]);
});

test("an empty line is no writing, and says so only to whom it was told", () => {
  const told: boolean[] = [];
  const typing = new TypingTold((now) => told.push(now));
  typing.wrote("  ");
  expect(told).toEqual([]);
  typing.wrote("H");
  typing.wrote("");
  expect(told).toEqual([true, false]);
});

test("a stop that is lost on the way does not type for ever", () => {
  const shown: boolean[] = [];
  const typing = new TypingShown((now) => shown.push(now));
  typing.set(true);
  vi.advanceTimersByTime(6_000);
  expect(shown).toEqual([true, false]);
});

test("what is closed says nothing any more", () => {
  const said: boolean[] = [];
  const shown = new TypingShown((now) => said.push(now));
  const told = new TypingTold((now) => said.push(now));
  shown.set(true);
  told.wrote("H");
  shown.close();
  told.close();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual([true, true]);
});
