"""The stage of every end-to-end test: a desktop, a shop, a shopper at it, an agent's browser."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.agent import Agent, chromium
from tests.support.calling import CallingAgent, agents_sound
from tests.support.desktop import Desktop, desktop
from tests.support.shop import Shop, Shopper, open_shop
from tests.support.sound import SoundServer, sound_server


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One for all; where an agent may use them, it makes up a microphone and a camera."""
    file = agents_sound(tmp_path_factory.mktemp("agent") / "agent.wav")
    with chromium(
        "--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={file}"
    ) as browser:
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
def shop(request: pytest.FixtureRequest, portrait: Desktop, tmp_path: Path) -> Iterator[Shop]:
    screen = portrait
    if "sound" in request.fixturenames:
        sound: SoundServer = request.getfixturevalue("sound")
        screen = replace(portrait, environment=portrait.environment | sound.environment)
    with open_shop(screen, tmp_path / "demo") as shop:
        yield shop


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[SoundServer]:
    """A microphone and a speaker for the kiosk of this test."""
    with sound_server(tmp_path / "pulse") as server:
        yield server


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
def caller(shop: Shop, sound: SoundServer, browser: Browser) -> Iterator[CallingAgent]:
    """An agent who can talk; she hums, at a pitch of her own."""
    agent = CallingAgent(browser, shop.console_url)
    yield agent
    agent.close()


@pytest.fixture
def agent(hire: Callable[[], Agent]) -> Agent:
    return hire()
