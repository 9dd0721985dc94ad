"""The devices of the call: opened and closed at the kiosk's word, fed to whoever is connected."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

import av
import numpy as np

from kiosk_app.base.tasks import TaskOwner
from kiosk_app.media.call.device_thread import Deliver, DeviceThread, StuckError
from kiosk_app.media.call.loudness import LoudnessMeter
from kiosk_app.media.call.playout import Playout
from kiosk_app.media.call.side import CallSide
from kiosk_app.media.call.sight import PictureOut
from kiosk_app.media.call.voice import OpusEncoder, VoiceClock
from kiosk_app.media.devices.ports import Block, Camera, Devices, Microphone, Speaker
from kiosk_app.media.frame_ring import RingWriter
from kiosk_app.media.ports import Whose
from kiosk_app.protocol.call import CallDevice

logger = logging.getLogger(__name__)

TELL_SECONDS = 0.08  # twice this from sound to sign is still under EN 301 549's spirit of 200 ms
_PICTURE_GONE_SECONDS = 2.0  # a camera of 0.5 pictures a second is none


class CallListener(Protocol):
    """Told on the loop's thread."""

    def device_failed(self, device: CallDevice, reason: str) -> None: ...

    def device_stuck(self, device: CallDevice, reason: str) -> None:
        """It was told to close and stays open."""

    def sound_heard(self, shopper: int, agent: int) -> None: ...

    def picture_gone(self, whose: Whose) -> None: ...


class CallMedia:
    """One for the process. :meth:`open` and :meth:`close` are the kiosk's; connections come and
    go beneath them by :meth:`attach` and :meth:`detach`."""

    def __init__(
        self,
        devices: Devices,
        listener: CallListener,
        agent_picture: RingWriter,
        own_picture: RingWriter,
    ) -> None:
        self._devices = devices
        self._listener = listener
        self._tasks = TaskOwner("call")
        self._threads: dict[CallDevice, DeviceThread[Any]] = {}
        self._side: CallSide | None = None
        self._clock = VoiceClock()
        self._playout = Playout()
        self._shopper, self._agent = LoudnessMeter(), LoudnessMeter()
        self._told = (0, 0)
        self._pictures = {
            Whose.AGENT: PictureOut(agent_picture),
            Whose.SHOPPER: PictureOut(own_picture),
        }
        self._seen_at: float | None = None
        self._meter: asyncio.Task[None] | None = None

    # The kiosk's word ----------------------------------------------------------------------------

    def open(self, device: CallDevice) -> None:
        """Open ``device`` unless it is open."""
        if device in self._threads:
            return
        match device:
            case CallDevice.MICROPHONE:
                self._run(device, self._devices.open_microphone, self._listening())
            case CallDevice.SPEAKER:
                self._playout.clear()
                self._run(device, self._devices.open_speaker, self._sounding)
            case CallDevice.CAMERA:
                self._run(device, self._devices.open_camera, self._looking)
        if self._meter is None:
            self._meter = self._tasks.start(self._measure(), name="meter")

    def close(self, device: CallDevice) -> None:
        """Close ``device``; nothing of it is sent from now on. Safe to repeat."""
        thread = self._threads.pop(device, None)
        if thread is None:
            return
        thread.stop()
        self._tasks.start(self._closed(thread, device), name=f"close-{device.value}")
        self._quiet(device)

    async def end(self) -> None:
        """Close everything and wait until it is."""
        threads = dict(self._threads)
        for device in threads:
            self.close(device)
        for device, thread in threads.items():
            await self._closed(thread, device)
        await self._tasks.close()

    # The connection's ----------------------------------------------------------------------------

    def attach(self, side: CallSide) -> None:
        """``side`` is connected: what the devices give goes to it."""
        self._side = side

    def detach(self, side: CallSide) -> None:
        """``side`` is gone, if it was attached."""
        if self._side is side:
            self._side = None
            self._playout.clear()
            self._agent_gone()

    def agent_said(self, side: CallSide, frame: av.AudioFrame) -> None:
        """20 ms of the agent's voice, decoded."""
        if side is self._side and CallDevice.SPEAKER in self._threads:
            self._agent.hear(self._playout.put(frame))

    def agent_seen(self, side: CallSide, frame: av.VideoFrame) -> None:
        """A picture of the agent, decoded."""
        # No call, no picture: whatever is sent is not shown before the shopper has said yes.
        if side is self._side and CallDevice.SPEAKER in self._threads:
            self._seen_at = time.monotonic()
            self._pictures[Whose.AGENT].show(frame)

    # Inside --------------------------------------------------------------------------------------

    async def _closed(self, thread: DeviceThread[Any], device: CallDevice) -> None:
        try:
            await thread.closed()
        except StuckError as error:
            self._listener.device_stuck(device, str(error))

    def _run(
        self,
        device: CallDevice,
        open_device: Callable[[], Any],
        work: Callable[[Any, Deliver], None],
    ) -> None:
        self._threads[device] = DeviceThread(
            device.value, open_device, work, lambda why: self._failed(device, why)
        )

    def _failed(self, device: CallDevice, why: str) -> None:
        self._threads.pop(device, None)
        self._quiet(device)
        self._listener.device_failed(device, why)

    def _quiet(self, device: CallDevice) -> None:
        """Nothing of ``device`` stays on its way."""
        side = self._side
        match device:
            case CallDevice.MICROPHONE:
                self._shopper.take()
                if side is not None:
                    side.voice.clear()
            case CallDevice.SPEAKER:
                self._playout.clear()
                self._agent_gone()
            case CallDevice.CAMERA:
                if side is not None:
                    side.camera.clear()
                self._pictures[Whose.SHOPPER].forget()
                self._listener.picture_gone(Whose.SHOPPER)

    def _agent_gone(self) -> None:
        self._agent.take()
        if self._seen_at is not None:
            self._seen_at = None
            self._pictures[Whose.AGENT].forget()
            self._listener.picture_gone(Whose.AGENT)

    def _listening(self) -> Callable[[Microphone, Deliver], None]:
        """On the microphone's thread: two blocks, one packet."""
        encoder = OpusEncoder()
        self._clock.open()

        def listen(microphone: Microphone, deliver: Deliver) -> None:
            samples = np.concatenate([microphone.read(), microphone.read()])
            pts = self._clock.take(len(samples))
            data = encoder.encode(samples, pts)
            deliver(lambda: self._said(samples, data, pts))

        return listen

    def _said(self, samples: Block, data: bytes, pts: int) -> None:
        self._shopper.hear(samples)
        if self._side is not None and data:
            self._side.voice.push(data, pts)

    def _sounding(self, speaker: Speaker, _deliver: Deliver) -> None:
        """On the speaker's thread."""
        speaker.write(self._playout.take())

    def _looking(self, camera: Camera, deliver: Deliver) -> None:
        """On the camera's thread."""
        frame = camera.read()
        taken_at = time.monotonic()
        deliver(lambda: self._saw(frame, taken_at))

    def _saw(self, frame: av.VideoFrame, taken_at: float) -> None:
        self._pictures[Whose.SHOPPER].show(frame)
        if self._side is not None:
            self._side.camera.push(frame, taken_at)

    async def _measure(self) -> None:
        while True:
            await asyncio.sleep(TELL_SECONDS)
            heard = self._shopper.take(), self._agent.take()
            if heard != self._told:
                self._told = heard
                self._listener.sound_heard(*heard)
            if (
                self._seen_at is not None
                and time.monotonic() - self._seen_at > _PICTURE_GONE_SECONDS
            ):
                self._agent_gone()
            if not self._threads and heard == (0, 0):
                self._meter = None
                return
