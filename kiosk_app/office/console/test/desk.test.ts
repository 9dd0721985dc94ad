import { expect, test } from "vitest";
import { EMPTY, failed, heard, lists, oneStore, read, reduce, type Desk } from "../src/desk";
import type { ToConsole } from "../src/wire";
import { card, HERE, message, mine, ready } from "./sample";

function after(...events: readonly ToConsole[]): Desk {
  return events.reduce((desk, event) => reduce(desk, event, HERE, "a"), EMPTY);
}

function texts(desk: Desk, id = "a"): readonly string[] {
  return (desk.cases.get(id)?.chat ?? []).map((line) => `${line.message.id} ${line.state}`);
}

test("the first message says who is here, the office's time and every case", () => {
  const desk = after(ready([card("a"), mine("b")]));
  expect(desk.ready).toBe(true);
  expect(desk.clockOffset).toBe(5_000);
  expect([...desk.cases.keys()]).toEqual(["a", "b"]);
});

test("a new snapshot replaces the cases and keeps the chats of those that remain", () => {
  const one = after(ready([mine("a"), card("b")]), {
    type: "chat_added", case: "a", message: message("1", "shopper"),
  });
  const two = reduce(one, ready([mine("a")]), HERE, "a");
  expect([...two.cases.keys()]).toEqual(["a"]);
  expect(texts(two)).toEqual(["1 sent"]);
});

test("groups go by phase and owner, the longest wait first", () => {
  const groups = lists(after(ready([
    card("late", { queued_at: "2026-03-02T07:59:50Z" }),
    card("early", { queued_at: "2026-03-02T07:59:10Z" }),
    card("looking", { phase: "browsing", queued_at: null }),
    mine("own"),
    mine("other", { mine: false, agent_name: "Omar" }),
    card("over", { phase: "ended" }),
  ])));
  const ids = (cases: readonly { card: { case: string } }[]): string[] =>
    cases.map((each) => each.card.case);
  expect(ids(groups.fresh)).toEqual(["early", "late"]);
  expect(ids(groups.mine)).toEqual(["own"]);
  expect(ids(groups.browsing)).toEqual(["looking"]);
  expect(ids(groups.others)).toEqual(["other"]);
});

test("a granted share ends at a time of this computer's own clock", () => {
  const granted = mine("a", { share: { state: "granted", seconds_left: 300 } });
  expect(after(ready([granted])).cases.get("a")?.shareEndsAt).toBe(310_000);
  const ended = after(ready([granted]), {
    type: "case_changed", card: mine("a", { share: { state: "ended", cause: "deadline" } }),
  });
  expect(ended.cases.get("a")?.shareEndsAt).toBeNull();
});

test("a renewed share is counted anew from where it was renewed", () => {
  const granted = mine("a", { share: { state: "granted", seconds_left: 40 } });
  const renewed = mine("a", { share: { state: "granted", seconds_left: 300 } });
  const desk = after(ready([granted]), { type: "case_changed", card: renewed });
  expect(desk.cases.get("a")?.shareEndsAt).toBe(310_000);
});

test("a shopper's message is one, whether the data channel or the office is first", () => {
  const said = message("1", "shopper");
  const byOffice: ToConsole = { type: "chat_added", case: "a", message: said };
  const start = after(ready([mine("a")]));
  const peerFirst = reduce(heard(start, "a", said, true, true), byOffice, HERE, "a");
  const officeFirst = heard(reduce(start, byOffice, HERE, "a"), "a", said, true, true);
  expect(texts(peerFirst)).toEqual(["1 sent"]);
  expect(texts(officeFirst)).toEqual(["1 sent"]);
});

test("the agent's own is on its way until the office has it", () => {
  const start = heard(after(ready([mine("a")])), "a", message("1", "agent"), false, true);
  expect(texts(start)).toEqual(["1 sending"]);
  const event: ToConsole = { type: "chat_added", case: "a", message: message("1", "agent") };
  expect(texts(reduce(start, event, HERE, "a"))).toEqual(["1 sent"]);
});

test("what the office refused is marked, and what it has cannot fail afterwards", () => {
  const sending = heard(after(ready([mine("a")])), "a", message("1", "agent"), false, true);
  expect(texts(failed(sending, "a", "1"))).toEqual(["1 failed"]);
  const sent = heard(sending, "a", message("1", "agent"), true, true);
  expect(texts(failed(sent, "a", "1"))).toEqual(["1 sent"]);
});

test("the office's log comes first, what it lacks after it", () => {
  let desk = after(ready([mine("a")]));
  desk = heard(desk, "a", message("2", "agent"), false, true);
  desk = heard(desk, "a", message("1", "shopper"), true, true);
  desk = reduce(desk, { type: "chat_log", case: "a", messages: [message("1", "shopper")] }, HERE, "a");
  expect(texts(desk)).toEqual(["1 sent", "2 sending"]);
});

test("only a shopper's new message in another case is unread, until it is looked at", () => {
  let desk = after(ready([mine("a"), mine("b")]));
  for (const [id, said] of [
    ["a", message("1", "shopper")],
    ["b", message("2", "shopper")],
    ["b", message("2", "shopper")],
    ["b", message("3", "agent")],
  ] as const) {
    desk = reduce(desk, { type: "chat_added", case: id, message: said }, HERE, "a");
  }
  expect(desk.cases.get("a")?.unread).toBe(0);
  expect(desk.cases.get("b")?.unread).toBe(1);
  expect(read(desk, "b").cases.get("b")?.unread).toBe(0);
});

test("a case that is gone is in no list, and words about it change nothing", () => {
  const desk = after(ready([mine("a")]), { type: "case_gone", case: "a", cause: "resolved" }, {
    type: "chat_added", case: "a", message: message("1", "shopper"),
  });
  expect(desk.cases.size).toBe(0);
});

test("the store is named while every case is in the same one", () => {
  const elsewhere = card("c");
  const away = { ...elsewhere, context: { ...elsewhere.context, store: "Norrbutiken" } };
  const here = card("a").context.store;
  expect(oneStore(after(ready([])))).toBeNull();
  expect(oneStore(after(ready([card("a"), card("b")])))).toBe(here);
  expect(oneStore(after(ready([card("a"), away])))).toBeNull();
});
