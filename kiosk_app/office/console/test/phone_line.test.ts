// The phone's socket: what was said is said again, and a dead one is replaced.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Line, type LineState } from "../src/phone/line";
import type { FromPhone } from "../src/wire";

class Socket {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readonly readyState = Socket.OPEN;
  readonly sent: string[] = [];
  onmessage: ((frame: { data: unknown }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;

  constructor(readonly address: string) {
    Socket.all.push(this);
  }

  send(frame: string): void {
    this.sent.push(frame);
  }

  close(code = 1000): void {
    this.onclose?.({ code });
  }
}

const READY = JSON.stringify({ type: "phone_ready" });
const COMMAND: FromPhone = {
  type: "close_case", command: "c", case: "1", cause: "shopper_ended", ended_at: "2026-03-03T08:00:00Z",
};
let states: LineState[];
let line: Line;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("document", { addEventListener: () => undefined, visibilityState: "visible" });
  Socket.all = [];
  states = [];
  line = new Line("ws://office/phone/ws", {
    onState: (state) => states.push(state),
    onMessage: () => undefined,
  });
  line.connect();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what has no answer is said again after a break, and not once it has one", async () => {
  Socket.all[0]?.onmessage?.({ data: READY });
  line.send(COMMAND);
  Socket.all[0]?.close();
  await vi.advanceTimersByTimeAsync(500);
  Socket.all[1]?.onmessage?.({ data: READY });
  expect(Socket.all[1]?.sent).toEqual([JSON.stringify(COMMAND)]);
  expect(line.settle("c")).toEqual(COMMAND);
  Socket.all[1]?.close();
  await vi.advanceTimersByTimeAsync(1_000);
  Socket.all[2]?.onmessage?.({ data: READY });
  expect(Socket.all[2]?.sent).toEqual([]);
});

test("a socket that is open in name only is replaced, and not heard any more", async () => {
  Socket.all[0]?.onmessage?.({ data: READY });
  line.send(COMMAND);
  await vi.advanceTimersByTimeAsync(9_500);
  expect(Socket.all).toHaveLength(2);
  expect(states).toEqual(["connecting", "open", "connecting"]);
  Socket.all[0]?.onmessage?.({ data: READY });
  expect(states).toHaveLength(3);
});

test.each([[4401, "unknown"], [4409, "elsewhere"]] as const)(
  "after %i it is over", async (code, state) => {
    Socket.all[0]?.close(code);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(states).toEqual(["connecting", state]);
    line.connectNow();
    expect(Socket.all).toHaveLength(1);
  },
);
