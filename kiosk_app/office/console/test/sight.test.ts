import { expect, test } from "vitest";
import { sightOf, whyNotAsk } from "../src/sight";
import { mine } from "./sample";

const granted = mine("a", { share: { state: "granted", seconds_left: 200 } });
const gone = { kiosk_gone_since: "2026-03-02T08:00:00Z" };

test("a share is seen only while office, kiosk and direct connection are heard", () => {
  expect(sightOf(granted, 200, "open", "connected")).toBe("live");
  expect(sightOf(granted, 200, "waiting", "connected")).toBe("office");
  expect(sightOf(granted, 200, "connecting", "connected")).toBe("office");
  expect(sightOf({ ...granted, ...gone }, 200, "open", "connected")).toBe("kiosk");
  for (const peer of ["silent", "lost", "connecting", "resting"] as const) {
    expect(sightOf(granted, 200, "open", peer)).toBe("peer");
  }
});

test("without a grant, and past its time, there is nothing to see whoever is heard", () => {
  expect(sightOf(granted, 0, "open", "connected")).toBe("closed");
  expect(sightOf(mine("a"), 200, "waiting", "connected")).toBe("closed");
});

test("the customer is asked only where the answer can be shown", () => {
  expect(whyNotAsk(mine("a"), "open", "connected")).toBeNull();
  expect(whyNotAsk(mine("a"), "waiting", "connected")).toBe("office");
  expect(whyNotAsk(mine("a", gone), "open", "connected")).toBe("kiosk");
  expect(whyNotAsk(mine("a"), "open", "silent")).toBe("peer");
});

test("nobody is asked while card and code are entered, and they may be afterwards", () => {
  const card = mine("a");
  const entering = { ...card, context: { ...card.context, step: "card_entry" as const } };
  expect(whyNotAsk(entering, "open", "connected")).toBe("card_entry");
  expect(whyNotAsk({ ...entering, ...gone }, "waiting", "lost")).toBe("card_entry");
});
