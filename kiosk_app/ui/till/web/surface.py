"""The chain's checkout page in the window, under the top bar and under Hjälp."""

import logging
from dataclasses import replace

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo, QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from kiosk_app.base.language import Words
from kiosk_app.till.remote.till import RemoteTill
from kiosk_app.ui.help_button import HelpButton
from kiosk_app.ui.placing import Places
from kiosk_app.ui.theme.theme import Theme
from kiosk_app.ui.theme.tokens import Type
from kiosk_app.ui.till.help_foot import HelpFoot
from kiosk_app.ui.till.surface import AreasTold, Surface
from kiosk_app.ui.till.web.areas import PageAreas
from kiosk_app.ui.till.web.engine import Address
from kiosk_app.ui.till.web.page import CheckoutPage
from kiosk_app.ui.widgets.icon import IconView
from kiosk_app.ui.widgets.label import PlainLabel

logger = logging.getLogger(__name__)

RETRY_MS = 5_000  # a checkout that is away comes back by itself, and is not hammered meanwhile


class _Away(QWidget):
    """What a shopper reads while there is no page."""

    def __init__(self, theme: Theme, say: Words) -> None:
        super().__init__()
        box = QVBoxLayout(self)
        theme.fit(box, (48, 40, 48, 40), 16)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._icon = IconView(theme, "warning", "stop", 112)
        self._heading = PlainLabel(theme, "", Type.HEADING, wrap=True)
        self._second = PlainLabel(theme, "", Type.SECOND, tone="second", wrap=True)
        box.addStretch(1)
        box.addWidget(self._icon, 0, middle)
        for label in (self._heading, self._second):
            label.setAlignment(middle)
            box.addWidget(label)
        box.addStretch(2)
        self.failed = False
        self.retranslate(say)

    def retranslate(self, say: Words) -> None:
        if self.failed:
            self._heading.setText(say("The till does not answer"))
            self._second.setText(say("We are trying again. Press Help to reach a person."))
        else:
            self._heading.setText(say("The till is starting…"))
            self._second.setText("")
        self._icon.setVisible(self.failed)


