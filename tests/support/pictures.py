"""``python -m tests.support.pictures FOLDER``: the README's six pictures, made small.

FOLDER is where ``tests/e2e/test_accessibility.py`` wrote its screens (``KIOSK_SCREENSHOTS``).
"""

import sys
from pathlib import Path

from PIL import Image

SCREENS = {
    "cart": "cart",
    "menu": "menu",
    "chat": "chat-two-lines",
    "consent": "consent",
    "sharing": "sharing",
    "failure": "failure",
}
WIDTH = 360  # px: three beside one another on a page, and still to be read
COLOURS = 256


def main(folder: Path) -> None:
    """Write ``.github/pictures/<name>.png`` from the portrait screens in Swedish."""
    target = Path(__file__).resolve().parents[2] / ".github" / "pictures"
    target.mkdir(exist_ok=True)
    for name, screen in SCREENS.items():
        with Image.open(folder / f"portrait-sv-{screen}.png") as picture:
            height = round(picture.height * WIDTH / picture.width)
            small = picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)
            # k-means gives the thin yellow edge its colour back, which a median cut loses.
            few = small.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
            few.save(target / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
