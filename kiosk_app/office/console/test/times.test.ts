import { expect, test } from "vitest";
import { urgency } from "../src/parts/waits";
import { backoff, duration, money, secondsLeft, secondsSince } from "../src/times";

test.each([
  [-3, "0:00"], [0, "0:00"], [41.9, "0:41"], [60, "1:00"], [391, "6:31"], [3_902, "1:05:02"],
])("%f s is written %s", (seconds, written) => {
  expect(duration(seconds)).toBe(written);
});

test("a wait counts by the office's clock and is never negative", () => {
  const officeNow = Date.parse("2026-03-02T08:00:12.500Z");
  expect(secondsSince("2026-03-02T08:00:00Z", officeNow)).toBe(12.5);
  expect(secondsSince("2026-03-02T08:01:00Z", officeNow)).toBe(0);
});

test("a countdown shows its last second as 1 and then 0", () => {
  expect(secondsLeft(300_000, 0)).toBe(300);
  expect(secondsLeft(300_000, 299_001)).toBe(1);
  expect(secondsLeft(300_000, 300_000)).toBe(0);
  expect(secondsLeft(300_000, 400_000)).toBe(0);
});

test("waits double up to the longest, and are a random part of that", () => {
  const whole = (tries: number): number => backoff(tries, 500, 8_000, () => 1);
  expect([0, 1, 2, 4, 9].map(whole)).toEqual([500, 1_000, 2_000, 8_000, 8_000]);
  expect(backoff(3, 500, 8_000, () => 0.25)).toBe(1_000);
});

test("money is written as on the shelf", () => {
  expect(money(14_250).replace(/\s/g, " ")).toBe("142,50 kr");
});

test("a wait is near its promise before it is broken", () => {
  expect([10, 45, 60, 61].map((seconds) => urgency(seconds, 60))).toEqual([
    "calm", "near", "near", "broken",
  ]);
  expect(urgency(600, null)).toBe("calm");
});
