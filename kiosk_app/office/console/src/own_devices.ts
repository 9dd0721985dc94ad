// The agent's own microphone and camera: opened at a press, closed with the call.
import { signal } from "@preact/signals";
import { t } from "./words";

export type Kind = "microphone" | "camera";

const KEPT = { microphone: "console.microphone", camera: "console.camera" } as const;
const INPUT = { microphone: "audioinput", camera: "videoinput" } as const;

/** What may be chosen from; names are known once one has been opened. */
export const choices = signal<Readonly<Record<Kind, readonly MediaDeviceInfo[]>>>({
  microphone: [], camera: [],
});

export function chosen(kind: Kind): string {
  return localStorage.getItem(KEPT[kind]) ?? "";
}

export function choose(kind: Kind, deviceId: string): void {
  localStorage.setItem(KEPT[kind], deviceId);
}

async function list(): Promise<void> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: Kind) => all.filter((each) => each.kind === INPUT[kind] && each.deviceId !== "");
  choices.value = { microphone: of("microphone"), camera: of("camera") };
}

/** Opens it. Throws an Error with what is wrong and what to do, in words. */
export async function openOwn(kind: Kind): Promise<MediaStream> {
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  if (devices === undefined) {
    throw new Error(t("This page is not served securely, so the browser gives no microphone. Use https."));
  }
  const wish = chosen(kind);
  const device = wish === "" ? {} : { deviceId: { ideal: wish } };
  try {
    const stream = await devices.getUserMedia(
      kind === "microphone"
        ? { audio: { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true } }
        : { video: { ...device, width: { ideal: 640 }, height: { ideal: 480 } } },
    );
    void list();
    return stream;
  } catch (error) {
    throw new Error(wrong(kind, error instanceof DOMException ? error.name : ""));
  }
}

function wrong(kind: Kind, name: string): string {
  const microphone = kind === "microphone";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return microphone
        ? t("The browser may not use the microphone. Allow it beside the address, then press again.")
        : t("The browser may not use the camera. Allow it beside the address, then press again.");
    case "NotFoundError":
    case "OverconstrainedError":
      return microphone
        ? t("No microphone was found. Plug one in and press again. The chat goes on.")
        : t("No camera was found. Plug one in and press again. The call goes on.");
    default:
      return microphone
        ? t("The microphone cannot be opened. Does another program use it? The chat goes on.")
        : t("The camera cannot be opened. Does another program use it? The call goes on.");
  }
}

export function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
