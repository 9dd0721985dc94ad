import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Calling, callState, type Device, type Offer } from "../src/phone/calling";
import type { CallNow } from "../src/wire";

const OFFER: Offer = { ask: "1", kind: "voice", reason: "guidance" };

class Track {
  enabled = true;
  stopped = false;
  private gone: (() => void) | null = null;
  addEventListener(_event: string, gone: () => void): void {
    this.gone = gone;
  }
  stop(): void {
    this.stopped = true;
  }
  unplug(): void {
    this.gone?.();
  }
}

function stage(refused: readonly Device[] = []) {
  const told: CallNow[] = [];
  const tracks = new Map<Device, Track>();
  const sent: (readonly [boolean, boolean])[] = [];
  const calling = new Calling({
    report: (call) => void told.push(call),
    open: (device) => {
      if (refused.includes(device)) return Promise.reject(new DOMException("no", "NotAllowedError"));
      const track = new Track();
      tracks.set(device, track);
      return Promise.resolve({ getTracks: () => [track] } as unknown as MediaStream);
    },
    send: ({ voice, sight }) => void sent.push([voice !== null, sight !== null]),
  });
  return { calling, told, tracks, sent };
}

describe("a call on the phone", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("opens nothing by the agent's word alone", () => {
    const { calling, told, tracks } = stage();
    calling.asked(OFFER);
    expect(tracks.size).toBe(0);
    expect(told.at(-1)).toMatchObject({ phase: "offered", offered: "voice" });
  });

  it("begins with the shopper's yes, and is live with the connection", async () => {
    const { calling, told, sent } = stage();
    calling.asked(OFFER);
    await calling.accept();
    expect(told.at(-1)).toMatchObject({ phase: "connecting", kind: "voice", answer: "granted" });
    calling.peer(true);
    expect(told.at(-1)?.phase).toBe("live");
    expect(sent.at(-1)).toEqual([true, false]);
  });

  it("takes silence for a no", () => {
    const { calling, told } = stage();
    calling.asked(OFFER);
    vi.advanceTimersByTime(30_000);
    expect(told.at(-1)).toMatchObject({ phase: "none", answer: "timed_out" });
    expect(callState.value.offer).toBeNull();
  });

  it("waits for the agent where the shopper asks, and sends nothing before", async () => {
    const { calling, told, sent } = stage();
    await calling.wish("voice");
    expect(told.at(-1)?.phase).toBe("asked");
    expect(sent.at(-1)).toEqual([false, false]);
    calling.asked(OFFER);
    expect(told.at(-1)?.phase).toBe("connecting");
    expect(sent.at(-1)).toEqual([true, false]);
  });

  it("says what keeps it from the microphone, and there is no call", async () => {
    const { calling, told } = stage(["microphone"]);
    calling.asked(OFFER);
    await calling.accept();
    expect(callState.value.trouble).toEqual(["microphone", "denied"]);
    expect(told.at(-1)).toMatchObject({ phase: "none", answer: "no_device" });
  });

  it("goes on as voice when the camera is not to be had", async () => {
    const { calling, told } = stage(["camera"]);
    await calling.wish("voice");
    calling.asked(OFFER);
    await calling.wish("video");
    expect(told.at(-1)).toMatchObject({ phase: "connecting", kind: "voice", camera: false });
    expect(callState.value.trouble).toEqual(["camera", "denied"]);
  });

  it("closes every device with the call", async () => {
    const { calling, told, tracks, sent } = stage();
    await calling.wish("video");
    calling.asked({ ...OFFER, kind: "video" });
    calling.peer(true);
    expect(told.at(-1)).toMatchObject({ phase: "live", kind: "video", camera: true });
    calling.end("agent_ended");
    expect([...tracks.values()].map(({ stopped }) => stopped)).toEqual([true, true]);
    expect(sent.at(-1)).toEqual([false, false]);
    expect(told.at(-1)).toMatchObject({ phase: "ended", cause: "agent_ended", camera: false });
  });

  it("mutes without a word on the line, and ends with a microphone that is pulled out", async () => {
    const { calling, told, tracks } = stage();
    await calling.wish("voice");
    calling.asked(OFFER);
    calling.mute();
    expect(tracks.get("microphone")?.enabled).toBe(false);
    expect(told.at(-1)?.muted).toBe(true);
    tracks.get("microphone")?.unplug();
    expect(told.at(-1)).toMatchObject({ phase: "ended", cause: "no_microphone" });
  });
});