class WebSurface(Surface):
    """Shows ``address`` and is the wire of ``till``. The page begins with :meth:`open`.

    Each shopper has a page and a profile of their own; the last one's are thrown away whole.
    """

    def __init__(
        self,
        theme: Theme,
        say: Words,
        help_button: HelpButton,
        window: QWidget,
        *,
        till: RemoteTill,
        address: Address,
    ) -> None:
        self._till, self._address, self._say = till, address, say
        self._room = QWidget(window)
        self._room.setObjectName("till")
        self._stack = QStackedLayout(self._room)
        self._away = _Away(theme, say)
        self._stack.addWidget(self._away)
        self._help_foot = HelpFoot(theme, help_button, window)
        super().__init__(theme, self._help_foot, (self._room,))
        self._view: QWebEngineView | None = None
        self._page: CheckoutPage | None = None
        self._areas: PageAreas | None = None
        self._fresh = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setInterval(RETRY_MS)
        self._retry.timeout.connect(self._renew)
        till.marked = self._on_marked
        till.happened = self._on_happened

    # Surface -----------------------------------------------------------------------------------

    def retranslate(self, say: Words) -> None:
        self._say = say
        self._away.retranslate(say)
        self._till.say_language(say.language)

    def wipe(self) -> None:
        # The till's own wipe has begun anew already, if its page was there to be heard.
        if not self._fresh:
            self._renew()
        self._fresh = False

    def scan(self, untrusted_text: str) -> None:
        self._till.say_scanned(untrusted_text)

    def cover(self, covered: bool) -> None:
        # In landscape the page beside the sheet stays in use.
        self._room.setEnabled(not covered or self.theme.landscape)
        self._till.say_covered(covered)

    def places(self, window: QSize, banner_height: int, keys_width: int) -> Places:
        places = super().places(window, banner_height, keys_width)
        top = max(places.store.bottom(), places.keys.bottom()) + 1
        content = QRect(0, top, window.width(), max(0, window.height() - top))
        return replace(
            places,
            content=content,
            main=content,
            column=content,
            foot=self._help_foot.corner(window),
            sheet=self._help_foot.clear(places.sheet, window),
            message=self._clear_of_help(content),
        )

    def place(self, places: Places, *, restoring: bool) -> Places:
        self._room.setGeometry(places.content)
        self._help_foot.raise_()
        return super().place(places, restoring=restoring)

    def ask_areas(self, told: AreasTold) -> None:
        if self._areas is None or not self.showing:
            told([], False)
            return
        corner = self._room.pos()

        def shifted(rects: list[QRect] | None) -> None:
            whole = QRect(corner, self._room.size())
            if rects is None:
                told([whole], True)
            else:
                told([rect.translated(corner) & whole for rect in rects], False)

        self._areas.ask(shifted)

    # The page ----------------------------------------------------------------------------------

    @property
    def page(self) -> CheckoutPage | None:
        """The run that is on now."""
        return self._page

    @property
    def showing(self) -> bool:
        """Whether it is the page that is seen, and not what stands for one that is away."""
        return self._view is not None and self._stack.currentWidget() is self._view

    def open(self) -> None:
        """Show the page from now on. Takes tenths of a second: not before the first paint."""
        if self._view is None:
            self._view = QWebEngineView(self._room)
            self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
            self._view.setAcceptDrops(False)
            self._view.setObjectName("till_page")
            self._stack.addWidget(self._view)
        self._renew()

    def close(self) -> None:
        """Throw the page away. Safe to repeat."""
        self._retry.stop()
        page = self._leave()
        if page is not None:
            page.throw_away()

    def _renew(self) -> None:
        """A page and a profile that know nobody."""
        if self._view is None:
            return
        self._retry.stop()
        before = self._leave()
        page = CheckoutPage(self._address, self)
        self._page, self._areas = page, PageAreas(page)
        page.setBackgroundColor(self.theme.colour("paper"))
        page.loadingChanged.connect(self._on_loading_changed)
        page.renderProcessTerminated.connect(self._on_render_process_terminated)
        page.bridge.start_wanted.connect(self._on_start_wanted)
        page.bridge.ended.connect(self._retry.start)
        self._view.setPage(page)
        if before is not None:
            before.throw_away()
        page.bridge.serve(self._till)
        page.open()

    def _leave(self) -> CheckoutPage | None:
        """Nobody waits for this page any more. Gives it, to be thrown away."""
        page, areas = self._page, self._areas
        self._page = self._areas = None
        if areas is not None:
            areas.give_up()
        return page

    def _let_go(self) -> None:
        """Nothing of a dead page stays: a screen reader that asks its objects for their names
        before the next page takes its place ends the program inside Qt WebEngine (6.11)."""
        page = self._leave()
        if self._view is not None and page is not None:
            # With nothing in its place the view makes itself an empty page.
            self._view.setPage(None)  # type: ignore[arg-type]  # Qt takes a null page here
            page.throw_away()

    def _show(self, widget: QWidget | None, *, failed: bool = False) -> None:
        self._away.failed = failed
        self._away.retranslate(self._say)
        self._stack.setCurrentWidget(widget or self._away)

    def _on_start_wanted(self) -> None:
        self._fresh = True
        # Not from within the page's own call.
        QTimer.singleShot(0, self, self._renew)

    def _on_loading_changed(self, loading: QWebEngineLoadingInfo) -> None:
        if loading.status() is QWebEngineLoadingInfo.LoadStatus.LoadSucceededStatus:
            self._show(self._view)
        # A load that was stopped is one that was refused, and the page is as it was.
        if loading.status() is not QWebEngineLoadingInfo.LoadStatus.LoadFailedStatus:
            return
        logger.warning("The till's page could not be loaded; the next try is in 5 s.")
        self._show(None, failed=True)
        self._retry.start()

    def _on_render_process_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int
    ) -> None:
        if status is QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        logger.warning("The till's page crashed (%s, %d) and begins anew.", status.name, code)
        self._show(None, failed=True)
        self._let_go()
        self._retry.start()

    def _on_marked(self, selectors: tuple[str, ...]) -> None:
        if self._areas is not None:
            self._areas.selectors = selectors

    def _on_happened(self, what: str) -> None:
        self.happened.emit(what)

    def _clear_of_help(self, content: QRect) -> QRect:
        """The message line's room: above Hjälp."""
        high = self._help_foot.sizeHint().height() + self.theme.px(32)
        side = self.theme.px(32)
        return content.adjusted(side, 0, -side, -high)
