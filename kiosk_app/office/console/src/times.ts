// How times, waits and sums are written, and when the next try is due.

/** Whole seconds as `0:41`, from an hour `1:05:02`. Never negative. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0
    ? `${hours}:${two(minutes)}:${two(whole % 60)}`
    : `${minutes}:${two(whole % 60)}`;
}

/** Seconds from `since` (ISO 8601) until `officeNow` (ms), never negative. */
export function secondsSince(since: string, officeNow: number): number {
  return Math.max(0, (officeNow - Date.parse(since)) / 1000);
}

/** Whole seconds left until `endsAt`, both in ms of performance.now(); the last one is 1. */
export function secondsLeft(endsAt: number, mono: number): number {
  return Math.max(0, Math.ceil((endsAt - mono) / 1000));
}

/** Full jitter: a random part of a wait that doubles with each try. All in ms. */
export function backoff(tries: number, first: number, most: number, random: () => number): number {
  return random() * Math.min(most, first * 2 ** tries);
}

const MONEY = new Intl.NumberFormat("sv-SE", { style: "currency", currency: "SEK" });

/** Öre as kronor, `142,50 kr`, in every language: that is what the shelf says. */
export function money(ore: number): string {
  return MONEY.format(ore / 100);
}

/** Clock time of an ISO 8601 time, `14:02:24`. */
export function clockTime(at: string): string {
  const time = new Date(at);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** `clockTime`, with the day in front where that is not today's. */
export function dayAndTime(at: string, officeNow: number): string {
  const [then, now] = [new Date(at), new Date(officeNow)];
  const day = then.toDateString() === now.toDateString() ? "" : `${then.toLocaleDateString("sv-SE")} `;
  return `${day}${clockTime(at)}`;
}
