// Gives the page its words: the gettext catalogues that kiosk, office and console share, as the
// module `virtual:catalogues` with {language: {English id: translation}}; to the shopper's phone only
// those it says, as `virtual:phone-catalogues`.
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { po } from "gettext-parser";

const CATALOGUES = fileURLToPath(new URL("../../../../i18n/", import.meta.url));
const NAME = "virtual:catalogues";
const PHONE_NAME = "virtual:phone-catalogues";
const PHONE = fileURLToPath(new URL("../src/phone/", import.meta.url));

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

/** What of `catalogues` stands as a whole text in the sources under `folder`. */
export async function usedIn(folder, catalogues) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.tsx?$/.test(name));
  const texts = await Promise.all(files.map((name) => readFile(`${folder}${name}`, "utf8")));
  const source = texts.join("\n");
  return Object.fromEntries(
    Object.entries(catalogues).map(([language, words]) => [
      language,
      Object.fromEntries(
        Object.entries(words).filter(([id]) => source.includes(JSON.stringify(id))),
      ),
    ]),
  );
}

/** The Vite plugin that serves them; a phone is sent no more of them than its page says. */
export function catalogues() {
  return {
    name: "catalogues",
    resolveId(id) {
      return id === NAME || id === PHONE_NAME ? `\0${id}` : undefined;
    },
    async load(id) {
      if (id !== `\0${NAME}` && id !== `\0${PHONE_NAME}`) return undefined;
      const all = await readCatalogues();
      const words = id === `\0${NAME}` ? all : await usedIn(PHONE, all);
      return `export default ${JSON.stringify(words)};`;
    },
  };
}
