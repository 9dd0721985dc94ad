// A call's states as people say them.
import { phaseOf, type NoCall } from "./call_state";
import type { CallNow } from "./wire";
import { t } from "./words";

/** `phone`: the shopper is at one, and not at the kiosk. */
export function callWords(call: CallNow, phone: boolean): string {
  switch (phaseOf(call)) {
    case "none":
      return call.answer == null ? t("No call. The customer decides.") : answerWords(call, phone);
    case "offered":
      if (call.suggested === true) return t("The kiosk has suggested a call. You can ask as well.");
      return call.offered === "video"
        ? t("The customer is asked whether you may see.")
        : t("The customer is asked whether they want to talk.");
    case "asked":
      return call.kind === "video"
        ? t("The customer wants to talk and to show you something. Press Answer.")
        : t("The customer wants to talk. Press Answer.");
    case "connecting": return t("The call waits for the direct connection.");
    case "live":
      if (call.offered === "video") return t("In a call. The customer is asked whether you may see.");
      if (call.answer != null && call.answer !== "granted") {
        return `${t("In a call.")} ${answerWords(call, phone)}`;
      }
      if (call.muted === true) return t("In a call. The customer has muted their microphone.");
      return call.camera === true ? t("In a video call.") : t("In a call.");
    case "ended":
      return call.answer == null || call.answer === "granted"
        ? causeWords(call, phone)
        : answerWords(call, phone);
  }
}

function answerWords({ answer }: CallNow, phone: boolean): string {
  switch (answer) {
    case "granted": return t("The customer said yes.");
    case "timed_out": return t("No answer. You can ask again.");
    case "not_now": return t("A call is not possible just now. Ask again in a moment.");
    case "no_device":
      return phone
        ? t("This phone has no microphone or camera for that. Go on in the chat.")
        : t("This kiosk has no microphone or camera for that. Go on in the chat.");
    default: return t("The customer would rather not. The chat goes on.");
  }
}

function causeWords({ cause }: CallNow, phone: boolean): string {
  switch (cause) {
    case "shopper_ended": return t("The customer ended the call. The chat goes on.");
    case "agent_ended": return t("You ended the call. The chat goes on.");
    case "no_microphone":
      return phone
        ? t("The phone's microphone does not work. Go on in the chat.")
        : t("The kiosk's microphone does not work. Go on in the chat.");
    case "no_speaker":
      return phone
        ? t("The phone's speaker does not work. Go on in the chat.")
        : t("The kiosk's speaker does not work. Go on in the chat.");
    case "media_lost":
      return phone
        ? t("The phone can carry no call. Go on in the chat.")
        : t("The kiosk can carry no call. Go on in the chat.");
    default: return t("The call is over. The chat goes on.");
  }
}

export function noCallWords(why: NoCall): string {
  switch (why) {
    case "office": return t("No call now: no contact with the office.");
    case "kiosk": return t("No call now: the kiosk has no contact.");
    case "phone": return t("No call now: the phone has no contact.");
    case "peer": return t("No call before the direct connection is up.");
    case "card_entry": return t("No video now: the customer is entering card and code.");
  }
}
