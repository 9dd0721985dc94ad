import { describe, expect, it } from "vitest";
import { parsed as onPeer } from "../src/on_peer";
import { parsed } from "../src/office_socket";
import { KNOWN } from "../src/phone/line";

describe("what a phone reads", () => {
  it("knows the office's messages and drops what is none", () => {
    expect(parsed('{"type":"case_resolved","case":"c"}', KNOWN)).toEqual({ type: "case_resolved", case: "c" });
    for (const wrong of ["", "{", "[]", "null", '{"type":"console_ready"}', '{"type":"toString"}', 5]) {
      expect(parsed(wrong, KNOWN)).toBeNull();
    }
  });

  it("hears nobody speak in the shopper's name", () => {
    const message = { id: "1", author: "shopper", name: "", text: "x", sent_at: "" };
    const frame = (author: string): string => JSON.stringify({ type: "chat", message: { ...message, author } });
    expect(onPeer(frame("shopper"), "agent")).toBeNull();
    expect(onPeer(frame("agent"), "agent")?.type).toBe("chat");
  });
});
