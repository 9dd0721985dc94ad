import { expect, test } from "vitest";
import { asking, devicesAfter, running, wanted, whyNoCall } from "../src/call_state";
import type { CallNow } from "../src/wire";
import { mine } from "./sample";

const LIVE: CallNow = { phase: "live", kind: "voice" };

test.each<[string, CallNow | null, CallNow, string]>([
  ["a page that was loaded anew joins again", null, LIVE, "open"],
  ["a yes opens the microphone", { phase: "offered", offered: "voice" }, LIVE, "open"],
  ["a broken connection keeps it", LIVE, { phase: "connecting", kind: "voice" }, "open"],
  ["asking keeps it ready", {}, { phase: "offered", offered: "voice" }, "as they are"],
  ["so does being asked", {}, { phase: "asked", kind: "voice" }, "as they are"],
  ["a no closes it", { phase: "offered", offered: "voice" }, { answer: "refused" }, "close"],
  ["the end closes it", LIVE, { phase: "ended", cause: "shopper_ended" }, "close"],
  ["nothing new changes nothing", {}, {}, "as they are"],
  ["an old end does nothing to a new window", null, { phase: "ended" }, "as they are"],
])("%s", (_name, before, now, wantedDevices) => {
  expect(devicesAfter(before, now)).toBe(wantedDevices);
});

test("what counts as a call and as a wish for one", () => {
  expect([LIVE, { phase: "connecting" as const }, {}].map(running)).toEqual([true, true, false]);
  expect([{ phase: "asked" as const }, LIVE].map(wanted)).toEqual([true, false]);
});

test("what the kiosk suggests by itself keeps no agent from asking", () => {
  expect(asking({ phase: "offered", offered: "voice" })).toBe(true);
  expect(asking({ ...LIVE, offered: "video" })).toBe(true);
  expect(asking({ phase: "offered", offered: "voice", suggested: true })).toBe(false);
  expect([LIVE, {}].map(asking)).toEqual([false, false]);
});

test("why there can be none now", () => {
  const card = mine("a");
  expect(whyNoCall(card, "voice", "open", "connected")).toBeNull();
  expect(whyNoCall(card, "voice", "waiting", "connected")).toBe("office");
  expect(whyNoCall(card, "voice", "open", "lost")).toBe("peer");
  const paying = { ...card, context: { ...card.context, step: "card_entry" as const } };
  expect(whyNoCall(paying, "video", "open", "connected")).toBe("card_entry");
  expect(whyNoCall(paying, "voice", "open", "connected")).toBeNull();
  expect(whyNoCall({ ...card, kiosk_gone_since: "2026-01-01T00:00:00Z" }, "voice", "open", "connected")).toBe("kiosk");
  const phone = { ...card, context: { ...card.context, channel: "phone" as const } };
  expect(whyNoCall({ ...phone, kiosk_gone_since: "2026-01-01T00:00:00Z" }, "voice", "open", "connected")).toBe("phone");
});
