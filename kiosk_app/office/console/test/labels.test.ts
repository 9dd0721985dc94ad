import { expect, test, vi } from "vitest";

// The language is looked up when the module is loaded; there is no browser here to keep one.
vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: () => null }));

import { deniedWords, overWords } from "../src/labels";

test("a question without a yes says whether anybody answered it", () => {
  expect(deniedWords("timed_out", "cart")).toContain("Inget svar");
  expect(deniedWords("refused", "cart")).toContain("Kunden sa nej");
  expect(deniedWords("not_now", "card_entry")).toBe("Går inte nu: kunden slår in kort och kod.");
  expect(deniedWords("not_now", "cart")).not.toContain("kort");
  expect(deniedWords("not_here", "cart")).toContain("Går inte här");
});

test("a case that is over says why", () => {
  expect(overWords("new_customer")).toBe("Ärendet är avslutat: kunden gick.");
  expect(overWords("taken")).not.toBe(overWords("queued"));
});
