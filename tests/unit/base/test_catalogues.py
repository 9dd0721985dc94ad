"""Every text in the code is in every catalogue, whole, and short enough to be read standing."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("sv", "en")
KEYWORDS = ("say", "_say", "words", "t", "count:1,2")  # as in pyproject.toml, by [tool.babel]
MOST_WORDS = 15  # plain Swedish for someone who stands at a till


def _catalogue(language: str) -> Catalog:
    with (ROOT / "i18n" / language / "LC_MESSAGES" / "kiosk.po").open("rb") as file:
        return read_po(file, locale=language, domain="kiosk", abort_invalid=True)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What ``pybabel extract`` finds in the code now."""
    pot = tmp_path_factory.mktemp("messages") / "kiosk.pot"
    arguments = ["pybabel", "-q", "extract", "-F", str(ROOT / "pyproject.toml")]
    arguments += ["--no-default-keywords", *(f"-k{keyword}" for keyword in KEYWORDS)]
    CommandLineInterface().run([*arguments, "-o", str(pot), str(ROOT)])  # type: ignore[no-untyped-call]  # Babel has no types here
    with pot.open("rb") as file:
        return read_po(file)


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    if not text:
        return ()
    return (text,) if isinstance(text, str) else tuple(text)


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_code_has_texts(template: Catalog) -> None:
    ids = {_forms(message.id)[0] for message in _messages(template)}

    assert "Talk to a person" in ids
    assert "You are number {n} in the queue" in ids


def _looked_up(source: str) -> Iterator[str]:
    """Every text that ``source`` looks up, found by its syntax tree."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called, first = node.func, node.args[0]
        if isinstance(called, ast.Call):  # words(language)("…")
            called = called.func
        name = getattr(called, "id", None) or getattr(called, "attr", None)
        looks_up = name in ("say", "_say", "words") or (name == "count" and len(node.args) == 3)
        if looks_up and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value


def test_extraction_misses_nothing(template: Catalog) -> None:
    """pybabel reads tokens: it is blind inside f-strings and to ``words(language)("…")``."""
    found = {_forms(message.id)[0] for message in _messages(template)}
    missed = [
        f"{path.relative_to(ROOT)}: {text!r}"
        for path in sorted((ROOT / "kiosk_app" / "ui").rglob("*.py"))
        for text in _looked_up(path.read_text("utf-8"))
        if text and text not in found
    ]

    assert not missed, "look it up by say(…) on its own, outside f-strings"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(template: Catalog, language: str) -> None:
    catalogue = _catalogue(language)
    missing = []
    for wanted in _messages(template):
        found = catalogue.get(wanted.id)
        texts = _forms(found.string) if found is not None else ()
        plural = len(_forms(wanted.id)) > 1
        if (
            not texts
            or not all(texts)
            or (found and found.fuzzy)
            or (found and plural) != bool(found and len(_forms(found.id)) > 1)
        ):
            missing.append(wanted.id)

    assert not missing, "run pybabel extract and update as in pyproject.toml, then translate"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(template: Catalog, language: str) -> None:
    used = {_forms(message.id)[0] for message in _messages(template)}
    left = [m.id for m in _messages(_catalogue(language)) if _forms(m.id)[0] not in used]

    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_fields_are_the_same(language: str) -> None:
    for message in _messages(_catalogue(language)):
        wanted = _fields(_forms(message.id)[-1])
        for text in _forms(message.string):
            assert _fields(text) <= wanted, message.id
        assert _fields(_forms(message.string)[-1]) == wanted, message.id


def test_swedish_sentences_are_short() -> None:
    for message in _messages(_catalogue("sv")):
        for text in _forms(message.string):
            for sentence in re.split(r"[.!?…:]\s|\n", text):
                assert len(sentence.split()) <= MOST_WORDS, sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_says_error_or_a_bare_code(language: str) -> None:
    for message in _messages(_catalogue(language)):
        for text in _forms(message.string):
            assert not re.match(r"(?i)(error|fel)\b", text), text
