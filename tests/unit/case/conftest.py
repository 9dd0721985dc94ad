"""A story for each test of the rules."""

import pytest

from tests.unit.case.story import Story


@pytest.fixture
def story() -> Story:
    return Story()
