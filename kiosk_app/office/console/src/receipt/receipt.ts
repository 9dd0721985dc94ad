// The receipt that stands in the link itself, as kiosk_app/case/visit/receipt.py packs it. It is read
// in this browser and sent nowhere.

export interface Receipt {
  readonly store: string;
  readonly till: string;
  /** ISO 8601. */
  readonly paidAt: string;
  readonly lines: readonly (readonly [quantity: number, name: string, ore: number])[];
  /** Of the lines that had no room, in öre. */
  readonly restOre: number;
  readonly language: string;
}

const MOST_CHARS = 4_000; // five times the longest that a kiosk makes
const MOST_BYTES = 64 * 1024;

/** The receipt in `fragment` (what follows `#`); null for whatever is none. */
export async function unpacked(fragment: string): Promise<Receipt | null> {
  if (fragment === "" || fragment.length > MOST_CHARS) return null;
  try {
    const base64 = fragment.replace(/-/g, "+").replace(/_/g, "/");
    const packed = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = await readAtMost(stream.getReader(), MOST_BYTES);
    return bytes === null ? null : receiptIn(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return null;
  }
}

async function readAtMost(
  reader: ReadableStreamDefaultReader<Uint8Array>, most: number,
): Promise<Uint8Array | null> {
  const whole: number[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Uint8Array.from(whole);
    if (whole.length + value.length > most) {
      await reader.cancel();
      return null;
    }
    whole.push(...value);
  }
}

function receiptIn(untrusted: unknown): Receipt | null {
  const made = untrusted as Partial<Record<string, unknown>> | null;
  if (made === null || typeof made !== "object") return null;
  const { s: store, t: till, d: paidAt, l: lines, r: restOre, g: language } = made;
  const whole =
    typeof store === "string" && typeof till === "string" && typeof language === "string" &&
    typeof paidAt === "string" && !Number.isNaN(Date.parse(paidAt)) &&
    Number.isInteger(restOre) && Array.isArray(lines) && lines.every(isLine);
  if (!whole) return null;
  return { store, till, paidAt, lines, restOre: restOre as number, language } as Receipt;
}

function isLine(line: unknown): boolean {
  return (
    Array.isArray(line) && line.length === 3 &&
    Number.isInteger(line[0]) && typeof line[1] === "string" && Number.isInteger(line[2])
  );
}

export function totalOre({ lines, restOre }: Receipt): number {
  return lines.reduce((sum, [, , ore]) => sum + ore, restOre);
}
