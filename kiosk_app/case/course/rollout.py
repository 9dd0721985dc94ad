"""What the office has set for this kiosk: what is switched on, and when somebody answers."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk_app.case.core import Core
from kiosk_app.case.events import HoursChanged, PolicyChanged
from kiosk_app.case.timers import Timer


class Rollout:
    """Keeps both where every rule can look: ``core.policy`` and ``core.hours``.

    A switch that goes off ends nothing that the shopper has begun; it is not offered any more.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    @property
    def handlers(self) -> Mapping[type, Callable[[Any], None]]:
        return {PolicyChanged: self._policy_changed, HoursChanged: self._hours_changed}

    @property
    def deadlines(self) -> Mapping[Timer, Callable[[], None]]:
        return {}

    def _policy_changed(self, event: PolicyChanged) -> None:
        self._core.policy = event.policy

    def _hours_changed(self, event: HoursChanged) -> None:
        self._core.hours = event.hours
