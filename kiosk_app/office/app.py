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
from kiosk_app.office.agents import Agents
from kiosk_app.office.bus.memory import MemoryBus
from kiosk_app.office.call_desk import CallDesk
from kiosk_app.office.callbacks import Callbacks
from kiosk_app.office.cards import Cards
from kiosk_app.office.cases import Cases
from kiosk_app.office.chat_desk import ChatDesk
from kiosk_app.office.consoles import Consoles
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
from kiosk_app.office.kiosk_keys import KioskKeys
from kiosk_app.office.knowledge.desk import KnowledgeDesk
from kiosk_app.office.knowledge.shelf import Shelf
from kiosk_app.office.lines import ShopperLines
from kiosk_app.office.pauses import Pauses
from kiosk_app.office.peer_desk import PeerDesk
from kiosk_app.office.phone_desk import PhoneDesk
from kiosk_app.office.phones import Phones
from kiosk_app.office.presence import KioskPresence
from kiosk_app.office.pushes import Pushes
from kiosk_app.office.queue import Queue
from kiosk_app.office.queue_desk import QueueDesk
from kiosk_app.office.share_desk import ShareDesk
from kiosk_app.office.shoppers import Shoppers
from kiosk_app.office.signing_key import SigningKey
from kiosk_app.office.till_desk import TillDesk
from kiosk_app.office.waits import Waits
from kiosk_app.office.watch import Watch

logger = logging.getLogger(__name__)

_SHUTDOWN_SECONDS = 3.0


