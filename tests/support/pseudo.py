"""Two languages nobody speaks, made of the English catalogue, to see what another one would break.

``LONG`` has every text accented and 1.4 times as long; ``RIGHT_TO_LEFT`` has it in Hebrew letters,
sound for sound and without meaning. Both stand under the codes of real languages, so that dates
and numbers have their forms.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from kiosk_app.base import language as language_room
from kiosk_app.base.language import words
from kiosk_app.base.paths import catalogues_dir

Text = str | list[str] | tuple[str, ...] | None

LONG = "fi"
RIGHT_TO_LEFT = "he"
STRETCH = 1.4

_ROOT = Path(__file__).resolve().parents[2]
_ACCENTED = str.maketrans("aeiouyAEIOUYcnszCNSZ", "âéîöûÿÂÉÎÖÛŸçñšžÇÑŠŽ")
_HEBREW = str.maketrans("abcdefghijklmnopqrstuvwxyz", "אבקדעפגהיחכלמנופקרסתוונקיז")
_FIELD = re.compile(r"(\{\w+\})")


def longer(text: str) -> str:
    """``text`` accented, each word 1.4 times as long; fields as they are."""
    return _outside_fields(text, lambda part: re.sub(r"\w+", lambda word: _stretch(word[0]), part))


def right_to_left(text: str) -> str:
    """``text`` in Hebrew letters; fields as they are."""
    return _outside_fields(text, lambda part: part.lower().translate(_HEBREW))


def _outside_fields(text: str, change: Callable[[str], str]) -> str:
    parts = _FIELD.split(text)
    return "".join(part if _FIELD.fullmatch(part) else change(part) for part in parts)


def _stretch(word: str) -> str:
    middle = len(word) // 2
    more = word[middle] * (round(len(word) * STRETCH) - len(word))
    return (word[:middle] + more + word[middle:]).translate(_ACCENTED)


def _changed(string: Text, change: Callable[[str], str]) -> Text:
    if isinstance(string, str):
        return change(string)
    return tuple(change(each) for each in string or ())


def write_catalogue(directory: Path, language: str, change: Callable[[str], str]) -> None:
    """Compile the English catalogue, each text ``change``d, as that of ``language``."""
    english = _ROOT / "i18n" / "en" / "LC_MESSAGES" / "kiosk.po"
    with english.open("rb") as file:
        catalogue = read_po(file, locale="en")
    for message in catalogue:
        if message.id:
            message.string = _changed(message.string, change)
    target = directory / language / "LC_MESSAGES" / "kiosk.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)


@contextmanager
def spoken(directory: Path, *languages: str) -> Iterator[None]:
    """Swedish and these are the languages that there are; written to ``directory``."""
    changes = {LONG: longer, RIGHT_TO_LEFT: right_to_left}
    shutil.copytree(catalogues_dir() / "sv", directory / "sv")
    for language in languages:
        write_catalogue(directory, language, changes[language])
    words.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        # The only place that knows where the compiled catalogues are.
        patch.setattr(language_room, "catalogues_dir", lambda: directory)
        yield
    words.cache_clear()
