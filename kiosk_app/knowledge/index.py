"""Full-text search over a bundle: whole and half-typed words, other endings, typing errors.

SQLite's FTS5 holds the words' stems and ranks (BM25); Snowball makes the stems; RapidFuzz finds
the word that was meant. What is asked of the database are only words that stand in the articles,
never the shopper's own.
"""

import re
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import chain

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kiosk_app.knowledge.small_words import SMALL_WORDS
from kiosk_app.protocol.knowledge import Bundle

_WORD = re.compile(r"[^\W_]+")
_ALGORITHMS = {
    **{"ar": "arabic", "da": "danish", "de": "german", "en": "english", "es": "spanish"},
    **{"fi": "finnish", "fr": "french", "nb": "norwegian", "nl": "dutch", "pl": "polish"},
    **{"ru": "russian", "sv": "swedish", "tr": "turkish"},
}
_TITLE, _WORDS, _BODY = 8.0, 6.0, 1.0  # what a match in each part says about the article
_MOST_PREFIXES = 40  # of a word that is being typed; more are no better than none
_MOST_PARTS = 4
_PART = 4  # letters from which a word may be a part of a longer one: "kort" in "kortbetalning"
_FAR_BEHIND = 0.3  # of the best hit's score; what is under it only shares a common word


def _errors_allowed(letters: int) -> int:
    """How many letters may be wrong, left out, added or swapped."""
    if letters < 4:
        return 0
    return 1 if letters < 7 else 2


class Index:
    """One language of one bundle. Not for two threads at once.

    ``close`` gives the memory back.
    """

    def __init__(self, bundle: Bundle, language: str) -> None:
        algorithm = _ALGORITHMS.get(language)
        self._stem: Callable[[str], str] = (
            snowballstemmer.stemmer(algorithm).stemWord if algorithm else str
        )
        self._small = SMALL_WORDS.get(language, frozenset())
        self._stems: dict[str, str] = {}
        self._ids = [article.id for article in bundle.articles if language in article.texts]
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.execute(
            "CREATE VIRTUAL TABLE help USING fts5 "
            "(title, words, body, tokenize = 'unicode61 remove_diacritics 0')"
        )
        texts = (article.texts.get(language) for article in bundle.articles)
        with self._database:
            self._database.executemany(
                "INSERT INTO help (title, words, body) VALUES (?, ?, ?)",
                (
                    (
                        self._stemmed([text.title]),
                        self._stemmed(text.words),
                        self._stemmed(block.text for block in text.blocks),
                    )
                    for text in texts
                    if text is not None
                ),
            )
        self._vocabulary = sorted(self._stems)
        self._of_length: dict[int, list[str]] = {}
        for word in self._vocabulary:
            self._of_length.setdefault(len(word), []).append(word)
        self._beginnings: dict[int, list[str]] = {}

    def close(self) -> None:
        self._database.close()

    def search(self, question: str, limit: int) -> tuple[str, ...]:
        """The ids of at most ``limit`` articles, best first; none where nothing fits."""
        words = _WORD.findall(question.lower())
        typing = bool(words) and question[-1:].isalnum()
        wanted: list[str] = []
        for at, word in enumerate(words):
            if word in self._small:
                continue
            wanted += self._meant(word, unfinished=typing and at == len(words) - 1)
        stems = sorted({self._stems[word] for word in wanted})
        if not stems:
            return ()
        # Quoted: a stem may be a word of FTS5's own language, such as NOT.
        rows = self._database.execute(
            f"SELECT rowid, bm25(help, {_TITLE}, {_WORDS}, {_BODY}) AS score FROM help "  # noqa: S608 -- figures of our own
            "WHERE help MATCH ? ORDER BY score LIMIT ?",
            (" OR ".join(f'"{stem}"' for stem in stems), limit),
        ).fetchall()
        best = rows[0][1] if rows else 0.0
        return tuple(self._ids[row - 1] for row, score in rows if score <= best * _FAR_BEHIND)

    def _stemmed(self, texts: Iterable[str]) -> str:
        stems = []
        for text in texts:
            for word in _WORD.findall(text.lower()):
                if word in self._small:
                    continue
                stem = self._stems.get(word)
                if stem is None:
                    stem = self._stems[word] = self._stem(word)
                stems.append(stem)
        return " ".join(stems)

    def _meant(self, word: str, *, unfinished: bool) -> list[str]:
        """The words of the articles that ``word`` may stand for, the surest kind only."""
        known: list[str] = []
        if word in self._stems:
            stem = self._stems[word]
            # "betala" is about "betalning" too.
            known = self._beginning_with(stem) if len(stem) >= _PART else [word]
        if unfinished:
            known = [*known, *self._beginning_with(word)]
        if known:
            return known
        if len(word) < 3:
            return []
        return (
            self._of_the_same_stem(word)
            or self._misspelt(word, unfinished=unfinished)
            or self._compound(word)
        )

    def _beginning_with(self, word: str) -> list[str]:
        at = bisect_left(self._vocabulary, word)
        found = []
        for candidate in self._vocabulary[at : at + _MOST_PREFIXES]:
            if not candidate.startswith(word):
                break
            found.append(candidate)
        return found

    def _of_the_same_stem(self, word: str) -> list[str]:
        stem = self._stem(word)
        if len(stem) < 3:
            return []
        return [other for other in self._beginning_with(stem) if self._stems[other] == stem]

    def _misspelt(self, word: str, *, unfinished: bool) -> list[str]:
        allowed = _errors_allowed(len(word))
        if not allowed:
            return []
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        near = _nearest(
            word,
            list(chain.from_iterable(self._of_length.get(length, ()) for length in lengths)),
            allowed,
        )
        if near or not unfinished:
            return near
        # Half a word with an error in it: as many letters of every word.
        starts = self._beginnings.get(len(word))
        if starts is None:
            starts = sorted({other[: len(word)] for other in self._vocabulary})
            self._beginnings[len(word)] = starts
        near = _nearest(word, starts, 1)
        return [other for start in near[:3] for other in self._beginning_with(start)]

    def _compound(self, word: str) -> list[str]:
        """Swedish writes words together: a part of this one, or one that this is a part of."""
        if len(word) < _PART:
            return []
        longer = [other for other in self._vocabulary if word in other]
        if longer:
            return longer[:_MOST_PREFIXES]
        cuts = range(len(word) - 1, _PART - 1, -1)
        parts = (part for cut in cuts for part in (word[:cut], word[-cut:]))
        return [part for part in parts if part in self._stems][:_MOST_PARTS]


def _nearest(word: str, candidates: list[str], allowed: int) -> list[str]:
    """The candidates with the fewest errors, if those are at most ``allowed``."""
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    if not found:
        return []
    fewest = min(distance for _, distance, _ in found)
    return [candidate for candidate, distance, _ in found if distance == fewest]
