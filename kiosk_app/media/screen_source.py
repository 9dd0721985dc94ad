"""One share: a thread takes the newest frame from the ring, encodes it and hands it to the track.

A frame is encoded when the screen changed, when the receiver needs a whole picture, and a few
times after the screen has come to rest, so that text is crisp; otherwise the thread sleeps. A
small change on a crisp screen, as a countdown's tick, is coded finely at once and not repeated.
"""

import asyncio
import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Callable

import av

from kiosk_app.base.clock import Clock
from kiosk_app.media.encoder import PictureMaker, ScreenEncoder, make_encoder
from kiosk_app.media.frame_ring import RingReader
from kiosk_app.media.rate import RateControl
from kiosk_app.media.screen_track import ScreenTrack

logger = logging.getLogger(__name__)

_FRAME_SECONDS = 1 / 30  # the grabber keeps to 15 a second; this holds when it does not
_REST_SECONDS = 0.3
_REFINE_SECONDS = 0.15
_REFINEMENTS = 6
_CRISP_BYTES = 3_000  # a repeated picture this small has nothing left to improve
_FINE_QUANTIZER = 14  # a small change on a crisp screen, coded so, is crisp at once
_BACKLOG = 2  # frames the sender may be behind before newer ones are skipped


class ScreenSource:
    """Runs at most one share at a time. All methods are called on the loop's thread."""

    def __init__(
        self,
        ring: RingReader,
        wake_fd: int,
        clock: Clock,
        *,
        on_live: Callable[[int, bool], None],
        on_wants_frame: Callable[[], None],
    ) -> None:
        self._ring = ring
        self._wake_fd = wake_fd
        self._clock = clock
        self._on_live = on_live
        self._on_wants_frame = on_wants_frame
        self._track: ScreenTrack | None = None
        self._share: _Share | None = None
        self._ending: set[_Share] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def sharing(self) -> bool:
        return self._share is not None

    def start(self, share: int, seconds: float) -> None:
        """Send the screen from now until :meth:`stop` or for ``seconds``, whichever is first."""
        self.stop()
        loop = asyncio.get_running_loop()
        self._share = _Share(
            share, self._ring, self._wake_fd, self._clock, seconds, loop, self._pushed, self._ended
        )
        self._timer = loop.call_later(seconds, self._at_deadline, self._share)
        # Said before the first frame leaves, so that the banner is never later than the picture.
        self._on_live(share, True)
        self._share.thread.start()
        if self._track is not None:
            self._share.send_to(self._track)

    def stop(self) -> None:
        """Nothing more leaves once this returns. Safe to repeat."""
        share, self._share = self._share, None
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._track is not None:
            self._track.clear()
        if share is not None:
            share.end()
            self._ending.add(share)
            self._on_live(share.number, False)

    async def close(self) -> None:
        """Stop and wait for the thread: the frames' memory may go afterwards."""
        self.stop()
        loop = asyncio.get_running_loop()
        for share in list(self._ending):
            await loop.run_in_executor(None, share.thread.join)

    def attach(self, track: ScreenTrack) -> None:
        """Frames go to ``track`` from now on, the first one whole."""
        self._track = track
        if self._share is not None:
            self._share.send_to(track)
            if not self._share.has_picture:
                self._on_wants_frame()

    def detach(self, track: ScreenTrack) -> None:
        if self._track is track:
            self._track = None
            if self._share is not None:
                self._share.send_to(None)

    def request_keyframe(self) -> None:
        """The receiver cannot go on without a whole picture (RFC 4585 6.3.1)."""
        if self._share is not None:
            self._share.request_keyframe()

    def estimated(self, bits: int) -> None:
        if self._share is not None:
            self._share.rate.estimated(bits, self._clock.monotonic())

    def lost(self, fraction: float) -> None:
        if self._share is not None:
            self._share.rate.lost(fraction, self._clock.monotonic())

    def _pushed(self, share: "_Share", track: ScreenTrack, data: bytes, pts: int) -> None:
        if share is self._share and track is self._track and not share.over:
            track.push(data, pts)

    def _at_deadline(self, share: "_Share") -> None:
        if share is self._share:
            self.stop()

    def _ended(self, share: "_Share") -> None:
        self._ending.discard(share)
        if share is self._share:
            self.stop()
            self._ending.discard(share)


