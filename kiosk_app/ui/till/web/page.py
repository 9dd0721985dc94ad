"""One run of the checkout's page: a profile of its own, locked down, with the bridge in it."""

import logging
from functools import cache

from PySide6.QtCore import QFile, QIODevice, QObject, QUrl
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from kiosk_app.base.paths import assets_dir
from kiosk_app.ui.till.web.bridge import Bridge
from kiosk_app.ui.till.web.engine import Address

logger = logging.getLogger(__name__)

AREAS_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
_OFF = (
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.JavascriptCanPaste,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.AllowWindowActivationFromJavaScript,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
)


class _Gate(QWebEngineUrlRequestInterceptor):
    """Lets through what the address allows: pages, scripts, pictures, sockets, all alike."""

    def __init__(self, address: Address, parent: QObject) -> None:
        super().__init__(parent)
        self._address = address

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        if not self._address.allows(url.toString()):
            logger.info(
                "the till's page asked for host %s, which till_hosts does not have", url.host()
            )
            info.block(True)


class CheckoutPage(QWebEnginePage):
    """A page that stays where it may be, asks the shopper nothing and opens nothing."""

    def __init__(self, address: Address, parent: QObject) -> None:
        # Without a name a profile is off the record: all it keeps is in memory, and goes with it.
        profile = QWebEngineProfile(parent)
        super().__init__(profile, parent)
        self._profile, self._address = profile, address
        # Kept here: without a reference Python's half of it goes, and with it what it blocks.
        self._gate = _Gate(address, profile)
        profile.setUrlRequestInterceptor(self._gate)
        profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.MemoryHttpCache)
        profile.setSpellCheckEnabled(False)
        profile.downloadRequested.connect(self._on_download_requested)
        self.permissionRequested.connect(self._on_permission_requested)
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)
        self.settings().setAttribute(QWebEngineSettings.WebAttribute.ShowScrollBars, False)
        self.bridge = Bridge(self)
        channel = QWebChannel(self)
        channel.registerObject("till", self.bridge)
        self.setWebChannel(channel, QWebEngineScript.ScriptWorldId.MainWorld.value)
        main = QWebEngineScript.ScriptWorldId.MainWorld
        self._inject("bridge", _channel_script() + _asset("bridge.js"), main)
        self._inject("areas", _asset("areas.js"), QWebEngineScript.ScriptWorldId.ApplicationWorld)

    def open(self) -> None:
        self.setUrl(QUrl(self._address.url))

    def throw_away(self) -> None:
        """Page first, then the profile: Qt's order."""
        self.bridge.end()
        self.deleteLater()
        self.destroyed.connect(self._profile.deleteLater)

    def _inject(self, name: str, source: str, world: QWebEngineScript.ScriptWorldId) -> None:
        script = QWebEngineScript()
        script.setName(name)
        script.setSourceCode(source)
        script.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
        script.setWorldId(world.value)
        script.setRunsOnSubFrames(False)
        self.scripts().insert(script)

    # What a page could otherwise ask, open or say -----------------------------------------------

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        return self._address.allows(QUrl(url).toString())

    def chooseFiles(self, mode: object, old: object, accepted: object) -> list[str]:
        return []

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """A window of its own would lie over Hjälp; pages show their words themselves."""

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        return False

    def javaScriptPrompt(
        self, securityOrigin: QUrl | str, msg: str, defaultValue: str
    ) -> tuple[bool, str]:
        return (False, "")

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """What a page logs may name what is bought: only that there was an error is kept."""
        if level is QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel:
            logger.info("the till's page logged an error (line %d)", lineNumber)

    def _on_permission_requested(self, permission: QWebEnginePermission) -> None:
        permission.deny()

    def _on_download_requested(self, download: QWebEngineDownloadRequest) -> None:
        download.cancel()


def _asset(name: str) -> str:
    return (assets_dir() / "till" / name).read_text()


@cache
def _channel_script() -> str:
    """Qt's half of the channel in the page, as Qt WebChannel carries it."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if not file.open(QIODevice.OpenModeFlag.ReadOnly):
        raise FileNotFoundError("Qt WebChannel does not carry qwebchannel.js")
    return bytes(file.readAll().data()).decode()
