"""The stage of every end-to-end test: a desktop, a shop, a shopper at it, an agent's browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.agent import Agent, chromium
from tests.support.desktop import Desktop, desktop
from tests.support.shop import Shop, Shopper, open_shop


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def portrait(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(1080, 1920, tmp_path_factory.mktemp("portrait")) as screen:
        yield screen


@pytest.fixture(scope="session")
def landscape(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desktop]:
    with desktop(1920, 1080, tmp_path_factory.mktemp("landscape")) as screen:
        yield screen


@pytest.fixture
def shop(portrait: Desktop, tmp_path: Path) -> Iterator[Shop]:
    with open_shop(portrait, tmp_path / "demo") as shop:
        yield shop


@pytest.fixture
def shopper(shop: Shop) -> Iterator[Shopper]:
    shopper = Shopper(shop)
    yield shopper
    shopper.close()


@pytest.fixture
def hire(shop: Shop, browser: Browser) -> Iterator[Callable[[], Agent]]:
    """Log the demo agent in; what her browser complains of fails the test."""
    with ExitStack() as stack:

        def log_in() -> Agent:
            agent = Agent(browser, shop.console_url)
            stack.callback(agent.close)
            return agent

        yield log_in


@pytest.fixture
def agent(hire: Callable[[], Agent]) -> Agent:
    return hire()
