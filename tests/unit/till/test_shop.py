"""The demo shop that comes along, and files that are not right."""

from pathlib import Path

import pytest

from kiosk_app.till.barcode import check_digit
from kiosk_app.till.shop import ShopError, demo_shop_path, load_shop, unbroken


def test_the_demo_shop_is_whole() -> None:
    shop = load_shop(demo_shop_path())
    assert len(shop.articles) >= 40
    assert all(len(article.code) == 13 for article in shop.articles)
    assert all(check_digit(article.code[:-1]) == article.code[-1] for article in shop.articles)
    assert [a.name for a in shop.articles if a.age_restricted] == ["Folköl 3,5 % 50 cl"]
    milk = shop.find("7310865004703")
    assert milk is not None
    assert (milk.name, milk.price_ore) == ("Mellanmjölk 1,5 l", 1990)
    assert len(shop.tiles) == 5


def test_every_article_is_in_its_group_once() -> None:
    shop = load_shop(demo_shop_path())
    groups = ("coffee", "fruit", "dairy", "pantry", "drinks", "household")
    grouped = [article for group in groups for article in shop.group(group)]
    assert sorted(a.code for a in grouped) == sorted(a.code for a in shop.articles)


ARTICLE = '[[article]]\ncode = "{code}"\nname = "A"\nprice_ore = {price}\ngroup = "{group}"\n'


def article(code: str = "7310865004703", price: str = "10", group: str = "dairy") -> str:
    return ARTICLE.format(code=code, price=price, group=group)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not toml [", "is not right"),
        (article(code="7310865004704"), "check digit"),
        (article() + article(), "twice"),
        (article(group="cars"), "group 'cars'"),
        (article(price="-1"), "is not right"),
        (article() + "colour = 1\n", "is not right"),
    ],
)
def test_says_what_is_wrong_with_a_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "shop.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ShopError, match=said):
        load_shop(path)


def test_says_that_a_file_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ShopError, match="cannot be read"):
        load_shop(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mellanmjölk 1,5 l", "Mellanmjölk 1,5\N{NO-BREAK SPACE}l"),
        (
            "Folköl 3,5 % 50 cl",
            "Folköl 3,5\N{NO-BREAK SPACE}% 50\N{NO-BREAK SPACE}cl",
        ),
        ("Kaffe, liten", "Kaffe, liten"),
        ("7 bullar", "7 bullar"),
    ],
)
def test_an_amount_stays_on_one_line(name: str, shown: str) -> None:
    assert unbroken(name) == shown
