"""Every screen in every variant, also in a language 1.4 times as long and from right to left:
nothing is cut off, too small or without a name, and Hjälp stays where it is."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.support.fit import complaints
from tests.support.gallery import VARIANTS, Variant, languages_of


@pytest.mark.en301549("9.1.4.12")
@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name)
def test_everything_fits(qapp: QApplication, variant: Variant, tmp_path: Path) -> None:
    wrong, places = [], set()
    with languages_of(variant, tmp_path):
        for name, at in variant.screens():
            help_key = at.shell.help_button
            places.add(help_key.mapTo(at.shell, help_key.rect().bottomRight()).toTuple())
            wrong += [f"{name}: {complaint}" for complaint in complaints(at.shell)]
    assert not wrong, "\n".join(wrong)
    assert len(places) == 1
    [(right, bottom)] = places
    assert variant.size[0] - right < variant.size[0] // 10
    assert variant.size[1] - bottom < variant.size[1] // 10
