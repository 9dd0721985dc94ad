import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { bound, peerText, signedByKiosk } from "../src/signature";

const FINGERPRINT = Array.from({ length: 32 }, (_, n) => n.toString(16).padStart(2, "0"))
  .join(":")
  .toUpperCase();
const OTHER = FINGERPRINT.replace("00", "FF");

function answer(...lines: readonly string[]): string {
  return ["v=0", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", ...lines, ""].join("\r\n");
}

test("the text is that of kiosk_app/protocol/signing.py", () => {
  expect(peerText("c", "n", "AB:CD")).toBe("hjalp.v1|peer|c|answer|n|AB:CD");
});

test("only the signed fingerprint stays in an answer", () => {
  const result = bound(answer(
    `a=fingerprint:sha-256 ${FINGERPRINT}`, "a=fingerprint:sha-512 AA:BB", "a=setup:active",
    `a=fingerprint:sha-256 ${FINGERPRINT}`,
  ));
  expect(result).toMatchObject({ fingerprint: FINGERPRINT });
  expect(result.sdp).toContain("a=setup:active");
  expect(result.sdp).not.toContain("sha-512");
});

test.each([
  ["none", answer()],
  ["another hash only", answer("a=fingerprint:sha-512 AA:BB")],
  ["two of them", answer(`a=fingerprint:sha-256 ${FINGERPRINT}`, `a=fingerprint:sha-256 ${OTHER}`)],
  ["one too short", answer("a=fingerprint:sha-256 AA:BB")],
])("an answer with %s is none", (_what, sdp) => {
  expect(bound(sdp).sdp).toBeNull();
});

function kiosk() {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  return {
    key: raw.toString("base64"),
    signs: (text: string): string => sign(null, Buffer.from(text), privateKey).toString("base64"),
  };
}

test("the kiosk's own signature is taken", async () => {
  const { key, signs } = kiosk();
  const signature = signs(peerText("c", "n", FINGERPRINT));
  expect(await signedByKiosk(key, signature, "c", "n", FINGERPRINT)).toBe(true);
});

test.each<[string, string, string, string]>([
  ["another certificate", "c", "n", OTHER],
  ["another case", "c2", "n", FINGERPRINT],
  ["an older offer's nonce", "c", "n0", FINGERPRINT],
])("a signature over %s is not", async (_what, caseId, nonce, fingerprint) => {
  const { key, signs } = kiosk();
  const signature = signs(peerText(caseId, nonce, fingerprint));
  expect(await signedByKiosk(key, signature, "c", "n", FINGERPRINT)).toBe(false);
});

test("neither is another kiosk's, nor what is no signature or key at all", async () => {
  const { key, signs } = kiosk();
  const signature = signs(peerText("c", "n", FINGERPRINT));
  for (const [wrongKey, wrongSignature] of [
    [kiosk().key, signature], ["", signature], ["%", signature], [key, ""], [key, "%"],
    [key, "AAAA"],
  ] as const) {
    expect(await signedByKiosk(wrongKey, wrongSignature, "c", "n", FINGERPRINT)).toBe(false);
  }
});
