// Gives the page its words: the gettext catalogues that kiosk, office and console share, as the
// module `virtual:catalogues` with {language: {English id: translation}}.
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";

const CATALOGUES = fileURLToPath(new URL("../../../../i18n/", import.meta.url));
const NAME = "virtual:catalogues";
const RESOLVED = `\0${NAME}`;

/** Every catalogue under i18n/, without entries that are empty, fuzzy or counted. */
export async function readCatalogues() {
  /** @type {Record<string, Record<string, string>>} */
  const catalogues = {};
  for (const language of (await readdir(CATALOGUES)).sort()) {
    const file = `${CATALOGUES}${language}/LC_MESSAGES/kiosk.po`;
    let text;
    try {
      text = await readFile(file);
    } catch (error) {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") continue;
      throw error;
    }
    /** @type {Record<string, string>} */
    const words = {};
    for (const entry of Object.values(po.parse(text).translations[""] ?? {})) {
      const translation = entry.msgstr[0];
      if (!entry.msgid || entry.msgid_plural || !translation) continue;
      if (entry.comments?.flag?.includes("fuzzy")) continue;
      words[entry.msgid] = translation;
    }
    catalogues[language] = words;
  }
  return catalogues;
}

/** The Vite plugin that serves them. */
export function catalogues() {
  return {
    name: "catalogues",
    resolveId(id) {
      return id === NAME ? RESOLVED : undefined;
    },
    async load(id) {
      if (id !== RESOLVED) return undefined;
      return `export default ${JSON.stringify(await readCatalogues())};`;
    },
  };
}
