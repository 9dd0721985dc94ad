import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { WIRE, wireTypes } from "../scripts/types.js";

test("src/wire.ts is what the schema says; run: npm run types", async () => {
  expect(await readFile(WIRE, "utf8")).toBe(await wireTypes());
});
