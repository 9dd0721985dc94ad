"""Windows for the tests of what the shopper sees."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.screens import PORTRAIT, Stage, stage

OpenStage = Callable[..., Stage]


@pytest.fixture
def open_stage(qapp: QApplication) -> Iterator[OpenStage]:
    """Opens windows as ``tests.support.screens.stage`` does and closes them after the test."""
    with ExitStack() as opened:
        yield lambda *args, **kwargs: opened.enter_context(stage(*args, **kwargs))


@pytest.fixture
def portrait(open_stage: OpenStage) -> Stage:
    return open_stage(PORTRAIT)
