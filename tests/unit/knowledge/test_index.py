from collections.abc import Iterator
from contextlib import closing

import pytest

from kiosk_app.knowledge.index import Index
from kiosk_app.knowledge.ports import HITS
from kiosk_app.protocol.knowledge import Article
from tests.support.help import bundle, large, shipped, text


@pytest.fixture(scope="module")
def swedish() -> Iterator[Index]:
    with closing(Index(shipped(), "sv")) as index:
        yield index


@pytest.fixture(scope="module")
def english() -> Iterator[Index]:
    with closing(Index(shipped(), "en")) as index:
        yield index


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("betalnig", "kortet-nekas"),
        ("betalnign", "kortet-nekas"),
        ("jag kan inte betala", "kortet-nekas"),
        ("Kortet nekas!", "kortet-nekas"),
        ("var är kvitot", "kvitto"),
        ("kvittona", "kvitto"),
        ("öl", "aldersgrans"),
        ("strekkod", "saknar-kod"),
        ("streckkodsläsaren", "saknar-kod"),
        ("lämna tillbaks mjölken", "retur"),
        ("inlåst", "dorren"),
        ("jag vill ha en påse", "pase"),
        ("erbjudandet", "fel-pris"),
    ],
)
def test_swedish_questions_find_their_article(swedish: Index, question: str, article: str) -> None:
    assert swedish.search(question, HITS)[0] == article


@pytest.mark.parametrize(
    ("question", "article"),
    [
        ("pament", "kortet-nekas"),
        ("my card doesn't work", "kortet-nekas"),
        ("returning milk", "retur"),
        ("recipt", "kvitto"),
        ("barcodes", "saknar-kod"),
        ("locked in", "dorren"),
        ("change langauge", "byt-sprak"),
    ],
)
def test_english_questions_find_their_article(english: Index, question: str, article: str) -> None:
    assert article in english.search(question, HITS)[:2]


def test_each_letter_of_a_word_finds_it(swedish: Index) -> None:
    word = "kvitto"

    for letters in range(2, len(word) + 1):
        assert "kvitto" in swedish.search(word[:letters], HITS)


def test_a_half_typed_word_may_be_misspelt(swedish: Index) -> None:
    assert "kortet-nekas" in swedish.search("bteal", HITS)


@pytest.mark.parametrize(
    "question", ["", " ", "?", "xyzzy", "hur gör jag", '"', "NOT", "a OR", "title:*", "åäö\x00"]
)
def test_what_means_nothing_finds_nothing_and_breaks_nothing(
    swedish: Index, question: str
) -> None:
    assert swedish.search(question, HITS) == ()


def test_no_more_than_can_be_read(swedish: Index) -> None:
    assert len(swedish.search("vara", HITS)) <= HITS
    assert len(swedish.search("person", 2)) <= 2


def test_words_of_a_query_language_are_words() -> None:
    odd = Article("or", {"sv": text("Near or not", "AND OR NOT NEAR", words=("bm25",))})
    with closing(Index(bundle(articles=(odd,), menu=()), "sv")) as index:
        for word in ("near", "not", "and", "bm25"):
            assert index.search(word, HITS) == ("or",)


def test_a_language_without_rules_of_its_own_is_searched_as_it_is_written() -> None:
    strange = Article("a", {"sv": text("Kvitto", "x"), "xx": text("Zzyx", "quux")})
    with closing(Index(bundle(articles=(strange,), menu=()), "xx")) as index:
        assert index.search("quux", HITS) == ("a",)


def test_among_thousands_the_right_one_comes_first() -> None:
    with closing(Index(large(2000), "sv")) as index:
        assert index.search("kortet slå koden", HITS)[0] == "kortet-nekas"
