import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { readCatalogues } from "../scripts/catalogues.js";

const SOURCES = new URL("../src/", import.meta.url);

async function ids(): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const name of await readdir(SOURCES, { recursive: true })) {
    if (!/\.tsx?$/.test(name)) continue;
    const text = await readFile(new URL(name, SOURCES), "utf8");
    for (const [, id] of text.matchAll(/\bt\(\s*"([^"\n]+)"/g)) found.add(id as string);
  }
  return found;
}

test("every text of the console has a Swedish translation with the same fields", async () => {
  const swedish = (await readCatalogues())["sv"] ?? {};
  const fields = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
  const wrong = [...await ids()].filter((id) => {
    const translation = swedish[id];
    return translation === undefined || fields(translation).join() !== fields(id).join();
  });
  expect(wrong).toEqual([]);
});
