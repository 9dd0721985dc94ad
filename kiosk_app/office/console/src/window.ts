// One window of a browser works at a time, held by a Web Lock: it goes to the next window by
// itself when the one that has it is closed or loaded anew.
import { signal } from "@preact/signals";

const NAME = "console";
const TAKE_KEPT = "console.take";
const RELOAD_MS = 700; // a window that is loaded anew lets go of the lock within this

/** True while another window has the work. */
export const elsewhere = signal(false);

let begin: (() => void) | null = null;
let end: () => void = () => undefined;

function hold(options: LockOptions): void {
  navigator.locks
    .request(NAME, options, () => {
      if (begin === null) {
        // The window that took over is closed: here again, from a clean start.
        location.reload();
        return undefined;
      }
      elsewhere.value = false;
      begin();
      begin = null;
      return new Promise<never>(() => undefined); // held until the window closes
    })
    .catch(() => {
      // Another window has taken it.
      elsewhere.value = true;
      end();
      hold({});
    });
}

/** Calls `start` when this window may work, `stop` when another one has taken over. */
export function claimWindow(start: () => void, stop: () => void): void {
  begin = start;
  end = stop;
  setTimeout(() => {
    elsewhere.value ||= begin !== null;
  }, RELOAD_MS);
  const take = sessionStorage.getItem(TAKE_KEPT) !== null;
  sessionStorage.removeItem(TAKE_KEPT);
  hold(take ? { steal: true } : {});
}

/** The agent wants to work in this window. */
export function useHere(): void {
  if (begin === null) {
    // It has worked here before; a clean start is the safest one.
    sessionStorage.setItem(TAKE_KEPT, "yes");
    location.reload();
    return;
  }
  hold({ steal: true });
}
