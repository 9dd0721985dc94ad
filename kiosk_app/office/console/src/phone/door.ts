// In by the code that stood on the kiosk's screen: it is in the address behind the #, which no
// browser sends, and is exchanged once for a cookie that only the office reads.

export type Entry = "in" | "invalid" | "slow" | "away";

/** What the address holds; empty for none. */
export function tokenIn(hash: string): string {
  const token = hash.replace(/^#/, "");
  return /^[\w-]{16,200}$/.test(token) ? token : "";
}

/** Exchanges `token`; "away": the office did not answer, and the code is still good. */
export async function exchange(token: string, send: typeof fetch = fetch): Promise<Entry> {
  try {
    const answer = await send("/phone/exchange", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
      credentials: "same-origin",
      redirect: "error",
    });
    if (answer.status === 204) return "in";
    if (answer.status === 429) return "slow";
    return answer.status >= 500 ? "away" : "invalid";
  } catch {
    return "away";
  }
}
