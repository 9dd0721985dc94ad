import { expect, test, vi } from "vitest";

// The language is looked up when the module is loaded; there is no browser here to keep one.
vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: () => null }));

import type { OpenCase } from "../src/desk";
import { greeting, greetingDue } from "../src/greeting";
import { promiseKept } from "../src/labels";
import { card, message, mine } from "./sample";

const CART = { lines: [{ line: "1", name: "Mjölk", quantity: 1, amount_ore: 14_250 }] };

function shown(changes: object = {}, chat: OpenCase["chat"] = []): OpenCase {
  const { context } = card("a");
  const filled = mine("a", { context: { ...context, cart: CART, ...changes } });
  return { card: filled, shareEndsAt: null, chat, unread: 0 };
}

test("the first message has the sum, the name and the place", () => {
  expect(greeting(shown(), "Lisa").replaceAll("\u00a0", " ")).toBe(
    "Hej! Jag ser din korg (142,50 kr). Hur kan jag hjälpa? "
      + "Jag heter Lisa och ser att du står vid Kassa 2.",
  );
});

test("it speaks the customer's language, and Swedish where there is no catalogue", () => {
  expect(greeting(shown({ language: "en" }), "Lisa")).toContain("How can I help?");
  expect(greeting(shown({ language: "fi" }), "Lisa")).toContain("Hur kan jag hjälpa?");
});

test("with nothing in the cart no sum is named", () => {
  expect(greeting(shown({ cart: { lines: [] } }), "Lisa")).not.toContain("kr");
});

test("it is offered until the agent has said something", () => {
  expect(greetingDue(shown())).toBe(true);
  const asked = { message: message("1", "shopper"), state: "sent" as const };
  expect(greetingDue(shown({}, [asked]))).toBe(true);
  const said = { message: message("2", "agent"), state: "sending" as const };
  expect(greetingDue(shown({}, [asked, said]))).toBe(false);
  expect(greetingDue({ ...shown(), card: card("a") })).toBe(false);
});

test("the card says what became of the promise, and nothing while that is open", () => {
  expect(promiseKept(card("a"), 59)).toBeNull();
  expect(promiseKept(card("a"), 61)).toBe(false);
  expect(promiseKept(mine("a", { answered_seconds: 60 }), 200)).toBe(true);
  expect(promiseKept(mine("a", { answered_seconds: 61 }), 200)).toBe(false);
  expect(promiseKept(card("a", { promised_seconds: null }), 500)).toBeNull();
});
