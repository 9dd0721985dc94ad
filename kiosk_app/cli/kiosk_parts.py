"""The kiosk's parts behind the window, opened and put together after the first paint."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from kiosk_app.base.clock import SystemClock
from kiosk_app.base.language import languages
from kiosk_app.base.paths import assets_dir
from kiosk_app.base.settings import KioskSettings
from kiosk_app.case.settings import CaseSettings
from kiosk_app.cli.enroll import open_identity
from kiosk_app.cli.tills import TillParts
from kiosk_app.identity.office_key import OfficeKey
from kiosk_app.kiosk.controller import Controller
from kiosk_app.knowledge.library import Library
from kiosk_app.link.client import WebSocketLink
from kiosk_app.media.proxy import MediaProcess
from kiosk_app.protocol.shared import Position
from kiosk_app.sensing.sensing import SystemSensing
from kiosk_app.ui.shell import Shell
from kiosk_app.vault.sqlite import SqliteVault


def receipt_page(office_url: str) -> str:
    """Where the office of ``office_url`` serves the page that shows receipts."""
    address = urlsplit(office_url)
    scheme = "https" if address.scheme == "wss" else "http"
    return urlunsplit((scheme, address.netloc, "/receipt", "", ""))


class KioskParts:
    """Key and settings are read in any thread; :meth:`controller` belongs to the window's."""

    def __init__(self, settings: KioskSettings, data_dir: Path) -> None:
        self._settings = settings
        self._data_dir = data_dir
        self._languages = languages()
        self._identity = open_identity(settings)
        self._office_key = OfficeKey.read(settings.office_key)

    def controller(
        self,
        clock: SystemClock,
        till: TillParts,
        window: Shell,
        *,
        screen: str,
        start_anew: Callable[[], None],
    ) -> Controller:
        settings = self._settings
        vault = SqliteVault(self._data_dir)
        return Controller(
            clock=clock,
            settings=CaseSettings(
                store=settings.store,
                till_name=settings.till_name,
                position=Position(settings.position),
                language=settings.language,
                languages=self._languages,
                share_possible=till.can_share,
                store_phone=settings.store_phone,
                voice="none" not in (settings.microphone, settings.speaker),
                video=settings.camera != "none",
                offer_voice_after=settings.offer_voice_after,
                receipt_page=receipt_page(settings.office_url),
            ),
            till=till.till,
            sensing=SystemSensing(clock, screen=screen),
            vault=vault,
            identity=self._identity,
            signed_by_office=self._office_key.signed,
            link=WebSocketLink(settings.office_url, self._identity, vault, clock),
            media=MediaProcess(
                microphone=settings.microphone,
                speaker=settings.speaker,
                camera=settings.camera,
            ),
            knowledge=Library(
                data_dir=self._data_dir,
                shipped=assets_dir() / "knowledge.json",
                office_url=settings.office_url,
                signed_by_office=self._office_key.signed,
            ),
            start_anew=start_anew,
            screen=window,
        )
