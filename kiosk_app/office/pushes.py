"""Tells kiosks and consoles what changed, when the bus says that there is something to look at."""

from kiosk_app.office.bus.ports import Bus
from kiosk_app.office.cases import LOOK_AT_CASE, LOOK_AT_QUEUE, Cases
from kiosk_app.office.consoles import Consoles
from kiosk_app.office.estimate import Estimates, Place
from kiosk_app.office.lines import KioskLines
from kiosk_app.protocol import to_kiosk


class Pushes:
    """Keeps everyone's picture true. Changes no case."""

    def __init__(
        self, cases: Cases, bus: Bus, lines: KioskLines, estimates: Estimates, consoles: Consoles
    ) -> None:
        self._cases = cases
        self._bus = bus
        self._lines = lines
        self._estimates = estimates
        self._consoles = consoles
        self._told: dict[str, Place] = {}
        self._promise = estimates.promise()  # what was last said to every kiosk
        bus.watch(LOOK_AT_CASE, consoles.show_case)
        bus.watch(LOOK_AT_QUEUE, lambda _key: self.push_queue())

    def forget_told(self, kiosk: str) -> None:
        """The kiosk has come back: tell it its place again even if that has not changed."""
        for record in self._cases.of_kiosk(kiosk):
            self._told.pop(record.case, None)
        self._bus.look(LOOK_AT_QUEUE)

    def push_queue(self) -> None:
        """Places, the promise and the figures, to whoever does not know them yet."""
        places = self._estimates.places()
        for case, place in places.items():
            record = self._cases.records.get(case)
            if record is not None and self._told.get(case) != place:
                self._lines.send(
                    record.kiosk,
                    to_kiosk.QueueChanged(
                        case=case, position=place.position, wait_seconds=place.wait_seconds
                    ),
                )
        self._told = places
        promise = self._estimates.promise()
        if promise != self._promise:
            self._promise = promise
            self._lines.send_all(to_kiosk.PromiseChanged(seconds=promise))
        self._consoles.show_figures()
