"""What the screen tells assistive programs of by itself, over the accessibility bus."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from jeepney import DBusAddress, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.support.atspi import Node, Tree

INTERFACE = "org.a11y.atspi.Event.Object"


@dataclass(frozen=True)
class TextChanged:
    """``kind`` is insert or delete; ``text`` what was put in or taken out, ``at`` which place."""

    kind: str
    at: int
    text: str


class Ears:
    """Hears of changed texts. Made by :func:`ears`."""

    def __init__(self, tree: Tree) -> None:
        address = tree.address
        self._connection = open_dbus_connection(address)
        rule = MatchRule(type="signal", interface=INTERFACE, member="TextChanged")
        unwrap_msg(self._connection.send_and_get_reply(message_bus.AddMatch(rule)))
        # Programs speak only where they know that somebody listens.
        registry = DBusAddress(
            "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "org.a11y.atspi.Registry"
        )
        asked = new_method_call(registry, "RegisterEvent", "sass", ("object:text-changed", [], ""))
        unwrap_msg(self._connection.send_and_get_reply(asked, timeout=5))
        self._heard: list[tuple[str, TextChanged]] = []

    def heard(self, node: Node) -> list[TextChanged]:
        """Everything so far about ``node``."""
        while True:
            try:
                message = self._connection.receive(timeout=0.05)
            except TimeoutError:
                break
            header = message.header
            if header.message_type is not MessageType.signal:
                continue
            fields = {field.name: value for field, value in header.fields.items()}
            if fields.get("member") == "TextChanged":
                kind, at, _length, (_, text), *_ = message.body
                self._heard.append((fields["path"], TextChanged(kind, at, str(text))))
        return [event for path, event in self._heard if path == node.path]

    def close(self) -> None:
        self._connection.close()


@contextmanager
def ears(tree: Tree) -> Iterator[Ears]:
    """Listen from now on."""
    listening = Ears(tree)
    try:
        yield listening
    finally:
        listening.close()
