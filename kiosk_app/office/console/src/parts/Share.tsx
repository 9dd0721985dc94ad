import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { OpenCase } from "../desk";
import { deniedWords, frozenWords, notNowWords, shareEndWords } from "../labels";
import { peerOf, type PeerView } from "../peers";
import type { Sight } from "../sight";
import { duration, secondsLeft } from "../times";
import {
  askForScreen, connectAgain, endScreen, mono, notNow, point, shareRefused, sight,
} from "../work";
import { t } from "../words";
import { Icon, Ring } from "./Icon";

const POINT_EVERY_MS = 50; // an eye follows twenty places a second
const WHOLE_S = 300; // a share is at most five minutes; the ring is full then

function stateWords({ card }: OpenCase, seen: Sight): string {
  const { state, cause } = card.share;
  const refused = shareRefused.value.get(card.case);
  if (refused !== undefined) return refused;
  if (seen !== "closed" && seen !== "live") return frozenWords(seen);
  switch (state ?? "none") {
    case "asked": return t("Waiting for the customer's answer.");
    case "granted": return seen === "live" ? t("You see the customer's screen.") : shareEndWords("deadline");
    case "denied": return deniedWords(card.share.answer, card.context.step);
    case "ended":
      // Said while it holds; afterwards the agent may ask again.
      return cause === "card_entry" && card.context.step !== "card_entry"
        ? t("Not shared. The customer decides.")
        : shareEndWords(cause);
    default: return t("Not shared. The customer decides.");
  }
}

function peerWords(peer: PeerView, away: boolean): string {
  switch (peer.state) {
    case "connected":
      return away
        ? t("The kiosk answers directly, but has no contact with the office.")
        : t("Direct connection to the kiosk.");
    case "silent": return t("The kiosk does not answer directly. Waiting…");
    case "connecting": return t("Connecting directly to the kiosk…");
    case "lost": return t("The direct connection is gone – trying again. The chat goes on.");
    case "resting": return t("No direct connection. The chat goes through the office.");
    case "refused":
      return t("The answer was not signed with this kiosk's key. The screen stays closed; the chat is safe.");
    case "unable":
      return t("This browser cannot check the kiosk's signature. Update it to see the screen; the chat works.");
  }
}

/** Lies on the picture: a press or a drag there is a ring on the customer's screen, and no more. */
function PointerLayer({ id, shape }: { id: string; shape: number }) {
  const sentAt = useRef(0);
  const send = (event: PointerEvent): void => {
    const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    sentAt.current = event.timeStamp;
    point(id, x, y);
  };
  return (
    <div
      data-testid="share-pointer" class="pointer-layer" style={{ "--shape": String(shape) }}
      title={t("Press here to point on the customer's screen")}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        send(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons !== 0 && event.timeStamp - sentAt.current >= POINT_EVERY_MS) send(event);
      }}
    />
  );
}

/** The picture. It is taken away the moment the share is not live: no last frame stays. */
function Screen({ id, track, frozen, onShape }: {
  id: string;
  track: MediaStreamTrack | null;
  frozen: boolean;
  onShape: (wide: boolean) => void;
}) {
  const video = useRef<HTMLVideoElement>(null);
  const seen = useSignal(false);
  const shape = useSignal(9 / 16);
  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    seen.value = false;
    element.srcObject = track === null ? null : new MediaStream([track]);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <div class={frozen ? "screen screen-live screen-frozen" : "screen screen-live"}>
      <video
        ref={video} data-testid="share-video" class={seen.value ? "" : "unseen"} muted autoplay
        style={{ "--shape": String(shape.value) }}
        playsInline disablePictureInPicture aria-label={t("The customer's screen")}
        onLoadedData={() => { seen.value = true; }}
        onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
          if (videoWidth > 0 && videoHeight > 0) shape.value = videoWidth / videoHeight;
          onShape(videoWidth > videoHeight);
        }}
      />
      {!frozen && <PointerLayer id={id} shape={shape.value} />}
      {frozen && <p class="screen-stopped">{t("The picture stands still")}</p>}
      {!seen.value && !frozen && <p class="screen-wait">{t("Waiting for the picture…")}</p>}
    </div>
  );
}

function Closed({ shown }: { shown: OpenCase }) {
  const { state } = shown.card.share;
  return (
    <div class="screen screen-closed">
      <Icon name="screen" />
      <p>
        {state === "asked"
          ? t("The customer has 30 seconds to answer.")
          : t("Card, code and phone number are never shown.")}
      </p>
    </div>
  );
}

export function Share({ shown, onShape }: {
  shown: OpenCase;
  onShape: (wide: boolean) => void;
}) {
  const { card, shareEndsAt } = shown;
  const peer = peerOf(card.case);
  const left = shareEndsAt === null ? 0 : secondsLeft(shareEndsAt, mono.value);
  // Both ends count the time: this one shows nothing past it either.
  const seen = sight(shown);
  const live = seen !== "closed";
  const away = card.kiosk_gone_since !== null;
  const why = notNow(shown);
  const asked = card.share.state === "asked";
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!live) onShape(false);
  }, [live]);
  const stuck = peer.state === "refused" || peer.state === "unable";
  return (
    <section
      ref={panel} class={live ? "share share-live" : "share"} aria-label={t("The customer's screen")}
    >
      <div class="share-head">
        <h3>{t("The customer's screen")}</h3>
        {seen === "live" && (
          <p class="countdown" role="timer">
            <Ring share={left / WHOLE_S} />
            {duration(left)}
          </p>
        )}
      </div>
      <p
        class="share-state" role="status" data-testid="share-state"
        data-state={card.share.state ?? "none"} data-sight={seen} data-cause={card.share.cause ?? undefined}
      >
        {stateWords(shown, seen)}
      </p>
      {live ? <Screen id={card.case} track={peer.screen} frozen={seen !== "live"} onShape={onShape} /> : <Closed shown={shown} />}
      <div class="share-keys">
        {live || asked ? (
          <button
            type="button" class="key key-dark" data-testid="share-end"
            onClick={() => endScreen(card.case)}
          >
            {live ? t("Stop watching") : t("Withdraw the request")}
          </button>
        ) : (
          <button
            type="button" class="key key-dark" data-testid="share-request"
            disabled={why !== null} aria-describedby={why === null ? undefined : "why-not"}
            onClick={() => askForScreen(card.case)}
          >
            {t("Ask to see the screen")} <kbd aria-hidden="true">Alt S</kbd>
          </button>
        )}
        {live && (
          <button
            type="button" class="key key-dark" aria-label={t("Full screen")}
            title={t("Full screen")}
            onClick={() => {
              void (document.fullscreenElement === null
                ? panel.current?.requestFullscreen()
                : document.exitFullscreen());
            }}
          >
            <Icon name="full" />
          </button>
        )}
      </div>
      {!live && !asked && why !== null && why !== "peer" && (
        <p id="why-not" class="why-not" data-testid="share-why-not">{notNowWords(why)}</p>
      )}
      <p
        class={`peer peer-${peer.state}${away ? " peer-away" : ""}`} role={stuck ? "alert" : undefined}
        data-testid="peer-state" data-state={peer.state}
      >
        <span class="dot" aria-hidden="true" />
        {peerWords(peer, away)}
      </p>
      {stuck && (
        <button type="button" class="key key-dark" onClick={() => connectAgain(card.case)}>
          {t("Try again")}
        </button>
      )}
    </section>
  );
}
