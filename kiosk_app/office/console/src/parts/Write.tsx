import type { ComponentChildren, JSX } from "preact";
import { CHAT_CHARS } from "../on_peer";

interface Props {
  /** Names, places to put it and test ids of the field. */
  readonly field: JSX.IntrinsicElements["textarea"] & { readonly "data-testid": string };
  readonly written: string;
  onWrite(text: string): void;
  onSend(): void;
  /** The word on the key. */
  readonly send: string;
  readonly sendTestId: string;
  readonly label?: ComponentChildren;
  readonly children?: ComponentChildren;
}

/** A field to write in: Enter sends, Shift and Enter begins a new line. */
export function Write({ field, written, onWrite, onSend, send, sendTestId, label, children }: Props) {
  return (
    <form
      class="write"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {label}
      <textarea
        {...field} rows={1} maxLength={CHAT_CHARS} value={written}
        onInput={(event) => onWrite(event.currentTarget.value)}
        onKeyDown={(event) => {
          // Alt + Enter is a key of the console's, also while something is half written.
          if (event.key !== "Enter" || event.shiftKey || event.altKey || event.isComposing) return;
          event.preventDefault();
          onSend();
        }}
      />
      <button
        type="submit" class="key key-forward" data-testid={sendTestId}
        disabled={written.trim() === ""}
      >
        {send}
      </button>
      {children}
    </form>
  );
}
