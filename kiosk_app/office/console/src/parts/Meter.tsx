import { useEffect, useRef } from "preact/hooks";

const LOOK_MS = 60; // three looks before 200 ms are over

/** How loud `stream` is, as a bar. It is beside a word, and hidden from screen readers. */
export function Meter({ track, testid }: { track: MediaStreamTrack | null; testid: string }) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = bar.current;
    if (track === null || element === null) return undefined;
    const context = new AudioContext();
    const ear = new AnalyserNode(context, { fftSize: 1024 });
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(ear);
    const wave = new Float32Array(ear.fftSize);
    const timer = setInterval(() => {
      ear.getFloatTimeDomainData(wave);
      const power = wave.reduce((sum, each) => sum + each * each, 0) / wave.length;
      const level = Math.max(0, Math.min(9, Math.ceil((10 * Math.log10(power + 1e-12) + 50) / 5)));
      element.dataset["level"] = String(level);
      element.style.setProperty("--level", String(level / 9));
    }, LOOK_MS);
    return () => {
      clearInterval(timer);
      element.dataset["level"] = "0";
      element.style.setProperty("--level", "0");
      void context.close();
    };
  }, [track]);
  return <div ref={bar} class="meter" data-testid={testid} data-level="0" aria-hidden="true" />;
}
