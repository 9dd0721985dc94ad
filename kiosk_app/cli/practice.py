"""``kiosk-app practice``: a kiosk without a screen whose shopper is a program, to train agents on.

Everything but the screen is the real part: rules, link, vault, till and media process.
"""

import asyncio
import random
import signal
from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.errors import SettingsError
from kiosk_app.base.language import languages
from kiosk_app.base.log import set_up_logging
from kiosk_app.base.notify import notify_ready
from kiosk_app.base.paths import assets_dir, only_program_in, open_data_dir
from kiosk_app.base.settings import KioskSettings, load_settings
from kiosk_app.case.events import Event
from kiosk_app.case.settings import CaseSettings
from kiosk_app.cli.enroll import open_identity
from kiosk_app.cli.practice_lines import load_lines
from kiosk_app.cli.practice_shopper import PracticeShopper
from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.kiosk.controller import Controller
from kiosk_app.knowledge.library import Library
from kiosk_app.link.client import WebSocketLink
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.shared import Position
from kiosk_app.sensing.sensing import SystemSensing
from kiosk_app.till.builtin import BuiltInTill
from kiosk_app.till.shop import demo_shop_path, load_shop
from kiosk_app.till.terminal import SimulatedTerminal
from kiosk_app.vault.sqlite import SqliteVault

_LONGEST_WAIT_SECONDS = 1.0  # as the controller: the loop's timers stand still in suspend


class PracticeSettings(KioskSettings, frozen=True, forbid_unknown_fields=True):
    """A practice kiosk's settings file: a kiosk's, and how its shopper behaves.

    ``mean_seconds`` between a visit's end and the next press of Hjälp; ``pace`` stretches every
    wait, 1 is a person's; the same ``seed`` behaves the same, 0 differs at each start.
    """

    mean_seconds: Annotated[float, Meta(ge=1, le=86_400)] = 120.0
    pace: Annotated[float, Meta(gt=0, le=100)] = 1.0
    seed: Annotated[int, Meta(ge=0)] = 0


def run(config: Path | None) -> int:
    """Run until SIGTERM or Ctrl-C. Raises KioskError subclasses in words."""
    if config is None:
        raise SettingsError("Which practice kiosk? Give its settings with --config FILE.")
    settings = load_settings(config, PracticeSettings)
    set_up_logging(settings.log_level)
    data_dir = open_data_dir(Path(settings.data_dir))
    with only_program_in(data_dir):
        asyncio.run(_run(settings, data_dir))
    return 0


async def _run(settings: PracticeSettings, data_dir: Path) -> None:
    kiosk = _PracticeKiosk(settings, data_dir)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, kiosk.stop)
    try:
        await kiosk.start()
        notify_ready()
        await kiosk.act()
    finally:
        await kiosk.close()


class _PracticeKiosk:
    """The real parts around a scripted hand."""

    def __init__(self, settings: PracticeSettings, data_dir: Path) -> None:
        self._clock = SystemClock()
        self._woken = asyncio.Event()
        self._stopped = False
        identity = open_identity(settings)
        terminal = SimulatedTerminal()
        till = BuiltInTill(load_shop(demo_shop_path()), terminal)
        self._shopper = PracticeShopper(
            till=till,
            terminal=terminal,
            press=self._press,
            clock=self._clock,
            # Chance makes a shopper here, not a secret.
            randomness=random.Random(settings.seed or None),  # noqa: S311 -- see above
            lines=load_lines(),
            mean_seconds=settings.mean_seconds,
            pace=settings.pace,
            on_due=self._woken.set,
        )
        vault = SqliteVault(data_dir)
        office_key = OfficeKey.read(settings.office_key)
        self._controller = Controller(
            clock=self._clock,
            settings=CaseSettings(
                store=settings.store,
                till_name=settings.till_name,
                position=Position(settings.position),
                language=settings.language,
                languages=languages(),
                practice=True,
                voice=False,  # a shopper who is a program has nothing to say aloud
                video=False,
            ),
            till=till,
            sensing=SystemSensing(self._clock),
            vault=vault,
            identity=identity,
            signed_by_office=office_key.signed,
            link=WebSocketLink(settings.office_url, identity, vault, self._clock),
            knowledge=Library(
                data_dir=data_dir,
                shipped=assets_dir() / "knowledge.json",
                office_url=settings.office_url,
                signed_by_office=office_key.signed,
            ),
            media=MediaProcess(microphone="none", speaker="none", camera="none"),
            screen=self._shopper,
        )

    async def start(self) -> None:
        await self._controller.start()

    def stop(self) -> None:
        """Let :meth:`act` return."""
        self._stopped = True
        self._woken.set()

    async def close(self) -> None:
        await self._controller.close()

    async def act(self) -> None:
        """Do what the shopper does, when it is due, until :meth:`stop`."""
        while not self._stopped:
            self._woken.clear()
            due = self._shopper.due
            wait = _LONGEST_WAIT_SECONDS
            if due is not None:
                wait = min(wait, max(0.0, due - self._clock.monotonic()))
            try:
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            except TimeoutError:
                self._shopper.act()

    def _press(self, event: Event) -> None:
        self._controller.press(event)
