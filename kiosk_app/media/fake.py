"""A media process that is not one; the test is the agent's browser."""

from kiosk_app.media.ports import MediaError, MediaListener
from kiosk_app.protocol.call import CallDevice
from kiosk_app.protocol.shared import ChatMessage


class FakeFrameSink:
    """Takes frames until its share is stopped; :attr:`frames` are those published."""

    def __init__(self) -> None:
        self.frames: list[tuple[int, int, bytes]] = []
        self.open = True
        self._slot: tuple[int, int, bytearray] | None = None

    def begin(self, width: int, height: int) -> memoryview | None:
        if not self.open:
            return None
        self._slot = (width, height, bytearray(width * height * 4))
        return memoryview(self._slot[2])

    def publish(self) -> None:
        if self._slot is not None and self.open:
            width, height, pixels = self._slot
            self.frames.append((width, height, bytes(pixels)))
        self._slot = None


class FakeMedia:
    """Notes what it is asked. ``ready_at_once``: ready as soon as it is started."""

    def __init__(self, *, ready_at_once: bool = True, fails: bool = False) -> None:
        self.case: str | None = None
        self.starts: list[str] = []
        self.stops = 0
        self.offers: list[tuple[int, str]] = []
        self.drops = 0
        self.chats: list[ChatMessage] = []
        self.typing: list[bool] = []
        self.t140: list[str] = []
        self.sinks: list[FakeFrameSink] = []
        self.share_seconds: list[float] = []
        self.open_devices: set[CallDevice] = set()
        self.sharing = False
        self.ready_at_once = ready_at_once
        self.fails = fails
        self._listener: MediaListener | None = None

    @property
    def listener(self) -> MediaListener:
        assert self._listener is not None, "nobody listens"  # noqa: S101 -- a test's aid
        return self._listener

    def listen(self, listener: MediaListener) -> None:
        self._listener = listener

    async def start(self, case: str) -> None:
        if self.fails:
            raise MediaError("The media process could not be started. The till goes on.")
        self.case = case
        self.starts.append(case)
        if self.ready_at_once:
            self.listener.media_ready()

    async def stop(self) -> None:
        self.stops += 1
        self._end()

    def answer_offer(self, generation: int, sdp: str) -> None:
        self.offers.append((generation, sdp))

    def drop_peer(self) -> None:
        self.drops += 1

    def send_chat(self, message: ChatMessage) -> None:
        self.chats.append(message)

    def send_typing(self, typing: bool) -> None:
        self.typing.append(typing)

    def send_t140(self, text: str) -> None:
        self.t140.append(text)

    def open_device(self, device: CallDevice) -> None:
        if self.case is not None:
            self.open_devices.add(device)

    def close_device(self, device: CallDevice) -> None:
        self.open_devices.discard(device)

    def start_share(self, seconds: float) -> FakeFrameSink:
        self.stop_share()
        sink = FakeFrameSink()
        self.sinks.append(sink)
        self.share_seconds.append(seconds)
        self.sharing = True
        self.listener.share_live(True)
        return sink

    def stop_share(self) -> None:
        if not self.sharing:
            return
        self.sharing = False
        self.sinks[-1].open = False
        if self._listener is not None:
            self._listener.share_live(False)

    def die(self, reason: str = "the test killed it") -> None:
        """The process ends without being asked to."""
        self._end()
        self.listener.media_died(reason)

    def _end(self) -> None:
        self.case = None
        self.open_devices.clear()
        if self.sharing:
            self.sharing = False
            self.sinks[-1].open = False
