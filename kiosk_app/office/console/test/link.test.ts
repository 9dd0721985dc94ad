// What an office says that is not one, or not of this version, changes nothing and hangs nothing.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Link, type LinkState } from "../src/link";
import type { ToConsole } from "../src/wire";
import { ready } from "./sample";

/** A socket that the test speaks into. */
class Socket {
  static readonly OPEN = 1;
  static all: Socket[] = [];
  readonly readyState = Socket.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((frame: { data: unknown }) => void) | null = null;
  onclose: ((closed: { code: number }) => void) | null = null;

  constructor(readonly address: string) {
    Socket.all.push(this);
  }

  close(): void {
    this.onclose?.({ code: 1000 });
  }
}

let states: LinkState[];
let heard: ToConsole[];
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("addEventListener", () => undefined);
  Socket.all = [];
  states = [];
  heard = [];
  link = new Link("ws://office/console/ws", {
    onState: (state) => states.push(state),
    onMessage: (message) => heard.push(message),
  });
  link.connect();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function say(data: unknown): void {
  Socket.all.at(-1)?.onmessage?.({ data });
}

test.each([
  "", "}{", "null", "[]", "7", '"case_gone"', '{"type":7}', '{"type":"door_opened"}',
  '{"type":"toString"}', '{"type":"__proto__"}', "[".repeat(100_000), new ArrayBuffer(4),
])("%j ends the connection, and a new one is heard", async (frame) => {
  say(JSON.stringify(ready([])));
  say(frame);
  expect(heard).toHaveLength(1);
  expect(states).toEqual(["connecting", "open", "waiting"]);
  await vi.runAllTimersAsync();
  expect(Socket.all).toHaveLength(2);
  say(JSON.stringify(ready([])));
  expect(states.at(-1)).toBe("open");
  expect(heard).toHaveLength(2);
});

test("a socket that was given up is not heard", async () => {
  const [old] = Socket.all;
  old?.close();
  await vi.runAllTimersAsync();
  old?.onmessage?.({ data: JSON.stringify(ready([])) });
  expect(heard).toEqual([]);
});

test("an answer that is owed for too long gives the socket up, after a wait", async () => {
  say(JSON.stringify(ready([])));
  link.check(null, 100_000);
  link.check(93_000, 100_000);
  expect(states).toEqual(["connecting", "open"]);
  link.check(92_000, 100_000);
  expect(states).toEqual(["connecting", "open", "waiting"]);
  say(JSON.stringify(ready([])));
  expect(heard).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(Socket.all).toHaveLength(2);
});

test("who is not logged in is told so, and nothing is tried again", async () => {
  Socket.all.at(-1)?.onclose?.({ code: 4401 });
  await vi.runAllTimersAsync();
  link.connectNow();
  expect(states).toEqual(["connecting", "logged_out"]);
  expect(Socket.all).toHaveLength(1);
});
