import { useEffect, useRef, useState } from "preact/hooks";
import { callState, ownSight, type CallState } from "../calling";
import type { Known } from "../known";
import { calling, connected, received } from "../work";
import { t } from "../words";

function Picture({ stream, own }: { stream: MediaStream; own: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video} class={own ? "sight-own" : "sight"} autoPlay playsInline muted
      aria-label={own ? t("You") : t("The agent's picture")}
      data-testid={own ? "phone-own-video" : "phone-video"}
    />
  );
}

/** The agent's voice; a press has begun the call, so browsers let it sound. */
function Voice({ track }: { track: MediaStreamTrack }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current !== null) audio.current.srcObject = new MediaStream([track]);
  }, [track]);
  return <audio ref={audio} autoPlay data-testid="phone-voice" />;
}

/** The agent's picture with the shopper's own in its corner; the own one alone where there is no other. */
function Sights({ track, own }: { track: MediaStreamTrack; own: MediaStream | null }) {
  const stream = useRef<MediaStream | null>(null);
  stream.current ??= new MediaStream([track]);
  const [seen, see] = useState(!track.muted);
  useEffect(() => {
    const look = (): void => see(!track.muted);
    look();
    for (const change of ["mute", "unmute"]) track.addEventListener(change, look);
    return () => {
      for (const change of ["mute", "unmute"]) track.removeEventListener(change, look);
    };
  }, [track]);
  if (!seen && own === null) return null;
  return (
    <div class={seen ? "sights" : "sights sights-own"}>
      {seen && <Picture stream={stream.current} own={false} />}
      {own !== null && <Picture stream={own} own />}
    </div>
  );
}

function offerWords({ offer }: CallState, name: string): string {
  if (offer === null) return "";
  if (offer.kind === "voice") return t("{name} would like to talk with you.", { name });
  switch (offer.reason) {
    case "age_check": return t("{name} needs to see your ID by video.", { name });
    case "visual_fault": return t("{name} would like to see what is wrong.", { name });
    case "guidance": return t("{name} would like to talk by video.", { name });
  }
}

function troubleWords({ trouble }: CallState): string {
  if (trouble === null) return "";
  const [device, why] = trouble;
  const microphone = device === "microphone";
  switch (why) {
    case "denied":
      return microphone
        ? t("The browser may not use the microphone. Allow it and try again.")
        : t("The browser may not use the camera. Allow it and try again.");
    case "missing":
      return microphone ? t("No microphone was found. The chat goes on.") : t("No camera was found. The chat goes on.");
    case "busy":
      return microphone
        ? t("The microphone cannot be opened. The chat goes on.")
        : t("The camera cannot be opened. The chat goes on.");
    case "insecure":
      return t("You cannot talk on this page. The chat goes on.");
  }
}

function stateWords(state: CallState, name: string): string {
  switch (state.phase) {
    case "asked": return t("{name} is asked to join…", { name });
    case "connecting": return t("Connecting…");
    case "live": return state.muted ? t("Your microphone is off.") : t("You are talking with {name}.", { name });
    case "ended": return t("The call has ended. The chat goes on.");
    default: return "";
  }
}

/** Voice and video beside the chat: asked for, offered, going on. */
export function Call({ known }: { known: Known }) {
  const state = callState.value;
  const name = known.agent;
  if (name === "") return null;
  const running = state.phase === "connecting" || state.phase === "live";
  const waits = state.phase === "asked";
  const trouble = troubleWords(state);
  const tracks = received.value;
  const own = ownSight.value;
  const possible = !running && !waits && connected.value && state.offer === null;
  const words = stateWords(state, name);
  if (!possible && !running && !waits && state.offer === null && words === "" && trouble === "") return null;
  return (
    <section class="call" aria-label={t("Call")}>
      {running && tracks !== null && <Voice key={tracks.voice.id} track={tracks.voice} />}
      {running && tracks !== null && <Sights key={tracks.sight.id} track={tracks.sight} own={own} />}
      <p role="status" class="call-state" data-testid="phone-call-state">{words}</p>
      {trouble !== "" && <p role="alert" class="trouble">{trouble}</p>}
      {state.offer !== null && (
        <div class="ask" role="group" aria-label={t("Call")} data-testid="phone-call-offer">
          <p role="alert">{offerWords(state, name)}</p>
          <button
            type="button" class="key key-forward" data-testid="phone-call-yes"
            onClick={() => void calling.accept()}
          >
            {t("Yes, please")}
          </button>
          <button type="button" class="key" onClick={() => calling.refuse()}>{t("No, thanks")}</button>
        </div>
      )}
      <div class="keys">
        {possible && (
          <>
            <button
              type="button" class="key" data-testid="phone-voice-start"
              onClick={() => void calling.wish("voice")}
            >
              {t("Talk")}
            </button>
            <button
              type="button" class="key" data-testid="phone-video-start"
              onClick={() => void calling.wish("video")}
            >
              {t("Video")}
            </button>
          </>
        )}
        {running && (
          <button
            type="button" class="key" aria-pressed={state.muted} data-testid="phone-mute"
            onClick={() => calling.mute()}
          >
            {state.muted ? t("Unmute") : t("Mute")}
          </button>
        )}
        {running && (
          <button
            type="button" class="key" data-testid="phone-camera"
            onClick={() => (own === null ? void calling.wish("video") : calling.stopCamera())}
          >
            {own === null ? t("Camera on") : t("Camera off")}
          </button>
        )}
        {(running || waits) && (
          <button
            type="button" class="key key-stop" data-testid="phone-call-end"
            onClick={() => calling.end("shopper_ended")}
          >
            {t("Hang up")}
          </button>
        )}
      </div>
    </section>
  );
}