class Office:
    """One back office. ``await start()`` gives the port; ``admin`` works while it runs.

    What has no underscore is there to look at and to turn by hand, for tests and doctors.
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
        self.store = open_store(settings)
        self._bus = MemoryBus()
        self._tasks = TaskOwner("office")
        self._runner: web.AppRunner | None = None
        self._doors: tuple[KioskDoor | ConsoleDoor | PhoneDoor, ...] = ()
        data_dir = Path(settings.data_dir)
        self.signing_key = SigningKey.open(data_dir)
        self.admin = Admin(self.store, self._clock, public_key=self.signing_key.public_key)
        self.queue = Queue()
        self.agents = Agents(self._clock)
        self.phones = Phones(self._clock)
        self.waits = Waits(self._clock)
        self._kiosks = KioskPresence(self._clock)
        self._keys = KioskKeys(self.store)
        self.cases = Cases(
            self.store,
            self._bus,
            self._clock,
            queue=self.queue,
            agents=self.agents,
            phones=self.phones,
            waits=self.waits,
        )
        self._estimates = Estimates(self.cases, self.queue, self.agents, self.waits, self._clock)
        self._streams = Streams(self.cases, self._kiosks)
        self.knowledge = KnowledgeDesk(
            data_dir,
            Shelf(data_dir, self.signing_key, self._clock),
            assets_dir() / "knowledge",
            self._streams.send_all,
        )
        self._lines = ShopperLines(self._streams, self.phones)
        self._shoppers = Shoppers(self._kiosks, self.phones)
        self._consoles = Consoles(
            self.cases,
            self.queue,
            self.agents,
            Cards(self.cases, self.queue, self._shoppers, self._keys, self._clock),
            self._estimates,
            self._clock,
        )
        keep = timedelta(hours=settings.callback_keep_hours)
        self._callbacks = Callbacks(self.cases, self.queue, self._clock, keep)
        self._shares = ShareDesk(
            self.cases, self._lines, self._shoppers, self._kiosks, self._clock
        )
        self._queue_desk = QueueDesk(
            self.cases,
            self._lines,
            self.queue,
            self.agents,
            self._consoles,
            self._callbacks,
            self._shares,
            self._clock,
        )
        self._pushes = Pushes(self.cases, self._bus, self._lines, self._estimates, self._consoles)
        self.watch = Watch(
            self.cases,
            self.store,
            self.waits,
            self._shoppers,
            self._queue_desk,
            self._shares,
            self._callbacks,
            self._pushes,
            self._clock,
        )
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
        await self.store.close()

    async def _start(self) -> int:
        await self.store.open()
        await self._keys.load()
        await self.cases.load()
        await self.knowledge.open()
        pauses = Pauses(self.cases, self._lines, self.store, self._clock)
        await pauses.load()
        app = web.Application()
        app.on_response_prepare.append(put_headers)
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=_SHUTDOWN_SECONDS, handle_signals=False
        )
        listener = _bind(self._settings)
        self.port = listener.getsockname()[1]
        self._open_doors(app, pauses)
        await self._runner.setup()
        await web.SockSite(self._runner, listener, ssl_context=self._tls).start()
        self._tasks.start(self.watch.run(), name="watch")
        self._tasks.start(self.knowledge.run(), name="knowledge")
        logger.info("the office listens on %s port %d", self._settings.host, self.port)
        return self.port

    def _open_doors(self, app: web.Application, pauses: Pauses) -> None:
        """Put the desks behind their doors; the port is known by now."""
        cases, lines, clock, tasks = self.cases, self._lines, self._clock, self._tasks
        queue, shares = self._queue_desk, self._shares
        chats = ChatDesk(cases, lines, self.agents, clock)
        calls = CallDesk(cases, lines, self._shoppers)
        peers = PeerDesk(cases, lines, self.agents)
        tills = TillDesk(cases, lines, self.agents, self._kiosks, self.signing_key, clock)
        address = listen.address(self._settings, self.port)
        handoffs = HandoffDesk(cases, lines, self.phones, self.store, clock, address=address)
        kiosk_desk = KioskDesk(
            cases,
            lines,
            self._estimates,
            clock,
            queue=queue,
            chats=chats,
            shares=shares,
            calls=calls,
            peers=peers,
            tills=tills,
            callbacks=self._callbacks,
            handoffs=handoffs,
        )
        agent_desk = AgentDesk(
            cases,
            lines,
            self._consoles,
            queue=queue,
            chats=chats,
            shares=shares,
            calls=calls,
            peers=peers,
            tills=tills,
            pauses=pauses,
        )
        origins = listen.origins(self._settings, self.port)
        secure = listen.is_secure(self._settings)
        kiosks = KioskDoor(
            self._streams,
            kiosk_desk,
            self._pushes,
            self._estimates,
            self.knowledge,
            pauses,
            self.store,
            self._keys,
            clock,
            listen.hosts(self._settings, self.port),
            tasks,
        )
        logins = Logins(self.store, clock, secure=secure)
        consoles = ConsoleDoor(agent_desk, logins, origins, tasks)
        phones = PhoneDoor(
            PhoneDesk(cases, self.phones, kiosk_desk, self._estimates, clock),
            handoffs,
            self.store,
            clock,
            tasks,
            origins=origins,
            secure=secure,
            behind_proxy=self._settings.behind_proxy,
        )
        self._doors = (kiosks, consoles, phones)
        add_get = app.router.add_get
        add_get("/kiosk", kiosks.handle, allow_head=False)
        add_get("/console/ws", consoles.handle, allow_head=False)
        # A HEAD, as link previews send, must not use the link up.
        add_get("/login", logins.handle, allow_head=False)
        add_get("/phone/ws", phones.handle, allow_head=False)
        app.router.add_post("/phone/exchange", phones.exchange)
        self._add_files(app)

    def _add_files(self, app: web.Application) -> None:
        """What is only read. The console's files are last: they take every other path."""
        files = ConsoleFiles(self._console)
        help_file = KnowledgeFile(self.knowledge)
        app.router.add_get("/knowledge/{sha256}", help_file.handle, allow_head=False)
        for path in ("/p", "/phone"):
            app.router.add_get(path, files.phone)
        app.router.add_get("/healthz", healthz)
        app.router.add_get("/", files.handle)
        app.router.add_get("/{path:.+}", files.handle)


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
