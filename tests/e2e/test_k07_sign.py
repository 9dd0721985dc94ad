"""Row 7: the store's sign says what the button says, from the same catalogue."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from kiosk_app.base.language import words

SIGN = (sys.executable, "-m", "kiosk_app.cli.main", "sign")
A4_POINTS = (595, 842)


def print_sign(out: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command where there is no screen at all."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    return subprocess.run(
        [*SIGN, "--store", "Bokö Handel", "--out", str(out), *more],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.row(7)
@pytest.mark.parametrize(("language", "other"), [("sv", "en"), ("en", "sv")])
def test_the_sign_is_one_a4_page_in_every_language(
    tmp_path: Path, language: str, other: str
) -> None:
    out = tmp_path / "sign.pdf"
    done = print_sign(out, "--language", language)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(out) in done.stdout

    [page] = PdfReader(out).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == A4_POINTS
    text = " ".join(page.extract_text().split())
    for code in (language, other):
        say = words(code)
        assert say("Support by chat/voice/video: answer within {n} sec.", n=60) in text
        assert say("We use video and voice only to help in the moment.") in text
    assert text.index(words(language)("Press the yellow button on the screen.")) < text.index(
        words(other)("Press the yellow button on the screen.")
    )
    assert "Bokö Handel" in text


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    done = print_sign(tmp_path / "missing" / "sign.pdf")
    assert done.returncode == 1
    assert "No sign was made" in done.stderr


def test_a_language_without_a_catalogue_is_said(tmp_path: Path) -> None:
    done = print_sign(tmp_path / "sign.pdf", "--language", "tlh")
    assert done.returncode == 1
    assert "tlh" in done.stderr
    assert not (tmp_path / "sign.pdf").exists()
