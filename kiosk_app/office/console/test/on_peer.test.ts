import { expect, test } from "vitest";
import { parsed } from "../src/on_peer";
import { message } from "./sample";

function chat(changes: Record<string, unknown> = {}): string {
  return JSON.stringify({ type: "chat", message: { ...message("m", "shopper"), ...changes } });
}

test.each([
  ["chat", chat()],
  ["the longest", chat({ text: "\u{1F4AC}".repeat(2_000) })],
  ["typing", '{"type":"typing","typing":true}'],
  ["ping", '{"type":"ping","count":0}'],
  ["pong", '{"type":"pong","count":7}'],
])("%s is read", (_what, frame) => {
  expect(parsed(frame)).toEqual(JSON.parse(frame));
});

test.each<[string, unknown]>([
  ["nothing", ""],
  ["garbage", "}{"],
  ["null", "null"],
  ["a list", "[]"],
  ["deep nesting", "[".repeat(60_000)],
  ["bytes", new ArrayBuffer(8)],
  ["a type that is none", '{"type":"open_door"}'],
  ["a type of every object", '{"type":"toString"}'],
  ["half a chat message", '{"type":"chat"}'],
  ["a chat message in the agent's name", chat({ author: "agent" })],
  ["a text that is none", chat({ text: 7 })],
  ["a text too long", chat({ text: "x".repeat(4_001) })],
  ["a megabyte", chat({ name: "x".repeat(1_000_000) })],
  ["a count that is none", '{"type":"ping","count":"1"}'],
])("%s is passed over", (_what, frame) => {
  expect(parsed(frame)).toBeNull();
});
