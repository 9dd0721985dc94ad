"""The till that a kiosk's settings name, put together: port, surface and what runs beside them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QWidget

from kiosk_app.base.language import Words
from kiosk_app.base.settings import KioskSettings
from kiosk_app.till.ports import Till
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.till.surface import Surface, SurfaceMaker

if TYPE_CHECKING:
    from kiosk_app.ui.till.web.engine import Address
    from kiosk_app.ui.till.web.surface import WebSurface


class TillParts(Protocol):
    """One kind of till. ``floating``: another program has the screen, and the window lies over it.

    ``can_share``: what is sensitive on this till's screen is known, so that it may be shown.
    """

    till: Till
    surface: SurfaceMaker
    floating: bool
    can_share: bool

    async def start(self) -> None:
        """After the first paint: what is too slow before it. Raises KioskError in words."""

    async def close(self) -> None:
        """Stop what was started. Safe to repeat."""


def open_till(settings: KioskSettings, data_dir: Path) -> TillParts:
    """Call before the QApplication is made. Raises KioskError in words."""
    match settings.till:
        case "web":
            return _Web(settings)
        case "socket":
            return _Socket(settings, data_dir)
        case _:
            return _BuiltIn(settings)


class _BuiltIn:
    floating = False
    can_share = True

    def __init__(self, settings: KioskSettings) -> None:
        from kiosk_app.till.builtin import BuiltInTill
        from kiosk_app.till.shop import demo_shop_path, load_shop
        from kiosk_app.till.terminal import SimulatedTerminal
        from kiosk_app.ui.till.built_in import BuiltInSurface

        till = BuiltInTill(load_shop(demo_shop_path()), SimulatedTerminal())
        self.till: Till = till
        self.surface: SurfaceMaker = partial(BuiltInSurface, till=till, store=settings.store)

    async def start(self) -> None:
        return

    async def close(self) -> None:
        return


class _Web:
    floating = False
    can_share = True

    def __init__(self, settings: KioskSettings) -> None:
        from kiosk_app.till.remote.till import RemoteTill
        from kiosk_app.ui.till.web import engine

        self._address: Address = engine.Address.of(settings.till_url, settings.till_hosts)
        engine.prepare()
        self._remote = RemoteTill(settings.language)
        self.till: Till = self._remote
        self.surface: SurfaceMaker = self._make
        self._made: WebSurface | None = None

    def _make(self, theme: Theme, say: Words, help_button: HelpButton, window: QWidget) -> Surface:
        from kiosk_app.ui.till.web import engine

        why = engine.loads()
        if why:
            raise engine.WebTillError(f"{why} Nothing was started.")
        from kiosk_app.ui.till.web.surface import WebSurface

        self._made = WebSurface(
            theme, say, help_button, window, till=self._remote, address=self._address
        )
        return self._made

    async def start(self) -> None:
        if self._made is not None:
            self._made.open()

    async def close(self) -> None:
        if self._made is not None:
            self._made.close()
        self._remote.close()


class _Socket:
    floating = True
    can_share = False

    def __init__(self, settings: KioskSettings, data_dir: Path) -> None:
        from kiosk_app.till.remote.socket import TillSocket
        from kiosk_app.till.remote.till import RemoteTill
        from kiosk_app.ui.till.companion import CompanionSurface, prepare

        prepare()
        remote = RemoteTill(settings.language)
        self._socket = TillSocket(data_dir, remote)
        self.till: Till = remote
        self.surface: SurfaceMaker = partial(CompanionSurface, till=remote)

    async def start(self) -> None:
        await self._socket.start()

    async def close(self) -> None:
        await self._socket.close()
