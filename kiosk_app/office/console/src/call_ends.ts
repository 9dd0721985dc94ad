// The call's part of a connection: one sound and one picture each way, there from the first offer
// on and silent, so that a call begins, mutes and ends without another offer.

export interface Sent {
  readonly voice: MediaStreamTrack | null;
  readonly sight: MediaStreamTrack | null;
}

export const NOTHING_SENT: Sent = { voice: null, sight: null };

/** What is received of the other side; the tracks live as long as the connection. */
export interface Received {
  readonly voice: MediaStreamTrack;
  readonly sight: MediaStreamTrack;
}

export class CallEnds {
  private readonly voice: RTCRtpTransceiver;
  private readonly sight: RTCRtpTransceiver;

  /** To be made after the screen's own section: the kiosk knows the pictures by their order. */
  constructor(connection: RTCPeerConnection) {
    this.voice = connection.addTransceiver("audio", { direction: "sendrecv" });
    this.sight = connection.addTransceiver("video", { direction: "sendrecv" });
  }

  get received(): Received {
    return { voice: this.voice.receiver.track, sight: this.sight.receiver.track };
  }

  send({ voice, sight }: Sent): void {
    // Refused only by a connection that has been closed meanwhile: the next one gets them too.
    this.voice.sender.replaceTrack(voice).catch(() => undefined);
    this.sight.sender.replaceTrack(sight).catch(() => undefined);
  }
}
