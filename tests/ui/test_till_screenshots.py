"""A picture of every state of the till, to be looked at, both ways up and in both languages."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.support.screens import SIZES, TILL_SCREENS, screenshots_dir
from tests.ui.conftest import OpenStage


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("orientation", SIZES)
def test_draws_every_state(
    open_stage: OpenStage, tmp_path: Path, orientation: str, language: str
) -> None:
    folder = screenshots_dir(tmp_path)
    pictures = {}
    for name, arrange in TILL_SCREENS.items():
        at = open_stage(SIZES[orientation], language, warm=False)
        arrange(at)
        path = at.picture(folder / f"till-{name}-{orientation}-{language}.png")
        pictures[name] = QImage(str(path))
    sizes = {(picture.width(), picture.height()) for picture in pictures.values()}
    assert sizes == {SIZES[orientation]}
    assert all(
        pictures[one] != pictures[other] for one in pictures for other in pictures if one < other
    )
