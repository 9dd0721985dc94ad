// Binds the media's DTLS certificate to the kiosk that the case is about.

/** The words a kiosk signs; the same bytes as kiosk_app/protocol/signing.py makes. */
export function peerText(caseId: string, nonce: string, fingerprint: string): string {
  return `hjalp.v1|peer|${caseId}|answer|${nonce}|${fingerprint}`;
}

/** An answer whose only certificate is `fingerprint`, or why it cannot be one. */
export type Bound = { readonly sdp: string; readonly fingerprint: string } | { readonly sdp: null };

/**
 * Takes every fingerprint but the SHA-256 one out of an answer: only that one is signed, and an
 * unsigned one left in could let another certificate in. Different ones in one answer: none.
 */
export function bound(untrustedSdp: string): Bound {
  const lines = untrustedSdp.split(/\r\n|\n|\r/);
  const isFingerprint = (line: string): boolean => /^a=fingerprint:/i.test(line);
  const signed = lines.flatMap((line) => {
    const match = /^a=fingerprint:sha-256 ([0-9A-F]{2}(?::[0-9A-F]{2}){31})\s*$/i.exec(line);
    return match?.[1] === undefined ? [] : [match[1]];
  });
  const fingerprint = signed[0];
  if (fingerprint === undefined || signed.some((other) => other !== fingerprint)) {
    return { sdp: null };
  }
  const kept = lines.filter(
    (line) => !isFingerprint(line) || /^a=fingerprint:sha-256 /i.test(line),
  );
  return { sdp: kept.join("\r\n"), fingerprint };
}

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * True when `signature` over the answer's binding is by the kiosk's key. Both are base64.
 * Throws a DOMException when this browser has no Ed25519 or the page no secure context.
 */
export async function signedByKiosk(
  kioskKey: string,
  signature: string,
  caseId: string,
  nonce: string,
  fingerprint: string,
): Promise<boolean> {
  let raw: Uint8Array<ArrayBuffer>;
  let sealed: Uint8Array<ArrayBuffer>;
  try {
    raw = bytes(kioskKey);
    sealed = bytes(signature);
  } catch {
    return false;
  }
  if (raw.length !== 32 || sealed.length !== 64) return false;
  const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  const text = new TextEncoder().encode(peerText(caseId, nonce, fingerprint));
  return crypto.subtle.verify({ name: "Ed25519" }, key, sealed, text);
}
