import { useState } from "preact/hooks";
import type { Known } from "../known";
import { done, thank } from "../work";
import { t } from "../words";

const LONGEST = 200;
// Eyes at 9 and 15; the mouth's middle, up from angry to glad.
const MOUTHS = ["M8 17Q12 13 16 17", "M8 16.5Q12 14.5 16 16.5", "M8 16H16", "M8 15Q12 18 16 15", "M7.5 14Q12 20 16.5 14"];

function faceWords(score: number): string {
  switch (score) {
    case 1: return t("Very bad");
    case 2: return t("Bad");
    case 3: return t("Okay");
    case 4: return t("Good");
    default: return t("Very good");
  }
}

export function Feedback({ known }: { known: Known }) {
  const [score, choose] = useState<number | null>(null);
  const [text, write] = useState("");
  if (done.value === "thanked") {
    return (
      <section class="over" role="status" data-testid="phone-over">
        <h2>{t("Thank you!")}</h2>
        <p>{t("The help is over. You can close this page.")}</p>
      </section>
    );
  }
  return (
    <section class="over" data-testid="phone-over">
      <h2>{t("Done! Tell us how it went.")}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          thank(score, text);
        }}
      >
        <fieldset class="faces">
          <legend class="read-out">
            {known.agent === "" ? t("How did it go?") : t("How did it go with {name}?", { name: known.agent })}
          </legend>
          {MOUTHS.map((mouth, at) => (
            <label key={mouth} class="face">
              <input
                type="radio" name="score" value={at + 1} data-testid={`phone-feedback-${at + 1}`}
                checked={score === at + 1} onChange={() => choose(at + 1)}
              />
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="10.5" class="face-skin" />
                <circle cx="8.7" cy="9.5" r="1.3" class="face-line" />
                <circle cx="15.3" cy="9.5" r="1.3" class="face-line" />
                <path d={mouth} class="face-mouth" />
              </svg>
              <span class="read-out">{faceWords(at + 1)}</span>
            </label>
          ))}
        </fieldset>
        {score !== null && <p class="chosen" aria-hidden="true">{faceWords(score)}</p>}
        <label class="read-out" for="words">{t("A few words, if you like")}</label>
        <input
          id="words" type="text" maxLength={LONGEST} value={text} data-testid="phone-feedback-text"
          placeholder={t("A few words, if you like")}
          onInput={(event) => write(event.currentTarget.value)}
        />
        <div class="keys">
          <button
            type="submit" class="key key-forward" disabled={score === null}
            data-testid="phone-feedback-send"
          >
            {t("Send")}
          </button>
          <button type="button" class="key" onClick={() => thank(null, "")}>{t("Skip")}</button>
        </div>
      </form>
    </section>
  );
}
