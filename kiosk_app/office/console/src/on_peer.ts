// What a kiosk says by data channel, read with the limits of kiosk_app/protocol/limits.py.
import type { ChatMessage, OnPeer } from "./wire";

const FRAME_CHARS = 64 * 1024; // FRAME_BYTES
export const CHAT_CHARS = 2_000; // of Unicode; JavaScript counts some of them as two

/** The message in a frame of a data channel that `speaker` writes in; null for whatever is none. */
export function parsed(
  untrusted: unknown, speaker: ChatMessage["author"] = "shopper",
): OnPeer | null {
  if (typeof untrusted !== "string" || untrusted.length > FRAME_CHARS) return null;
  try {
    const message: unknown = JSON.parse(untrusted);
    return isOnPeer(message, speaker) ? message : null;
  } catch {
    return null;
  }
}

function isOnPeer(untrusted: unknown, speaker: ChatMessage["author"]): untrusted is OnPeer {
  const message = untrusted as Partial<Record<string, unknown>> | null;
  switch (message?.["type"]) {
    case "ping":
    case "pong":
      return typeof message["count"] === "number";
    case "point": // the agent's own word: no kiosk points
      return false;
    case "typing":
      return typeof message["typing"] === "boolean";
    case "chat": {
      const chat = message["message"] as Partial<ChatMessage> | null | undefined;
      return (
        typeof chat?.id === "string" &&
        typeof chat.text === "string" &&
        chat.text.length <= CHAT_CHARS * 2 &&
        typeof chat.name === "string" &&
        typeof chat.sent_at === "string" &&
        // Nobody at the kiosk speaks in the agent's name, nor the other way round.
        chat.author === speaker
      );
    }
    default:
      return false;
  }
}