class _Share:
    """One share's thread and what it shares with the loop's thread (single words, no locks)."""

    def __init__(
        self,
        number: int,
        ring: RingReader,
        wake_fd: int,
        clock: Clock,
        seconds: float,
        loop: asyncio.AbstractEventLoop,
        pushed: Callable[["_Share", ScreenTrack, bytes, int], None],
        ended: Callable[["_Share"], None],
    ) -> None:
        self.number = number
        self.rate = RateControl(clock.monotonic())
        self.has_picture = False
        self.thread = threading.Thread(target=self._run, name=f"share-{number}", daemon=True)
        self._ring = ring
        self._wake_fd = wake_fd
        self._clock = clock
        self._deadline = clock.monotonic() + seconds
        self._loop = loop
        self._pushed = pushed
        self._ended = ended
        self._ending = False
        self._track: ScreenTrack | None = None
        self._wants_keyframe = True
        self._encoder: ScreenEncoder | None = None
        self._encoder_for: tuple[str, int, int] | None = None
        self._pts = 0
        self._crisp = False  # whether the receiver has the last picture as sharp as it gets

    @property
    def over(self) -> bool:
        """Past its deadline or told to end."""
        return self._ending or self._clock.monotonic() >= self._deadline

    def end(self) -> None:
        self._ending = True
        self._wake()

    def send_to(self, track: ScreenTrack | None) -> None:
        self._track = track
        self.request_keyframe()

    def request_keyframe(self) -> None:
        self._wants_keyframe = True
        self._wake()

    def _wake(self) -> None:
        os.eventfd_write(self._wake_fd, 1)

    def _run(self) -> None:
        try:
            self._encode_until_over()
        except Exception:  # whatever a codec does, the process lives and the share ends
            logger.exception("the screen could not be encoded; its share is ended")
        finally:
            self._wake()  # it may have been the next share's wake-up that this thread took
            self._loop.call_soon_threadsafe(self._ended, self)

    def _encode_until_over(self) -> None:
        poll = select.poll()
        poll.register(self._wake_fd, select.POLLIN)
        maker: PictureMaker | None = None
        number = 0
        picture: av.VideoFrame | None = None
        refined = 0
        encoded_at = 0.0
        while not self.over:
            now = time.monotonic()
            track = self._track
            if track is not None and track.waiting < _BACKLOG:
                if maker is None or maker.codec != track.codec:
                    maker, number, picture = PictureMaker(track.codec), 0, None
                frame = self._ring.read(number, maker.make)
                refine = picture is not None and refined < _REFINEMENTS
                if frame is not None:
                    number, picture, refined = frame.number, frame.result, 0
                    self.has_picture = True
                    published = frame.published_ns / 1e9
                elif picture is not None and self._wants_keyframe:
                    refined = 0  # a whole picture is coarser than what was refined before it
                    published = now
                elif refine and now >= encoded_at + self._rest(refined):
                    refined += 1
                    published = now
                else:
                    self._sleep(poll, encoded_at + self._rest(refined) - now if refine else None)
                    continue
                if picture is not None and not self.over:
                    size = self._encode(track, picture, published)
                    encoded_at = now
                    if size < _CRISP_BYTES and (refined or self._stays_crisp()):
                        refined = _REFINEMENTS
                    self._crisp = refined == _REFINEMENTS
                    self._pause(encoded_at + _FRAME_SECONDS - time.monotonic())
            else:
                self._sleep(poll, _FRAME_SECONDS if track is not None else None)

    def _rest(self, refined: int) -> float:
        return _REFINE_SECONDS if refined else _REST_SECONDS

    def _encode(self, track: ScreenTrack, picture: av.VideoFrame, at: float) -> int:
        wanted = (track.codec, picture.width, picture.height)
        if self._encoder is None or self._encoder_for != wanted:
            self._encoder, self._encoder_for = make_encoder(*wanted), wanted
            self._wants_keyframe = True
        keyframe, self._wants_keyframe = self._wants_keyframe, False
        if keyframe:
            self._crisp = False
        # A repeated picture may carry a later time than the next frame was published at.
        pts = self._pts = max(int(at * 90_000), self._pts + 1)
        data = self._encoder.encode(picture, pts, keyframe=keyframe, bits=self.rate.target)
        if data:
            self.rate.sent(len(data), self._clock.monotonic())
            self._loop.call_soon_threadsafe(self._pushed, self, track, data, pts)
        return len(data)

    def _stays_crisp(self) -> bool:
        """Whether what changed in the last picture is as sharp as it would be refined."""
        fine = self._encoder is not None and self._encoder.quantizer <= _FINE_QUANTIZER
        return self._crisp and fine

    def _sleep(self, poll: select.poll, seconds: float | None) -> None:
        """Until woken, for at most ``seconds``; never past the deadline."""
        left = max(0.0, self._deadline - self._clock.monotonic())
        if seconds is not None:
            left = min(left, max(0.0, seconds))
        if poll.poll(left * 1000 + 1):
            with contextlib.suppress(BlockingIOError):  # another share's thread was faster
                os.eventfd_read(self._wake_fd)

    def _pause(self, seconds: float) -> None:
        if seconds > 0:
            time.sleep(seconds)
