"""Is a headset plugged in? As the sound server sees it: PulseAudio, or PipeWire in its place.

The kernel reports a jack to the sound server, which marks the port it belongs to as available; a
headset on USB or Bluetooth is a sink of its own that says what it is (``device.form_factor``).
"""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

_log = logging.getLogger(__name__)

_WORN = ("headset", "headphone")
_LISTEN_SECONDS = 1.0  # how long closing may have to wait
_RETRY_SECONDS = 5.0  # a sound server that was restarted is found again


def worn(sinks: Iterable[Any]) -> bool:
    """Whether one of ``sinks`` (pulsectl's PulseSinkInfo) is heard by one person only."""
    for sink in sinks:
        if sink.proplist.get("device.form_factor") in _WORN:
            return True
        for port in sink.port_list:
            named = port.name.lower()
            if port.available_state == "yes" and any(word in named for word in _WORN):
                return True
    return False


class SoundServerHeadset(QObject):
    """Listens to the sound server in a thread of its own, from the first :meth:`watch` on.

    Where there is no server there is no headset, until there is one.
    """

    _seen = Signal(bool)

    def __init__(self, server: str | None = None, parent: QObject | None = None) -> None:
        """``server`` as in PULSE_SERVER; None is the session's own."""
        super().__init__(parent)
        self._server = server
        self._inserted = False
        self._changed: Callable[[bool], None] | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._seen.connect(self._on_seen, Qt.ConnectionType.QueuedConnection)

    @property
    def inserted(self) -> bool:
        return self._inserted

    def watch(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed
        if self._thread is None:
            self._thread = threading.Thread(target=self._listen, name="headset", daemon=True)
            self._thread.start()

    def close(self) -> None:
        self._changed = None
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _on_seen(self, inserted: bool) -> None:
        if inserted != self._inserted:
            self._inserted = inserted
            if self._changed is not None:
                self._changed(inserted)

    def _listen(self) -> None:
        try:
            import pulsectl
        except (ImportError, OSError):
            _log.info("no headset is seen: pulsectl or libpulse is not installed")
            return
        while not self._ended.is_set():
            try:
                with pulsectl.Pulse("kiosk-app", server=self._server, connect=False) as pulse:
                    pulse.connect(autospawn=False)
                    self._follow(pulse, pulsectl.PulseLoopStop)
            except pulsectl.PulseError:
                self._seen.emit(False)
                self._ended.wait(_RETRY_SECONDS)

    def _follow(self, pulse: Any, stop: type[Exception]) -> None:
        changed = threading.Event()

        def on_event(_event: object) -> None:
            changed.set()
            raise stop

        pulse.event_mask_set("sink", "card")
        pulse.event_callback_set(on_event)
        changed.set()
        while not self._ended.is_set():
            if changed.is_set():
                changed.clear()
                self._seen.emit(worn(pulse.sink_list()))
            pulse.event_listen(timeout=_LISTEN_SECONDS)


class NoHeadset:
    """Nobody looks. Headset keys may still say it; see :mod:`kiosk_app.ui.speech.keys`."""

    inserted = False

    def watch(self, changed: Callable[[bool], None]) -> None:
        return

    def close(self) -> None:
        return
