// Writes src/wire.ts from the wire's JSON Schema. `npm run types` after the schema changed;
// test/wire.test.ts fails until then.
import { readFile, writeFile } from "node:fs/promises";
import { compile } from "json-schema-to-typescript";

const SCHEMA = new URL("../../../protocol/schema/console.schema.json", import.meta.url);
export const WIRE = new URL("../src/wire.ts", import.meta.url);

const BANNER = `// Made by \`npm run types\` from kiosk_app/protocol/schema/console.schema.json.
// Change the messages in kiosk_app/protocol, never this file.`;

/** The text that src/wire.ts should have. */
export async function wireTypes() {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  const text = await compile(schema, "Wire", {
    additionalProperties: false,
    bannerComment: BANNER,
    // Tuples of every length up to 200 would be written out otherwise.
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    format: true,
  });
  // The generator notes at every type where it came from, and gives the document itself, which
  // has only definitions, an empty type.
  return text
    .replace(/\/\*\*\n \* This interface was referenced by [^/]*\*\/\n/g, "")
    .replace(/ \*\n \* This interface was referenced by [^/]*\*\//g, " */")
    .replace(/export interface AnAgentSBrowser \{[^}]*\}\n/, "");
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(WIRE, await wireTypes());
}
