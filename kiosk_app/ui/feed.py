"""How the screen tells the case machine what the shopper wants."""

from collections.abc import Callable
from typing import TypeAlias

from kiosk_app.case.events import Event

Feed: TypeAlias = Callable[[Event], None]
