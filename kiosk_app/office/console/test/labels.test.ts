import { expect, test, vi } from "vitest";

// The language is looked up when the module is loaded; there is no browser here to keep one.
vi.hoisted(() => vi.stubGlobal("localStorage", { getItem: () => null }));

import { callWords, noCallWords } from "../src/call_words";
import { deniedWords, overWords, refusalWords } from "../src/labels";

test("a question without a yes says whether anybody answered it", () => {
  expect(deniedWords("timed_out", "cart")).toContain("Inget svar");
  expect(deniedWords("refused", "cart")).toContain("Kunden sa nej");
  expect(deniedWords("not_now", "card_entry")).toBe("Går inte nu: kunden slår in kort och kod.");
  expect(deniedWords("not_now", "cart")).not.toContain("kort");
  expect(deniedWords("not_here", "cart")).toContain("Går inte här");
});

test("of a phone nothing is said as if it were the kiosk", () => {
  for (const cause of ["no_microphone", "no_speaker", "media_lost"] as const) {
    expect(callWords({ phase: "ended", cause }, false)).toContain("iosken");
    expect(callWords({ phase: "ended", cause }, true)).not.toContain("iosk");
  }
  expect(callWords({ answer: "no_device" }, true)).not.toContain("kiosk");
  expect(noCallWords("phone")).toContain("obilen");
  expect(refusalWords("phone_gone", "")).toContain("obilen");
  expect(overWords("failed", true)).not.toContain("kiosk");
});

test("a case that is over says why", () => {
  expect(overWords("new_customer")).toBe("Ärendet är avslutat: kunden gick.");
  expect(overWords("taken")).not.toBe(overWords("queued"));
});
