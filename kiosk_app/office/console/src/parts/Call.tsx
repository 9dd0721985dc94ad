// The call of the open case: what is asked, who is heard, and the agent's own devices.
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { asking, phaseOf, running, wanted, whyNoCall } from "../call_state";
import { camera, exchange, hangUp, joinAgain, mute, ownOf, startCall, type Own } from "../calls";
import { callWords, noCallWords } from "../call_words";
import type { OpenCase } from "../desk";
import { onPhone } from "../labels";
import { choices, choose, chosen, type Kind } from "../own_devices";
import { peerOf } from "../peers";
import { linkState } from "../work";
import { t } from "../words";
import { Meter } from "./Meter";

type Reason = "age_check" | "visual_fault";

/** Plays what is received; without an element nothing of it is decoded at all. */
function Ear({ track }: { track: MediaStreamTrack }) {
  const audio = useRef<HTMLAudioElement>(null);
  const blocked = useSignal(false);
  const play = (): void => {
    audio.current?.play().then(
      () => { blocked.value = false; },
      (error: unknown) => { blocked.value = error instanceof DOMException && error.name === "NotAllowedError"; },
    );
  };
  useEffect(() => {
    const element = audio.current;
    if (element === null) return undefined;
    element.srcObject = new MediaStream([track]);
    play();
    return () => { element.srcObject = null; };
  }, [track]);
  return (
    <>
      <audio ref={audio} data-testid="call-audio" />
      {blocked.value && (
        <button type="button" class="key key-small" onClick={play}>{t("Press to hear the customer")}</button>
      )}
    </>
  );
}

function Sight({ stream, testid, label }: { stream: MediaStream; testid: string; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (element === null) return undefined;
    element.srcObject = stream;
    return () => { element.srcObject = null; };
  }, [stream]);
  return <video ref={video} data-testid={testid} aria-label={label} muted autoplay playsInline disablePictureInPicture />;
}

function Choice({ id, kind, stream }: { id: string; kind: Kind; stream: MediaStream | null }) {
  const all = choices.value[kind];
  if (all.length < 2) return null;
  return (
    <select
      class="field call-choice" data-testid={`call-choose-${kind}`} value={stream?.getTracks()[0]?.getSettings().deviceId ?? chosen(kind)}
      aria-label={kind === "microphone" ? t("Your microphone") : t("Your camera")}
      onChange={({ currentTarget: { value } }) => {
        choose(kind, value);
        void exchange(id, kind);
      }}
    >
      {all.map(({ deviceId, label }) => <option key={deviceId} value={deviceId}>{label}</option>)}
    </select>
  );
}

function AskKeys({ shown: { card } }: { shown: OpenCase }) {
  const reason = useSignal<Reason>("visual_fault");
  const peer = peerOf(card.case).state;
  const noVoice = whyNoCall(card, "voice", linkState.value, peer);
  const noVideo = whyNoCall(card, "video", linkState.value, peer);
  const { call } = card;
  const asked = wanted(call);
  const talking = running(call);
  const seen = talking && call.kind === "video";
  // One line of keys: a second one would push the shared screen away under a pointing agent.
  if (asking(call)) return null;
  return (
    <>
      {!talking && (
        <button
          type="button" class={asked ? "key key-help" : "key"} data-testid="voice-start"
          disabled={noVoice !== null}
          onClick={() => void startCall(card, "voice", "guidance")}
        >
          {asked ? t("Answer") : t("Talk")}
        </button>
      )}
      {!asked && !seen && (
        <span class="call-video-keys">
          <button
            type="button" class="key" data-testid="video-start"
            disabled={noVideo !== null}
            onClick={() => void startCall(card, "video", reason.value)}
          >
            {t("Ask for video")}
          </button>
          <select
            class="field call-choice" data-testid="video-reason" value={reason.value}
            aria-label={t("Why video")}
            onChange={({ currentTarget: { value } }) => { reason.value = value as Reason; }}
          >
            <option value="visual_fault">{t("to see the fault")}</option>
            <option value="age_check">{t("for an age check")}</option>
          </select>
        </span>
      )}
      {!talking && noVoice !== null && noVoice !== "peer" && (
        <p class="call-why">{noCallWords(noVoice)}</p>
      )}
    </>
  );
}

function OwnKeys({ id, own }: { id: string; own: Own }) {
  return (
    <>
      {own.voice === null ? (
        <button type="button" class="key key-forward" data-testid="call-join" disabled={own.opening} onClick={() => joinAgain(id)}>
          {t("Open your microphone")}
        </button>
      ) : (
        <button type="button" class="key" data-testid="call-mute" aria-pressed={own.muted} onClick={() => mute(id)}>
          {own.muted ? t("Unmute") : t("Mute")}
        </button>
      )}
      <button type="button" class="key" data-testid="call-camera" aria-pressed={own.sight !== null} onClick={() => camera(id)}>
        {own.sight === null ? t("Show yourself") : t("Camera off")}
      </button>
      <Choice id={id} kind="microphone" stream={own.voice} />
      {own.sight !== null && <Choice id={id} kind="camera" stream={own.sight} />}
    </>
  );
}

export function Call({ shown }: { shown: OpenCase }) {
  const { card } = shown;
  const { call } = card;
  const id = card.case;
  const own = ownOf(id);
  const received = peerOf(id).call;
  const talking = running(call);
  const endable = talking || asking(call);
  const theirs = useRef<{ track: MediaStreamTrack; stream: MediaStream } | null>(null);
  if (received !== null && theirs.current?.track !== received.sight) {
    theirs.current = { track: received.sight, stream: new MediaStream([received.sight]) };
  }
  return (
    <section class={`call call-${phaseOf(call)}`} aria-label={t("Call")}>
      <p
        class="call-state" role="status" data-testid="call-state" data-phase={phaseOf(call)}
        data-kind={call.kind ?? undefined} data-answer={call.answer ?? undefined} data-cause={call.cause ?? undefined}
      >
        {callWords(call, onPhone(card))}
      </p>
      <div class="call-keys">
        <AskKeys shown={shown} />
        {talking && <OwnKeys id={id} own={own} />}
        {endable && (
          <button type="button" class="key key-stop" data-testid="call-end" onClick={() => hangUp(id)}>
            {talking ? t("End the call") : t("Withdraw the question")}
          </button>
        )}
      </div>
      {own.why !== "" && <p class="call-why" role="alert" data-testid="call-why">{own.why}</p>}
      {talking && received !== null && (
        <div class="call-heard">
          <span>{call.muted === true ? t("Customer (muted)") : t("Customer")}</span>
          <Meter track={received.voice} testid="call-level-customer" />
          <span>{own.muted ? t("You (muted)") : t("You")}</span>
          <Meter track={own.voice?.getAudioTracks()[0] ?? null} testid="call-level-own" />
          <Ear track={received.voice} />
        </div>
      )}
      {talking && (call.camera === true || own.sight !== null) && (
        <div class="call-seen">
          {call.camera === true && theirs.current !== null && (
            <Sight stream={theirs.current.stream} testid="call-video" label={t("The customer's camera")} />
          )}
          {own.sight !== null && (
            <Sight stream={own.sight} testid="call-own-video" label={t("Your camera")} />
          )}
        </div>
      )}
    </section>
  );
}
