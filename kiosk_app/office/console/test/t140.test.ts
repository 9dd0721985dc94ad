import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { T140Receiver, T140Sender } from "../src/t140";

type Step = [string, ...(string | number)[]];
interface Case {
  readonly what: string;
  readonly steps: readonly Step[];
}

const CASES = JSON.parse(
  readFileSync(new URL("../../../../tests/support/t140.json", import.meta.url), "utf8"),
) as { readonly receiver: readonly Case[]; readonly sender: readonly Case[] };

test.each(CASES.receiver)("received: $what", ({ steps }) => {
  const receiver = new T140Receiver();
  for (const [step, value] of steps) {
    if (step === "shown") expect(receiver.shown).toBe(value);
    else if (step === "alerts") expect(receiver.alerts).toBe(value);
    else if (step === "lose") receiver.lose();
    else if (step === "settle") receiver.settle(String(value));
    else if (step === "receive") receiver.receive(String(value));
    else throw new Error(step);
  }
});

test.each(CASES.sender)("sent: $what", ({ steps }) => {
  const sender = new T140Sender();
  let now = 100_000;
  for (const [step, value] of steps) {
    now += 1_000;
    if (step === "open") sender.open();
    else if (step === "write") sender.write(String(value));
    else if (step === "take") expect(sender.take(now)).toBe(value);
    else if (step === "end") expect(sender.end(now)).toBe(value);
    else throw new Error(step);
  }
});

test("the first letter goes at once and the next after the interval", () => {
  const sender = new T140Sender();
  sender.open();
  sender.take(0);
  sender.write("a");
  expect(sender.take(5_000)).toBe("a");
  sender.write("ab");
  sender.write("abc");
  expect(sender.due(5_100)).toBe(5_300);
  expect(sender.take(5_100)).toBe("");
  expect(sender.take(5_300)).toBe("bc");
  expect(sender.due(6_000)).toBeNull();
});

test("no ten seconds carry more than was agreed, and no emoji is cut in two", () => {
  const sender = new T140Sender();
  const receiver = new T140Receiver();
  sender.open();
  sender.write("\u{1F44D}".repeat(1_000));
  const taken: { at: number; count: number }[] = [];
  for (let now = sender.due(0); now !== null; now = sender.due(now)) {
    const block = sender.take(now);
    expect(block).not.toMatch(/\p{Surrogate}/u);
    receiver.receive(block);
    taken.push({ at: now, count: [...block].length });
  }
  expect(receiver.shown).toBe("\u{1F44D}".repeat(1_000));
  for (const { at: start } of taken) {
    const within = taken.filter(({ at }) => at >= start && at < start + 10_000);
    // The mark of the start is no letter.
    expect(within.reduce((sum, { count }) => sum + count, 0)).toBeLessThanOrEqual(301);
  }
});

test("a flood fills no memory", () => {
  const receiver = new T140Receiver();
  for (let turn = 0; turn < 50; turn += 1) receiver.receive("x".repeat(1_000));
  expect(receiver.shown).toHaveLength(4_000);
});
