import { expect, test } from "vitest";
import { EMPTY, heard, reduce, type Desk, type OpenCase } from "../src/desk";
import { firstOpen, isMine, over } from "../src/over";
import type { ToConsole } from "../src/wire";
import { HERE, message, mine, ready } from "./sample";

function two(): Desk {
  return reduce(EMPTY, ready([mine("a"), mine("b")]), HERE, "a");
}

function kept(before: Desk, event: ToConsole, draft = "") {
  const cause = event.type === "case_gone" ? event.cause : null;
  return over(before.cases.get("a") as OpenCase, reduce(before, event, HERE, "a"), cause, draft);
}

test("a case that ends keeps its name, its reason and what was half typed", () => {
  const shut = kept(two(), { type: "case_gone", case: "a", cause: "new_customer" }, "Lägg kortet");
  expect([shut.card.case, shut.why, shut.unsent]).toEqual(["a", "new_customer", "Lägg kortet"]);
});

test("what was still on its way is kept as well, what was sent is not", () => {
  let before = heard(two(), "a", message("1", "agent", "kom fram"), true, true);
  before = heard(before, "a", message("2", "agent", "på väg"), false, true);
  const gone: ToConsole = { type: "case_gone", case: "a", cause: "shopper_ended" };
  expect(kept(before, gone, "  ").unsent).toBe("på väg");
});

test("handed back, taken by another and no longer named are told apart", () => {
  const back = mine("a", { mine: false, phase: "queued", attempt: 2, agent_name: null });
  const away = mine("a", { mine: false, agent_name: "Omar" });
  expect(kept(two(), { type: "case_changed", card: back }).why).toBe("queued");
  expect(kept(two(), { type: "case_changed", card: away }).why).toBe("taken");
  expect(kept(two(), ready([mine("b")])).why).toBe("unknown");
});

test("only one's own active case can be written in", () => {
  expect(isMine(two().cases.get("a"))).toBe(true);
  expect(isMine(undefined)).toBe(false);
  const back = mine("a", { mine: false, phase: "queued" });
  const after = reduce(two(), { type: "case_changed", card: back }, HERE, "a");
  expect(isMine(after.cases.get("a"))).toBe(false);
});

test("no other case takes the place of one that was chosen, gone or not", () => {
  const { cases } = two();
  expect(firstOpen("gone", [...cases.values()])).toBe("gone");
  expect(firstOpen(null, [...cases.values()])).toBe("a");
  expect(firstOpen(null, [])).toBeNull();
});
