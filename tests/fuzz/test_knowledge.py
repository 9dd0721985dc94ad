"""Bundles, articles, menus and questions at random and nearly right: only documented errors."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk_app.knowledge.index import Index
from kiosk_app.knowledge.kept import check
from kiosk_app.knowledge.ports import HITS
from kiosk_app.office.knowledge.markdown import read_article
from kiosk_app.office.knowledge.problems import KnowledgeError
from kiosk_app.office.knowledge.sources import read_sources
from kiosk_app.protocol.knowledge import ArticleText, BundleError, SignedBundle, decode_bundle
from kiosk_app.protocol.policy import PolicyRules
from tests.support.help import bundle, shipped

BODY = msgspec.msgpack.encode(bundle(3))
MARKS = st.text(st.sampled_from("# \n-*1.>`_[]()!<>&\\+=åäö\tab\x00\u2028"), max_size=200)


@given(st.binary(max_size=300))
def test_noise_is_no_bundle(data: bytes) -> None:
    with pytest.raises(BundleError):
        check(data, lambda _data, _signature: True)


@given(st.integers(0, len(BODY) - 1), st.integers(0, 255))
def test_a_bundle_with_one_wrong_byte(at: int, byte: int) -> None:
    data = BODY[:at] + bytes([byte]) + BODY[at + 1 :]
    with contextlib.suppress(BundleError):
        decode_bundle(data)
    signed = msgspec.msgpack.encode(SignedBundle(3, "0" * 64, "", data))
    with pytest.raises(BundleError):
        check(signed, lambda _data, _signature: True)


@given(MARKS | st.text(max_size=200))
def test_any_text_is_an_article_or_has_problems(text: str) -> None:
    article, problems = read_article(Path("a.sv.md"), text)

    assert (article is None) == bool(problems)
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines + 1 for problem in problems)
    if article is not None:
        assert msgspec.convert(msgspec.to_builtins(article), ArticleText) == article


@given(menu=MARKS | st.text(max_size=120), switches=MARKS | st.text(max_size=120))
def test_any_files_are_contents_or_have_problems(
    tmp_path_factory: pytest.TempPathFactory, menu: str, switches: str
) -> None:
    directory = tmp_path_factory.mktemp("knowledge")
    (directory / "articles").mkdir()
    (directory / "menu.toml").write_text(menu, "utf-8", newline="")
    (directory / "settings.toml").write_text(switches, "utf-8", newline="")
    with contextlib.suppress(KnowledgeError):
        assert isinstance(read_sources(directory).policy, PolicyRules)


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with contextlib.closing(Index(shipped(), "sv")) as index:
        yield index


@given(question=st.text(max_size=60) | st.text("abkortviEÖ \"*':()-^", max_size=60))
def test_any_question_is_answered(index: Index, question: str) -> None:
    found = index.search(question, HITS)

    assert len(found) == len(set(found)) <= HITS
