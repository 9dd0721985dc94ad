"""The back office as one process: put together here, started and stopped."""

import asyncio
import errno
import logging
import signal
import socket
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from kiosk_app.base.clock import Clock, SystemClock
from kiosk_app.base.notify import notify_ready
from kiosk_app.base.paths import assets_dir, console_dir, only_program_in, open_data_dir
from kiosk_app.base.settings import OfficeSettings
from kiosk_app.base.tasks import TaskOwner
from kiosk_app.office import listen
from kiosk_app.office.admin import Admin, open_store
from kiosk_app.office.agent_desk import AgentDesk
from kiosk_app.office.bus.memory import MemoryBus
from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cases import Cases
from kiosk_app.office.errors import OfficeError
from kiosk_app.office.estimate import Estimates
from kiosk_app.office.gateway.console import ConsoleDoor
from kiosk_app.office.gateway.kiosk import KioskDoor
from kiosk_app.office.gateway.knowledge import KnowledgeFile
from kiosk_app.office.gateway.login import Logins
from kiosk_app.office.gateway.pages import ConsoleFiles, healthz, put_headers
from kiosk_app.office.gateway.phone import PhoneDoor
from kiosk_app.office.gateway.streams import Streams
from kiosk_app.office.handoff_desk import HandoffDesk
from kiosk_app.office.kiosk_desk import KioskDesk
from kiosk_app.office.knowledge.desk import KnowledgeDesk
from kiosk_app.office.knowledge.shelf import Shelf
from kiosk_app.office.lines import ShopperLines
from kiosk_app.office.pauses import Pauses
from kiosk_app.office.phone_desk import PhoneDesk
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.office.watch import Watch

logger = logging.getLogger(__name__)

_SHUTDOWN_SECONDS = 3.0


class Office:
    """One back office. ``await start()`` gives the port; ``admin`` works while it runs.

    ``cases`` and ``watch`` are there to look at and to turn by hand, for tests and doctors.
    """

    def __init__(
        self,
        settings: OfficeSettings,
        *,
        clock: Clock | None = None,
        console: Path | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock or SystemClock()
        self._console = console or console_dir()
        self._tls = listen.check(settings)
        self._store = open_store(settings)
        self._bus = MemoryBus()
        self._tasks = TaskOwner("office")
        self._runner: web.AppRunner | None = None
        self._doors: tuple[KioskDoor | ConsoleDoor | PhoneDoor, ...] = ()
        data_dir = Path(settings.data_dir)
        self.signing_key = SigningKey.open(data_dir)
        self.admin = Admin(self._store, self._clock, public_key=self.signing_key.public_key)
        self.cases = Cases(self._store, self._bus, self._clock)
        self._estimates = Estimates(self.cases)
        self._streams = Streams(self.cases)
        self.knowledge = KnowledgeDesk(
            data_dir,
            Shelf(data_dir, self.signing_key, self._clock),
            assets_dir() / "knowledge",
            self._streams.send_all,
        )
        self._lines = ShopperLines(self._streams, self.cases.phones)
        keep = timedelta(hours=settings.callback_keep_hours)
        self._callbacks = Callbacks(self.cases, keep)
        self.watch = Watch(self.cases, self._lines, self._estimates, self._callbacks)
        self.port = 0

    async def start(self) -> int:
        """Listen. Returns the port. SettingsError, OfficeError or StoreError: nothing runs."""
        try:
            return await self._start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Say goodbye to everyone, end every task, close the store. Safe to call again."""
        for door in self._doors:
            door.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._tasks.close()
        await self.knowledge.close()
        await self._bus.close()
        await self._store.close()

    async def _start(self) -> int:
        await self._store.open()
        await self.cases.load()
        await self.knowledge.open()
        cases, streams, estimates = self.cases, self._streams, self._estimates
        lines = self._lines
        calls, callbacks = CallDesk(cases, lines), self._callbacks
        tills = TillDesk(cases, lines, self.signing_key)
        pauses = Pauses(cases, lines)
        await pauses.load()
        app = web.Application()
        app.on_response_prepare.append(put_headers)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS, handle_signals=False
        )
        listener = _bind(self._settings)
        self.port = listener.getsockname()[1]
        address = listen.address(self._settings, self.port)
        origins = listen.origins(self._settings, self.port)
        secure = listen.is_secure(self._settings)
        handoffs = HandoffDesk(cases, lines, address)
        kiosk_desk = KioskDesk(cases, lines, estimates, calls, callbacks, tills, handoffs)
        kiosks = KioskDoor(
            cases,
            streams,
            kiosk_desk,
            self.watch,
            estimates,
            self.knowledge,
            pauses,
            listen.hosts(self._settings, self.port),
            self._tasks,
        )
        logins = Logins(self._store, self._clock, secure=secure)
        consoles = ConsoleDoor(
            AgentDesk(cases, lines, estimates, calls, callbacks, tills, pauses),
            logins,
            origins,
            self._tasks,
        )
        phones = PhoneDoor(
            PhoneDesk(cases, kiosk_desk, estimates),
            handoffs,
            self._store,
            self._clock,
            self._tasks,
            origins=origins,
            secure=secure,
            behind_proxy=self._settings.behind_proxy,
        )
        self._doors = (kiosks, consoles, phones)
        files = ConsoleFiles(self._console)
        app.router.add_get("/kiosk", kiosks.handle, allow_head=False)
        app.router.add_get("/console/ws", consoles.handle, allow_head=False)
        # A HEAD, as link previews send, must not use the link up.
        app.router.add_get("/login", logins.handle, allow_head=False)
        help_file = KnowledgeFile(self.knowledge)
        app.router.add_get("/knowledge/{sha256}", help_file.handle, allow_head=False)
        app.router.add_post("/phone/exchange", phones.exchange)
        app.router.add_get("/phone/ws", phones.handle, allow_head=False)
        for path in ("/p", "/phone"):
            app.router.add_get(path, files.phone)
        app.router.add_get("/healthz", healthz)
        app.router.add_get("/", files.handle)
        app.router.add_get("/{path:.+}", files.handle)
        await self._runner.setup()
        await web.SockSite(self._runner, listener, ssl_context=self._tls).start()
        self._tasks.start(self.watch.run(), name="watch")
        self._tasks.start(self.knowledge.run(), name="knowledge")
        logger.info("the office listens on %s port %d", self._settings.host, self.port)
        return self.port


def _bind(settings: OfficeSettings) -> socket.socket:
    """A listening socket. OfficeError says what is in the way."""
    host, port = settings.host.strip("[]"), settings.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = (
            "another program listens there, perhaps an office that is still running"
            if isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            else str(error)
        )
        raise OfficeError(
            f"The office cannot listen on {host} port {port}: {reason}. Nothing was started and "
            f"nothing is lost; end the other program or give another port in the settings."
        ) from error


async def run_office(settings: OfficeSettings) -> None:
    """Run the office until SIGTERM or SIGINT. Raises what :meth:`Office.start` raises."""
    with only_program_in(open_data_dir(Path(settings.data_dir))):
        await _run_until_stopped(Office(settings))


async def _run_until_stopped(office: Office) -> None:
    await office.start()
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    try:
        notify_ready()
        await stopped.wait()
    finally:
        await office.stop()
