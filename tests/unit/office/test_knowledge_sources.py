"""Files that people edit: what they say, and what is said of their mistakes."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk_app.base.paths import assets_dir
from kiosk_app.office.knowledge.problems import KnowledgeError
from kiosk_app.office.knowledge.ship import shipped
from kiosk_app.office.knowledge.sources import read_sources, stamp_of
from kiosk_app.protocol.hours import WeekHours
from kiosk_app.protocol.knowledge import Block, BlockKind
from kiosk_app.protocol.limits import BLOCK_CHARS


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """The sample, to be spoilt."""
    return Path(shutil.copytree(assets_dir() / "knowledge", tmp_path / "knowledge"))


@pytest.fixture
def article(files: Path) -> Path:
    return files / "articles" / "kvitto.sv.md"


def problems_of(files: Path) -> list[str]:
    """``file:line: what``, without the directory."""
    with pytest.raises(KnowledgeError) as caught:
        read_sources(files)
    return [str(problem).removeprefix(f"{files}/") for problem in caught.value.problems]


def test_the_sample_is_right_whole_and_plain() -> None:
    contents = read_sources(assets_dir() / "knowledge")

    assert len(contents.articles) >= 12
    for article in contents.articles:
        assert set(article.texts) >= {"sv", "en"}
        for text in article.texts.values():
            sentences = " ".join(block.text for block in text.blocks).replace("?", ".").split(". ")
            assert max(len(sentence.split()) for sentence in sentences) <= 15
            assert text.words


def test_every_article_of_the_sample_is_in_its_menu() -> None:
    contents = read_sources(assets_dir() / "knowledge")

    placed = {article for topic in contents.menu for article in topic.articles}
    assert placed == {article.id for article in contents.articles}


def test_what_ships_is_what_the_sample_says() -> None:
    assert (assets_dir() / "knowledge.json").read_text("utf-8") == shipped(assets_dir()), (
        "run python -m kiosk_app.office.knowledge.ship"
    )


def test_markdown_becomes_plain_paragraphs(files: Path, article: Path) -> None:
    article.write_text(
        '+++\nsearch = ["bong"]\n+++\n# Ett **fint** kvitto\n\nFörst\ndetta.\n\n'
        "1. Tryck på *Visa*.\n2. Vänta.\n\n## Sedan\n\n- Spara & ta med.\n",
        "utf-8",
    )

    [read] = [each for each in read_sources(files).articles if each.id == "kvitto"]

    text = read.texts["sv"]
    assert (text.title, text.words) == ("Ett fint kvitto", ("bong",))
    assert text.blocks == (
        Block(BlockKind.PARAGRAPH, "Först detta."),
        Block(BlockKind.STEP, "Tryck på Visa."),
        Block(BlockKind.STEP, "Vänta."),
        Block(BlockKind.HEADING, "Sedan"),
        Block(BlockKind.POINT, "Spara & ta med."),
    )


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("Ett kvitto\n", 1, "Begin with the title"),
        ("", 1, "Begin with the title"),
        ("# Kvitto\n", 1, "nothing under it"),
        ("# Kvitto\n\n[här](https://x.se)\n", 3, "a link, which a kiosk cannot follow"),
        ("# Kvitto\n\nSe\n\n![bild](a.png)\n", 5, "a picture"),
        ("# Kvitto\n\n<b>fet</b>\n", 3, "HTML"),
        ("# Kvitto\n\n<script>\nx\n</script>\n", 3, "HTML"),
        ("# Kvitto\n\n```\nx\n```\n", 3, "a block of code"),
        ("# Kvitto\n\nx\n\n> citat\n", 5, "a quotation"),
        ("# Kvitto\n\n1. ett\n   - inne\n", 4, "A list in a list"),
        ("# Kvitto\n\nx\n\n# Till\n", 5, "An article has one title"),
        ("# Kvitto\n\nx\n\n" + "ord " * BLOCK_CHARS + "\n", 5, "Make it two"),
        ("# " + "ord " * 60 + "\n\nx\n", 1, "A title has at most"),
        ("+++\nsearch = [\n# Kvitto\n", 1, "end it with such a line"),
        ('+++\nsearch = ["a"\n+++\n# Kvitto\n\nx\n', 2, "The head is no TOML"),
        ("+++\n\nsearch = 3\n+++\n# Kvitto\n\nx\n", 3, "It takes search = [words]"),
        ('+++\nserach = ["a"]\n+++\n# Kvitto\n\nx\n', 2, "serach"),
        ('+++\nsearch = ["a"]\n+++\n# Kvitto\n\nx\n\n---\n', 8, "a line across"),
    ],
)
def test_a_mistake_in_an_article_is_said_with_its_line(
    files: Path, article: Path, text: str, line: int, what: str
) -> None:
    article.write_text(text, "utf-8")

    [problem, *_] = problems_of(files)

    assert problem.startswith(f"articles/kvitto.sv.md:{line}: ")
    assert what in problem


def test_an_article_that_is_no_text(files: Path, article: Path) -> None:
    article.write_bytes("# Kvitto\n\nPå kvittot\n".encode("latin-1"))

    assert problems_of(files) == [
        "articles/kvitto.sv.md:3: It is not UTF-8. Save it in that encoding."
    ]


def test_windows_line_ends_are_line_ends(files: Path, article: Path) -> None:
    article.write_bytes(article.read_bytes().replace(b"\n", b"\r\n"))

    assert read_sources(files) == read_sources(assets_dir() / "knowledge")


def test_an_article_far_too_large(files: Path, article: Path) -> None:
    article.write_text("# Kvitto\n\n" + "x\n\n" * 100_000, "utf-8")

    assert "Was it meant for here?" in problems_of(files)[0]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Kvitto.sv.md", "Name it like"),
        ("nytt.md", "Name it like"),
        ("nytt.sv.md", "There is no nytt.en.md beside it"),
    ],
)
def test_an_article_by_a_wrong_name_or_alone(files: Path, name: str, what: str) -> None:
    (files / "articles" / name).write_text("# Nytt\n\nText\n", "utf-8")

    [problem] = problems_of(files)
    assert problem.startswith(f"articles/{name}:1: ")
    assert what in problem


def test_what_editors_leave_is_no_article(files: Path) -> None:
    for name in (".kvitto.sv.md.swp", "kvitto.sv.md~", ".#kvitto.sv.md"):
        (files / "articles" / name).write_bytes(b"\xff")

    assert len(read_sources(files).articles) >= 12


def _in_menu(old: str, new: str) -> Callable[[Path], None]:
    def change(files: Path) -> None:
        text = (files / "menu.toml").read_text("utf-8")
        assert old in text
        (files / "menu.toml").write_text(text.replace(old, new, 1), "utf-8")

    return change


_THIRD = 'title = { sv = "Betala, kvitto och retur", en = "Paying, receipt and returns" }'


@pytest.mark.parametrize(
    ("old", "new", "on", "what"),
    [
        ('"fel-pris"', '"fel-priss"', "fel-priss", "There is no article 'fel-priss'"),
        (_THIRD, 'title = { sv = "Kvitto" }', '"Kvitto"', "has no en"),
        (_THIRD, 'title = "Kvitto"', 'title = "Kvitto"', "Expected `object`"),
        (_THIRD, _THIRD + "\nicon = 3", "icon = 3", "icon"),
        ('"fel-pris",', "3,", "articles = [", "Expected `str`"),
        (_THIRD, _THIRD[:-1], "Betala, kvitto", "at line"),
        ('articles = ["kortet-nekas"]', "", "The payment does not", "leads nowhere"),
    ],
)
def test_a_mistake_in_the_menu_is_said_with_its_line(
    files: Path, old: str, new: str, on: str, what: str
) -> None:
    _in_menu(old, new)(files)
    lines = (files / "menu.toml").read_text("utf-8").splitlines()
    [*_, line] = [at for at, text in enumerate(lines, start=1) if on in text][:2]

    problems = problems_of(files)

    assert any(what in problem for problem in problems), problems
    said = [int(problem.split(":")[1]) for problem in problems if what in problem]
    assert abs(said[0] - line) <= 1, (problems, line)


def test_a_menu_too_deep_or_too_wide(files: Path) -> None:
    topic = '[[{path}]]\ntitle = {{ sv = "{name}", en = "{name}" }}\narticles = ["kvitto"]\n'
    deep = "".join(
        topic.format(path=".".join(["topic"] * level), name=f"Nivå {level}")
        for level in range(1, 7)
    )
    (files / "menu.toml").write_text(deep, "utf-8")
    assert problems_of(files) == ["menu.toml:14: At most 4 levels are shown."]

    wide = "".join(topic.format(path="topic", name=f"Ämne {n}") for n in range(13))
    (files / "menu.toml").write_text(wide, "utf-8")
    assert problems_of(files) == [
        "menu.toml:1: There are more than 12 topics. Put some into others."
    ]


def test_no_menu_and_no_articles(tmp_path: Path) -> None:
    said = problems_of(tmp_path)

    assert any(problem.startswith("articles:1: The folder cannot be read") for problem in said)
    assert any(problem.startswith("menu.toml:1: It cannot be read") for problem in said)


def test_switches_for_everyone_a_store_and_a_kiosk(files: Path) -> None:
    (files / "settings.toml").write_text(
        '[every]\nvideo = false\n[store."Byabutiken"]\nbutton = "small"\npromise = false\n'
        '[kiosk."byabutiken-2"]\npromise = true\n',
        "utf-8",
    )

    rules = read_sources(files).policy

    here = rules.policy_for(kiosk="byabutiken-2", store="Byabutiken")
    assert (here.video, here.button, here.promise, here.voice) == (False, "small", True, True)
    elsewhere = rules.policy_for(kiosk="annan", store="Annan")
    assert (elsewhere.video, elsewhere.button, elsewhere.promise) == (False, "full", True)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[every]\nvideo = false\nbutton = "large"\n', 3, "Invalid enum value 'large'"),
        ('[kiosk."k"]\n\nvioce = true\n', 3, "vioce"),
        ("[every]\nvideo = nej\n", 2, "Invalid value"),
    ],
)
def test_a_mistake_in_the_switches(files: Path, text: str, line: int, what: str) -> None:
    (files / "settings.toml").write_text(text, "utf-8")

    [problem] = problems_of(files)

    assert problem.startswith(f"settings.toml:{line}: ")
    assert what in problem


def test_without_switches_everything_is_on(files: Path) -> None:
    (files / "settings.toml").unlink()

    assert read_sources(files).policy.policy_for(kiosk="k", store="s").promise


def test_every_mistake_is_said_at_once(files: Path, article: Path) -> None:
    article.write_text("", "utf-8")
    _in_menu('"fel-pris"', '"fel-priss"')(files)
    (files / "settings.toml").write_text("[every]\nx = 1\n", "utf-8")

    assert len(problems_of(files)) >= 3


def test_a_change_is_seen(files: Path, article: Path) -> None:
    before = stamp_of(files)
    article.write_text("# Annat\n\nkort\n", "utf-8")
    assert stamp_of(files) != before
    before = stamp_of(files)
    (files / "articles" / "pase.en.md").unlink()
    assert stamp_of(files) != before


def test_hours_are_by_weekday_and_store(files: Path) -> None:
    (files / "hours.toml").write_text(
        '[every]\nmonday = "06:00-23:00"\n[every.days]\n"2026-12-25" = "closed"\n'
        '[store."Byabutiken"]\nmonday = "08:00-20:00"\n',
        "utf-8",
    )

    rules = read_sources(files).hours

    assert rules.hours_for("Byabutiken").monday == "08:00-20:00"
    assert rules.hours_for("Annan").monday == "06:00-23:00"
    assert rules.hours_for("Byabutiken").days == {"2026-12-25": "closed"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[every]\nmonday = "06-23"\n', 2),
        ('[every]\nmonday = "06:00-23:00"\nmondya = "06:00-23:00"\n', 3),
        ('[store."Byabutiken"]\nsunday = "öppet"\n', 2),
    ],
)
def test_wrong_hours_are_told_with_their_line(files: Path, text: str, line: int) -> None:
    (files / "hours.toml").write_text(text, "utf-8")

    [problem] = problems_of(files)

    assert problem.startswith(f"hours.toml:{line}: ")


def test_without_the_file_no_hours_are_spoken_of(files: Path) -> None:
    (files / "hours.toml").unlink()

    assert read_sources(files).hours.hours_for("Byabutiken") == WeekHours()
