import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { totalOre, unpacked } from "../src/receipt/receipt";

const WHOLE = {
  s: "Byabutiken", t: "Kassa 2", d: "2026-11-22T14:05+00:00",
  l: [[2, "Kanelbulle", 3800], [1, "Kaffe, liten", 2000]], r: 500, g: "sv",
};

function packed(what: unknown): string {
  return deflateRawSync(JSON.stringify(what)).toString("base64url");
}

test("a receipt is read whole", async () => {
  const receipt = await unpacked(packed(WHOLE));
  expect(receipt?.lines).toEqual(WHOLE.l);
  expect(receipt?.store).toBe("Byabutiken");
  expect(receipt === null ? 0 : totalOre(receipt)).toBe(6300);
});

test.each<[string, string]>([
  ["nothing", ""],
  ["no base64", "%%%"],
  ["nothing packed", Buffer.from("hej").toString("base64url")],
  ["cut short", packed(WHOLE).slice(0, 30)],
  ["another thing", packed([1, 2])],
  ["no date", packed({ ...WHOLE, d: "i går" })],
  ["half an öre", packed({ ...WHOLE, r: 0.5 })],
  ["a line too long", packed({ ...WHOLE, l: [[1, "x", 2, 3]] })],
  ["a bomb", packed("0".repeat(1_000_000))],
  ["more than a code holds", "A".repeat(5_000)],
])("%s is none", async (_what, fragment) => {
  expect(await unpacked(fragment)).toBeNull();
});
