"""The kiosk's screen as a screen reader sees it, over the AT-SPI D-Bus protocol.

Selectors are the object names of the contract: a node's ``AccessibleId`` ends in its name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from tests.support.waiting import eventually

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
ACTION = "org.a11y.atspi.Action"
TEXT = "org.a11y.atspi.Text"
EDITABLE = "org.a11y.atspi.EditableText"
SCREEN = 0  # coordinates from the screen's corner (ATSPI_COORD_TYPE_SCREEN)

# Bits of AtspiStateType that tests ask for.
STATES = {"enabled": 8, "focusable": 11, "focused": 12, "sensitive": 24, "showing": 25}
STATES |= {"visible": 30, "checked": 4}


@dataclass(frozen=True)
class Box:
    """Where a node is on the screen, px."""

    x: int
    y: int
    width: int
    height: int

    @property
    def centre(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def contains(self, other: "Box") -> bool:
        return (
            other.x >= self.x
            and other.y >= self.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )

    def inside(self, width: int, height: int) -> bool:
        """Whether all of it is on a screen of this size."""
        return Box(0, 0, width, height).contains(self)


@dataclass(frozen=True)
class Node:
    """One accessible thing. Every question is asked of the program anew."""

    tree: "Tree"
    bus: str
    path: str

    def _call(self, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        address = DBusAddress(self.path, self.bus, interface)
        message = new_method_call(address, method, signature, body)
        return unwrap_msg(self.tree.connection.send_and_get_reply(message, timeout=5))

    def _property(self, interface: str, name: str) -> Any:
        message = Properties(DBusAddress(self.path, self.bus, interface)).get(name)
        (variant,) = unwrap_msg(self.tree.connection.send_and_get_reply(message, timeout=5))
        return variant[1]

    @property
    def name(self) -> str:
        return str(self._property(ACCESSIBLE, "Name"))

    @property
    def description(self) -> str:
        return str(self._property(ACCESSIBLE, "Description"))

    @property
    def object_name(self) -> str:
        """The last part of the ``AccessibleId``."""
        return str(self._property(ACCESSIBLE, "AccessibleId")).rsplit(".", 1)[-1]

    @property
    def role(self) -> str:
        return str(self._call(ACCESSIBLE, "GetRoleName")[0])

    @property
    def states(self) -> set[str]:
        low, high = self._call(ACCESSIBLE, "GetState")[0]
        bits = low | high << 32
        return {name for name, bit in STATES.items() if bits >> bit & 1}

    @property
    def children(self) -> list["Node"]:
        (found,) = self._call(ACCESSIBLE, "GetChildren")
        return [Node(self.tree, bus, path) for bus, path in found]

    @property
    def box(self) -> Box:
        (extents,) = self._call(COMPONENT, "GetExtents", "u", SCREEN)
        return Box(*extents)

    @property
    def text(self) -> str:
        """What it says: its text if it has any of its own, else its name."""
        try:
            return str(self._call(TEXT, "GetText", "ii", 0, -1)[0])
        except DBusErrorResponse:
            return self.name

    def press(self) -> None:
        """Do its first action, as a screen reader's user would."""
        assert self._call(ACTION, "DoAction", "i", 0)[0], f"{self.object_name} took no press"

    def write(self, text: str) -> None:
        assert self._call(EDITABLE, "SetTextContents", "s", text)[0], "the text was not taken"

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it. What vanishes meanwhile is passed over."""
        yield self
        try:
            children = self.children
        except DBusErrorResponse:
            return
        for child in children:
            if child.path != "/org/a11y/atspi/null":
                yield from child.walk()


class Tree:
    """The accessibility bus of one desktop. Close it after use."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=10)
        self.connection: DBusConnection = open_dbus_connection(reply.body[0])

    def close(self) -> None:
        self.connection.close()

    @property
    def programs(self) -> list[Node]:
        root = Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        return root.children

    def nodes(self) -> Iterator[Node]:
        for program in self.programs:
            try:
                yield from program.walk()
            except DBusErrorResponse:
                continue

    def find(self, object_name: str, *, showing: bool = True) -> Node | None:
        """The node of that name, or None. Hidden ones only if ``showing`` is false."""
        for node in self.nodes():
            try:
                if node.object_name == object_name and (not showing or "showing" in node.states):
                    return node
            except DBusErrorResponse:
                continue
        return None

    def wait_for(self, object_name: str, *, within: float = 20.0) -> Node:
        """The node once it shows; AssertionError with what does show otherwise."""
        try:
            return eventually(
                lambda: self.find(object_name), f"{object_name} on screen", within=within
            )
        except AssertionError as error:
            raise AssertionError(f"{error}; showing: {sorted(self.names())}") from None

    def names(self) -> set[str]:
        """Object names of everything that shows: for the message when a test fails."""
        found = set()
        for node in self.nodes():
            try:
                if "showing" in node.states:
                    found.add(node.object_name)
            except DBusErrorResponse:
                continue
        return found
