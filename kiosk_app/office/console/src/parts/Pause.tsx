import { useRef, useState } from "preact/hooks";
import { pauseHelp } from "../work";
import { t } from "../words";

const MINUTES = [5, 15, 30, 60];

/** Ends a case that is none, and lets help at its kiosk rest; folded away until it is wanted. */
export function Pause({ id }: { id: string }) {
  const fold = useRef<HTMLDetailsElement>(null);
  const [minutes, setMinutes] = useState(15);
  return (
    <details class="pause" ref={fold} data-testid="pause-open">
      <summary class="key">{t("End and pause…")}</summary>
      <div class="pause-box">
        <p>{t("Help at this kiosk rests. Articles and the safety lane stay open.")}</p>
        <label>
          {t("For")}{" "}
          <select
            value={minutes} data-testid="pause-minutes"
            onChange={(event) => setMinutes(Number(event.currentTarget.value))}
          >
            {MINUTES.map((each) => (
              <option key={each} value={each}>{t("{n} min", { n: each })}</option>
            ))}
          </select>
        </label>
        <button
          type="button" class="key key-danger" data-testid="pause-help"
          onClick={() => {
            if (fold.current !== null) fold.current.open = false;
            pauseHelp(id, minutes);
          }}
        >
          {t("End and pause")}
        </button>
      </div>
    </details>
  );
}
