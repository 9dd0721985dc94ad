import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Letters, lettersOf } from "../src/letters";
import { message } from "./sample";

let blocks: string[] = [];
const send = (block: string): void => {
  blocks.push(block);
};

beforeEach(() => {
  blocks = [];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

afterEach(() => {
  vi.useRealTimers();
});

test("letters go at once, and the next together", () => {
  const letters = new Letters("a");
  letters.way(send);
  vi.advanceTimersByTime(1_000);
  letters.write("H");
  letters.write("He");
  letters.write("Hej");
  expect(blocks).toEqual(["\ufeff", "H"]);
  vi.advanceTimersByTime(300);
  expect(blocks).toEqual(["\ufeff", "H", "ej"]);
  letters.close();
});

test("what was written before there was a way goes with it", () => {
  const letters = new Letters("b");
  letters.write("Hej");
  expect(lettersOf("b").live).toBe(false);
  letters.way(send);
  expect(blocks).toEqual(["\ufeffHej"]);
  expect(lettersOf("b").live).toBe(true);
  letters.close();
});

test("a sent line ends, and is not erased", () => {
  const letters = new Letters("c");
  letters.way(send);
  vi.advanceTimersByTime(1_000);
  letters.write("Hej");
  letters.submitted();
  letters.write("");
  vi.advanceTimersByTime(1_000);
  expect(blocks).toEqual(["\ufeff", "Hej", "\u2028"]);
  letters.close();
});

test("a break: what came is marked, what was written is written anew", () => {
  const letters = new Letters("d");
  letters.way(send);
  vi.advanceTimersByTime(1_000);
  letters.write("Hej");
  letters.received("Kort");
  letters.way(null);
  expect(lettersOf("d")).toEqual({ live: false, remote: "Kort\ufffd", alerts: 0 });
  letters.write("Hej du");
  letters.way(send);
  letters.received("\ufeff\b\b\b\b\bKortet");
  expect(blocks.slice(2)).toEqual(["\ufeff\b\b\b\bHej du"]);
  expect(lettersOf("d").remote).toBe("Kortet");
  letters.close();
});

test("what was sent in the break is erased there", () => {
  const letters = new Letters("e");
  letters.way(send);
  vi.advanceTimersByTime(1_000);
  letters.write("Hej");
  letters.way(null);
  letters.submitted();
  letters.way(send);
  expect(blocks.slice(2)).toEqual(["\ufeff\b\b\b\b"]);
  letters.close();
});

test("a message takes its letters away, however often it comes", () => {
  const letters = new Letters("f");
  letters.way(send);
  letters.received("Hej\u2028");
  letters.said(message("1", "agent", "Hej"));
  expect(lettersOf("f").remote).toBe("Hej\n");
  letters.said(message("2", "shopper", "Hej"));
  letters.received("Hej igen");
  letters.said(message("2", "shopper", "Hej"));
  expect(lettersOf("f").remote).toBe("Hej igen");
  letters.close();
});

test("nothing of it stays with the agent who has the case no longer", () => {
  const letters = new Letters("g");
  letters.way(send);
  letters.received("Hej");
  letters.close();
  letters.write("x");
  vi.advanceTimersByTime(1_000);
  expect(lettersOf("g")).toEqual({ live: false, remote: "", alerts: 0 });
  expect(blocks).toEqual(["\ufeff"]);
});
