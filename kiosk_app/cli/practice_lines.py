"""What a practice shopper says, from ``assets/practice/<language>.toml``."""

from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk_app.base.errors import KioskError
from kiosk_app.base.paths import assets_dir
from kiosk_app.protocol.shared import ChatText

Said = Annotated[tuple[ChatText, ...], Meta(min_length=1)]


class PracticeError(KioskError):
    """The practice shopper's lines are missing or not right."""


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One language's lines. ``first_*`` are by what went wrong before Hjälp was pressed."""

    first_declined: Said
    first_age: Said
    first_other: Said
    answers: Said
    thanks: Said
    no_screen: Said
    still_there: Said


def load_lines(directory: Path | None = None) -> dict[str, Lines]:
    """Every language's lines by its name. PracticeError names the file that is wrong."""
    root = directory or assets_dir() / "practice"
    found = {}
    for path in sorted(root.glob("*.toml")):
        try:
            found[path.stem] = msgspec.toml.decode(path.read_bytes(), type=Lines)
        except (OSError, msgspec.MsgspecError) as error:
            raise PracticeError(
                f"The practice shopper's lines {path} cannot be read: {error}. Nothing was "
                f"started. Correct the file, or reinstall the package."
            ) from error
    if "sv" not in found:
        raise PracticeError(
            f"There are no lines for a practice shopper in {root}. Nothing was started. "
            f"Reinstall the package."
        )
    return found
