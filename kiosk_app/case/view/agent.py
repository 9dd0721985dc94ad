"""What the agent does on this screen: points at it, acts at the till."""

from dataclasses import dataclass

from kiosk_app.protocol.shared import TillAction


@dataclass(frozen=True, slots=True)
class PointerView:
    """Where the agent points, from 0 to 1 of the window's width and height."""

    agent_name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TillActView:
    """What the agent has just done at the till; ``item`` is the goods it was about, if any."""

    agent_name: str
    action: TillAction
    item: str
