import { expect, test, vi } from "vitest";

// The language is looked up when the module is loaded; there is no browser here to keep one.
vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: () => null }));

import { EMPTY, lists, reduce } from "../src/desk";
import { nothingOpen } from "../src/nothing_open";
import type { CaseCard } from "../src/wire";
import { card, HERE, mine, ready } from "./sample";

const CALL = {
  callback: {
    way: "phone" as const, asked_at: "2026-03-02T07:58:00Z", number: "+46701234567",
    shown: "+46 70 123 45 67",
  },
  queued_at: null,
};

function head(...cards: CaseCard[]): string {
  return nothingOpen(lists(reduce(EMPTY, ready(cards), HERE, null)), "open")[0];
}

test("all is quiet only while nobody waits, by chat or by phone, and no own case is open", () => {
  expect(head()).toBe("Allt är lugnt.");
  expect(head(card("menu", { phase: "browsing" }))).toBe("Allt är lugnt.");
  expect(head(mine("own"))).toBe("Inget ärende är valt.");
  expect(head(mine("own"), card("call", CALL))).toBe("Någon vill bli uppringd.");
  expect(head(card("call", CALL), card("help"))).toBe("Någon väntar på dig.");
});

test("without contact nothing is said of who waits", () => {
  const waiting = lists(reduce(EMPTY, ready([card("help")]), HERE, null));
  for (const link of ["connecting", "waiting", "logged_out"] as const) {
    expect(nothingOpen(waiting, link)[0]).toBe("Väntar på kontakt.");
  }
});
