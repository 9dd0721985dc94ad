"""``kiosk-app sign``: the store's sign as a PDF, printed on whatever machine there is."""

import os
from pathlib import Path


def run(store: str, out: Path, language: str) -> int:
    """Write the sign and say where it is. SignError or LanguageError in words."""
    # A sheet of paper needs no screen, and most offices' servers have none.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from kiosk_app.ui import loop
    from kiosk_app.ui.sign import print_sign

    loop.open_application()
    print_sign(out, store, language)
    print(f"The sign is in {out}. Print it on A4 and hang it where the kiosk is seen from.")
    return 0
