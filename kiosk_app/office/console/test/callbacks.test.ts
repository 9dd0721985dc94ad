import { expect, test, vi } from "vitest";

// The language is looked up when the module is loaded; there is no browser here to keep one.
vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: () => null }));

import { byPhone, EMPTY, lists, reduce } from "../src/desk";
import { earlierWords } from "../src/labels";
import { dayAndTime } from "../src/times";
import { card, HERE, mine, ready } from "./sample";

const PHONE = {
  way: "phone" as const, asked_at: "2026-03-02T07:58:00Z", number: "+46701234567",
  shown: "+46 70 123 45 67",
};

test("who waits for a call by phone is in a list of their own", () => {
  const callback = { callback: PHONE, queued_at: null };
  const groups = lists(reduce(EMPTY, ready([
    card("help"), card("call", callback), card("screen", { callback: { ...PHONE, way: "kiosk" } }),
    mine("taken", callback),
  ]), HERE, null));
  const ids = (cases: readonly { card: { case: string } }[]): string[] =>
    cases.map((each) => each.card.case);
  expect(ids(groups.callbacks)).toEqual(["call"]);
  expect(ids(groups.fresh)).toEqual(["help", "screen"]);
  expect(ids(groups.mine)).toEqual(["taken"]);
});

test("a call that nobody made in time is listed as missed, and taken as any other", () => {
  const callback = { way: "phone" as const, asked_at: PHONE.asked_at, missed_at: "2026-03-03T07:58:00Z" };
  const groups = lists(reduce(EMPTY, ready([
    card("late", { callback, queued_at: null }), mine("taken", { callback }),
  ]), HERE, null));
  expect(groups.callbacks).toEqual([]);
  expect(groups.missed.map((each) => each.card.case)).toEqual(["late"]);
  expect(groups.mine.map((each) => each.card.case)).toEqual(["taken"]);
});

test("only by phone is there no screen", () => {
  expect(byPhone(card("a"))).toBe(false);
  expect(byPhone(card("a", { callback: PHONE }))).toBe(true);
  expect(byPhone(card("a", { callback: { ...PHONE, way: "kiosk" } }))).toBe(false);
});

test("a time of another day names it", () => {
  const now = Date.parse("2026-03-02T12:00:00");
  expect(dayAndTime("2026-03-02T09:30:00", now)).toBe("09:30:00");
  expect(dayAndTime("2026-03-01T09:30:00", now)).toBe("2026-03-01 09:30:00");
});

test("the same visit's case is named with its end", () => {
  const now = Date.parse("2026-03-02T12:00:00");
  const earlier = { case: "a", pressed_at: "2026-03-02T09:30:00", cause: "failed" as const };
  expect(earlierWords(earlier, now)).toBe(
    "Tryckte på Hjälp kl. 09:30:00: tekniskt fel i kiosken; kunden erbjöds att bli uppringd.",
  );
  expect(earlierWords({ ...earlier, cause: null }, now)).toBe("Tryckte på Hjälp kl. 09:30:00");
  expect(earlierWords({ ...earlier, cause: null, waits_for_call: true }, now)).toBe(
    "Väntar även på ett samtal, sedan 09:30:00.",
  );
});
