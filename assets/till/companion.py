"""A till in a terminal: type an article's name to sell it, "pay" to pay. Plain Python 3.

    python3 companion.py /path/to/the/kiosk's/data_dir/till.sock

What it says to the kiosk, and how it answers, is told in README.md beside this.
"""

import json
import selectors
import socket
import sys

PRICE_ORE = 2500


class Till:
    """A cart, and the kiosk at the other end of ``wire``."""

    def __init__(self, wire: socket.socket) -> None:
        self.wire = wire
        self.lines: list[dict[str, object]] = []
        self.step = "idle"
        self.sold = 0
        self.say({"type": "hello", "version": 1, "program": "companion.py"})
        self.changed()

    def say(self, message: dict[str, object]) -> None:
        self.wire.sendall(json.dumps(message).encode() + b"\n")

    def changed(self) -> None:
        if self.step in ("idle", "cart"):
            self.step = "cart" if self.lines else "idle"
        self.say(
            {
                "type": "state",
                "cart": {"lines": self.lines},
                "step": self.step,
                "snapshot": json.dumps(self.lines) if self.lines else "",
            }
        )
        print(f"[{self.step}]", *(line["name"] for line in self.lines), flush=True)

    def sell(self, name: str) -> None:
        self.sold += 1
        beer = "öl" in name.lower()
        line = {"line": f"a{self.sold}", "name": name, "quantity": 1, "amount_ore": PRICE_ORE}
        self.lines.append({**line, "age_restricted": beer, "unlocked": False})
        self.changed()

    def find(self, name: object) -> dict[str, object]:
        for line in self.lines:
            if line["line"] == name:
                return line
        raise ValueError("That line is not in the cart.")

    def obey(self, message: dict[str, object]) -> None:
        """Do what the kiosk asks; ValueError with the reason where it cannot be done."""
        match message["type"]:
            case "unlock_line":
                line = self.find(message["line"])
                if not line["age_restricted"] or line["unlocked"]:
                    raise ValueError("That line needs no age check.")
                line["unlocked"] = True
            case "void_line":
                self.lines.remove(self.find(message["line"]))
            case "resume_payment":
                if self.step != "declined":
                    raise ValueError("No payment waits.")
                self.step = "payment"
            case "restore":
                self.lines += json.loads(str(message["snapshot"]))
                self.step = "cart"
            case "wipe":
                self.lines, self.step = [], "idle"
        self.changed()

    def hear(self, message: dict[str, object]) -> None:
        if message["type"] == "scanned":
            self.sell(str(message["code"]))
        elif "id" in message:
            try:
                self.obey(message)
            except ValueError as error:
                self.say({"type": "refused", "id": message["id"], "reason": str(error)})
            else:
                self.say({"type": "done", "id": message["id"]})
        else:
            print(message, flush=True)


def main(path: str) -> None:
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(path)
    till = Till(wire)
    unread = b""
    with selectors.DefaultSelector() as either:
        either.register(wire, selectors.EVENT_READ)
        either.register(sys.stdin, selectors.EVENT_READ)
        while True:
            for key, _ in either.select():
                if key.fileobj is wire:
                    came = wire.recv(65536)
                    if not came:
                        return
                    *whole, unread = (unread + came).split(b"\n")
                    for line in whole:
                        till.hear(json.loads(line))
                else:
                    words = sys.stdin.readline()
                    if not words:
                        return
                    if words.strip() == "pay":
                        till.step = "payment"
                        till.changed()
                    elif words.strip():
                        till.sell(words.strip())


if __name__ == "__main__":
    main(sys.argv[1])
