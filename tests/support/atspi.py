"""The kiosk's screen as a screen reader sees it, over the AT-SPI D-Bus protocol.

Selectors are the object names of the contract: a node's ``AccessibleId`` ends in its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    Properties,
    new_method_call,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from tests.support.waiting import PATIENCE, eventually

ACCESSIBLE = "org.a11y.atspi.Accessible"
COMPONENT = "org.a11y.atspi.Component"
ACTION = "org.a11y.atspi.Action"
TEXT = "org.a11y.atspi.Text"
EDITABLE = "org.a11y.atspi.EditableText"
SCREEN = 0  # coordinates from the screen's corner (ATSPI_COORD_TYPE_SCREEN)

# Bits of AtspiStateType that tests ask for.
STATES = {"enabled": 8, "focusable": 11, "focused": 12, "sensitive": 24, "showing": 25}
STATES |= {"visible": 30, "checked": 4}

AT_ONCE = 96  # questions on the way at a time: what the bus takes in without being read
NOBODY = "/org/a11y/atspi/null"


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

    def calling(self, interface: str, method: str, signature: str = "", *body: Any) -> Message:
        """The message that calls a method of this node."""
        address = DBusAddress(self.path, self.bus, interface)
        return new_method_call(address, method, signature, body)

    def asking(self, interface: str, name: str) -> Message:
        """The message that asks for a property of this node."""
        return Properties(DBusAddress(self.path, self.bus, interface)).get(name)

    def _call(self, interface: str, method: str, signature: str = "", *body: Any) -> Any:
        message = self.calling(interface, method, signature, *body)
        return unwrap_msg(self.tree.connection.send_and_get_reply(message, timeout=5))

    def _property(self, interface: str, name: str) -> Any:
        message = self.asking(interface, name)
        (variant,) = unwrap_msg(self.tree.connection.send_and_get_reply(message, timeout=5))
        return variant[1]

    @property
    def name(self) -> str:
        return str(self._property(ACCESSIBLE, "Name"))

    @property
    def description(self) -> str:
        return str(self._property(ACCESSIBLE, "Description"))

    @property
    def locale(self) -> str:
        """The language that its words are in, as POSIX spells it."""
        return str(self._property(ACCESSIBLE, "Locale"))

    @property
    def object_name(self) -> str:
        """The last part of the ``AccessibleId``."""
        return _last_part(self._property(ACCESSIBLE, "AccessibleId"))

    @property
    def role(self) -> str:
        return str(self._call(ACCESSIBLE, "GetRoleName")[0])

    @property
    def states(self) -> set[str]:
        return _states(self._call(ACCESSIBLE, "GetState")[0])

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
            if child.path != NOBODY:
                yield from child.walk()


def _last_part(accessible_id: object) -> str:
    return str(accessible_id).rsplit(".", 1)[-1]


def _states(words: Sequence[int]) -> set[str]:
    low, high = words
    bits = low | high << 32
    return {name for name, bit in STATES.items() if bits >> bit & 1}


@dataclass(frozen=True)
class Sight:
    """A node as it is at one moment. ``above`` is where its parent stands in the same list, None
    for a program."""

    node: Node
    above: int | None
    object_name: str
    states: set[str]
    name: str = ""
    role: str = ""
    box: Box = Box(0, 0, 0, 0)


class Tree:
    """The accessibility bus of one desktop. Close it after use."""

    def __init__(self, session_bus: str) -> None:
        with open_dbus_connection(session_bus) as session:
            launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            reply = session.send_and_get_reply(new_method_call(launcher, "GetAddress"), timeout=10)
        self.address = str(reply.body[0])
        self.connection: DBusConnection = open_dbus_connection(self.address)
        self._last_seen: dict[str, Node] = {}

    def close(self) -> None:
        self.connection.close()

    @property
    def programs(self) -> list[Node]:
        root = Node(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        return root.children

    def ask(self, questions: Sequence[Message]) -> list[Any]:
        """The first value of each answer, asked for together; None where the node is gone."""
        answers: list[Any] = []
        for start in range(0, len(questions), AT_ONCE):
            waiting: dict[int, int] = {}
            for at, question in enumerate(questions[start : start + AT_ONCE], start):
                serial = next(self.connection.outgoing_serial)
                self.connection.send(question, serial=serial)
                waiting[serial] = at
                answers.append(None)
            while waiting:
                reply = self.connection.receive(timeout=5)
                head = reply.header
                answered = waiting.pop(head.fields.get(HeaderFields.reply_serial, -1), None)
                if answered is not None and head.message_type is MessageType.method_return:
                    answers[answered] = reply.body[0]
        return answers

    def _meet(self, *, showing: bool) -> Iterator[Sight]:
        """Every node, those nearest the window first; where ``showing``, only what shows.

        What is hidden is not gone into: nothing below it shows either.
        """
        level: list[tuple[Node, int | None]] = [(program, None) for program in self.programs]
        met = 0
        while level:
            answers = self.ask(
                [
                    question
                    for node, _ in level
                    for question in (
                        node.asking(ACCESSIBLE, "AccessibleId"),
                        node.calling(ACCESSIBLE, "GetState"),
                        node.calling(ACCESSIBLE, "GetChildren"),
                    )
                ]
            )
            below: list[tuple[Node, int | None]] = []
            for at, (node, above) in enumerate(level):
                identity, words, children = answers[3 * at : 3 * at + 3]
                if identity is None or words is None or children is None:
                    continue  # gone while it was looked at
                states = _states(words)
                if showing and above is not None and "showing" not in states:
                    continue
                yield Sight(node, above, _last_part(identity[1]), states)
                below += [(Node(self, *child), met) for child in children if child[1] != NOBODY]
                met += 1
            level = below

    def sights(self) -> list[Sight]:
        """Everything that shows now, each after what it is in."""
        met = list(self._meet(showing=True))
        answers = self.ask(
            [
                question
                for sight in met
                for question in (
                    sight.node.asking(ACCESSIBLE, "Name"),
                    sight.node.calling(ACCESSIBLE, "GetRoleName"),
                    sight.node.calling(COMPONENT, "GetExtents", "u", SCREEN),
                )
            ]
        )
        found = []
        for at, sight in enumerate(met):
            name, role, box = answers[3 * at : 3 * at + 3]
            if name is None or role is None or box is None:
                # A program has no place; what is gone meanwhile has no states any more either.
                found.append(replace(sight, states=set()))
            else:
                found.append(replace(sight, name=name[1], role=role, box=Box(*box)))
        return found

    def words(self, node: Node) -> str:
        """All that ``node`` and everything in it says, in the order in which it is read."""
        said: dict[Node, str] = {}
        within: dict[Node, list[Node]] = {}
        level = [node]
        while level:
            answers = self.ask(
                [
                    question
                    for part in level
                    for question in (
                        part.calling(ACCESSIBLE, "GetChildren"),
                        part.calling(TEXT, "GetText", "ii", 0, -1),
                        part.asking(ACCESSIBLE, "Name"),
                    )
                ]
            )
            for at, part in enumerate(level):
                children, text, name = answers[3 * at : 3 * at + 3]
                said[part] = str(text if text is not None else name[1] if name else "")
                within[part] = [Node(self, *child) for child in children or ()]
                within[part] = [child for child in within[part] if child.path != NOBODY]
            level = [child for part in level for child in within[part]]

        def read(part: Node) -> Iterator[str]:
            yield said[part]
            for child in within[part]:
                yield from read(child)

        return " ".join(filter(None, read(node)))

    def find(self, object_name: str, *, showing: bool = True) -> Node | None:
        """The node of that name, or None. Hidden ones only if ``showing`` is false."""
        if showing and self._shows_still(object_name):
            return self._last_seen[object_name]
        for sight in self._meet(showing=showing):
            if showing and "showing" in sight.states:
                self._last_seen[sight.object_name] = sight.node
            if sight.object_name == object_name and (not showing or "showing" in sight.states):
                return sight.node
        return None

    def _shows_still(self, object_name: str) -> bool:
        """Whether the node that was there last is there: two questions instead of hundreds."""
        node = self._last_seen.get(object_name)
        if node is None:
            return False
        identity, words = self.ask(
            [node.asking(ACCESSIBLE, "AccessibleId"), node.calling(ACCESSIBLE, "GetState")]
        )
        return (
            identity is not None
            and words is not None
            and _last_part(identity[1]) == object_name
            and "showing" in _states(words)
        )

    def wait_for(self, object_name: str, *, within: float = PATIENCE) -> Node:
        """The node once it shows; AssertionError with what does show otherwise."""
        try:
            return eventually(
                lambda: self.find(object_name), f"{object_name} on screen", within=within
            )
        except AssertionError as error:
            raise AssertionError(f"{error}; showing: {sorted(self.names())}") from None

    def names(self) -> set[str]:
        """Object names of everything that shows: for the message when a test fails."""
        return {sight.object_name for sight in self._meet(showing=True)}
