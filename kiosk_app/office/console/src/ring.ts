// The sound of a new case: two soft tones, again and again until somebody takes it. Somebody in
// danger sounds otherwise: four hard ones, twice as often.
import { signal } from "@preact/signals";

const URGENT_MS = 2_000;
const AGAIN_MS = 4_000; // often enough to be missed by nobody, seldom enough to think between
const KEPT = "console.sound";

/** What the sound can do: `blocked` until the agent has touched the page once. */
export type Sound = "on" | "off" | "blocked";

export const sound = signal<Sound>(localStorage.getItem(KEPT) === "off" ? "off" : "blocked");

let output: AudioContext | null = null;
let timer: ReturnType<typeof setInterval> | undefined;

/** What rings now, or would if the sound were on. */
export const ringing = signal<"no" | "new" | "urgent">("no");

function tone(
  context: AudioContext, hertz: number, from: number, seconds: number, hard = false,
): void {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = hard ? "square" : "sine";
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(0.22, from + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, from + seconds);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(from + seconds);
}

function play(): void {
  if (output === null || sound.value !== "on") return;
  const now = output.currentTime;
  if (ringing.value === "urgent") {
    for (const [at, hertz] of [988, 740, 988, 740].entries()) {
      tone(output, hertz, now + at * 0.22, 0.2, true);
    }
    return;
  }
  tone(output, 880, now, 0.5);
  tone(output, 1318.5, now + 0.16, 0.7);
}

/** Browsers let a page sound only after the agent has touched it; call this on each touch. */
export async function allowSound(): Promise<void> {
  if (sound.value === "off") return;
  output ??= new AudioContext();
  const context = output;
  const settle = (): void => {
    if (sound.value === "off") return;
    const wasBlocked = sound.value === "blocked";
    sound.value = context.state === "running" ? "on" : "blocked";
    if (wasBlocked && timer !== undefined) play();
  };
  context.onstatechange = settle;
  await context.resume();
  settle();
}

export function toggleSound(): void {
  const off = sound.value !== "off";
  localStorage.setItem(KEPT, off ? "off" : "on");
  sound.value = off ? "off" : "blocked";
  if (!off) void allowSound();
}

/** Rings now and then until nothing waits; `urgent` where somebody in danger does. */
export function ring(waiting: boolean, urgent = false): void {
  const wanted = urgent ? "urgent" : waiting ? "new" : "no";
  if (wanted === ringing.value) return;
  ringing.value = wanted;
  clearInterval(timer);
  timer = undefined;
  if (wanted === "no") return;
  play();
  timer = setInterval(play, urgent ? URGENT_MS : AGAIN_MS);
}

/** One more new case while others already ring. */
export function ringAtOnce(): void {
  play();
}
