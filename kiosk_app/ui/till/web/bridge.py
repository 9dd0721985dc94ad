"""The object that a checkout's page talks to: the messages of a till's program, by QWebChannel."""

from PySide6.QtCore import QObject, Signal, Slot

from kiosk_app.till.remote.till import RemoteTill

_LONGEST_NAME = 64


class Bridge(QObject):
    """Each document that says hello is one run of the program; those before it are not heard.

    Signals: ``said(str, str)`` to the page, a document's name and a message; ``ended()`` when the
    kiosk has let go of the page, and ``start_wanted()`` when it shall begin anew for the next
    shopper.
    """

    said = Signal(str, str)
    ended = Signal()
    start_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._till: RemoteTill | None = None
        self._wire: _PageWire | None = None

    def serve(self, till: RemoteTill) -> None:
        """Be the wire of ``till`` from now on."""
        self._till = till

    def end(self) -> None:
        """Nothing is heard from the page any more."""
        till, self._till = self._till, None
        if till is not None and self._wire is not None:
            till.disconnect(self._wire)
        self._wire = None

    @Slot(str, str)
    def tell(self, untrusted_document: str, untrusted_message: str) -> None:
        """What the page says, called from its script."""
        till = self._till
        if till is None:
            return
        document = untrusted_document[:_LONGEST_NAME]
        if self._wire is None or self._wire.document != document:
            if self._wire is not None:
                till.disconnect(self._wire)
            self._wire = _PageWire(self, document)
            if not till.connect(self._wire):
                self._wire = None
                return
        if not self._wire.over:
            till.receive(self._wire, untrusted_message.encode(errors="replace"))


class _PageWire:
    def __init__(self, bridge: Bridge, document: str) -> None:
        self._bridge = bridge
        self.document = document
        self.over = False

    def send(self, message: bytes) -> None:
        if not self.over:
            self._bridge.said.emit(self.document, message.decode())

    def end(self) -> None:
        self.over = True
        self._bridge.ended.emit()

    def start_over(self) -> bool:
        self.over = True
        self._bridge.start_wanted.emit()
        return True
