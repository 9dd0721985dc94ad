"""A keyring of files in the data directory, for demos and tests.

Whoever can read this user's files can read the key; a shop's kiosk uses the system's keyring.
"""

from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError

from kiosk_app.base.whole_file import write_whole


class DataDirKeyring(KeyringBackend):
    """Each secret is a file ``<data dir>/keyring/<service>/<name>``, mode 0600."""

    # Not for the library to find and choose by itself: it needs a directory.
    viable: ClassVar[bool] = False
    priority: ClassVar[float] = 0

    def __init__(self, data_dir: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's own has no types
        self._directory = data_dir / "keyring"

    def _file(self, service: str, username: str) -> Path:
        # A dot is legal in a name and would leave the directory as "..".
        parts = (quote(part, safe="").replace(".", "%2E") for part in (service, username))
        return self._directory.joinpath(*parts)

    def get_password(self, service: str, username: str) -> str | None:
        try:
            return self._file(service, username).read_text("utf-8")
        except FileNotFoundError:
            return None

    def set_password(self, service: str, username: str, password: str) -> None:
        file = self._file(service, username)
        try:
            self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.parent.mkdir(mode=0o700, exist_ok=True)
            write_whole(file, password.encode())
        except OSError as error:
            raise PasswordSetError(error.strerror) from error

    def delete_password(self, service: str, username: str) -> None:
        try:
            self._file(service, username).unlink()
        except FileNotFoundError:
            raise PasswordDeleteError("there is none") from None
