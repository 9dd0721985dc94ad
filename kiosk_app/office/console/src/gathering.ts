// What both ends of a direct connection do alike.

/** Nothing heard for so long: the connection is gone, as PEER_GONE_SECONDS of the protocol. */
export const GONE_MS = 4_000;

const GATHER_MS = 2_000; // only host candidates are gathered; they are there at once

/** Waits until the local description of `connection` has its candidates in it. */
export function gathered(connection: RTCPeerConnection): Promise<void> {
  if (connection.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((done) => {
    setTimeout(done, GATHER_MS);
    connection.addEventListener("icegatheringstatechange", () => {
      if (connection.iceGatheringState === "complete") done();
    });
  });
}
