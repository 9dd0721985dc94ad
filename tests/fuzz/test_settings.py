"""Whatever a settings file holds, a program gets settings or one error in words."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk_app.base.errors import SettingsError
from kiosk_app.base.settings import KioskSettings, OfficeSettings, load_settings

KINDS = pytest.mark.parametrize("kind", [KioskSettings, OfficeSettings])
# The file is written anew for each example.
one_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
VALUES = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=130)
    | st.lists(st.integers(0, 9), max_size=2)
)


def load(file: Path, content: bytes, kind: Any) -> None:
    file.write_bytes(content)
    try:
        loaded = load_settings(file, kind)
    except SettingsError as error:
        assert str(file) in str(error)
        assert "--print-settings" in str(error)
    else:
        assert msgspec.convert(msgspec.to_builtins(loaded), kind) == loaded


@KINDS
@one_file
@given(content=st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-16")))
def test_noise(tmp_path: Path, kind: Any, content: bytes) -> None:
    load(tmp_path / "s.toml", content, kind)


@KINDS
@one_file
@given(data=st.data())
def test_nearly_right(tmp_path: Path, kind: Any, data: st.DataObject) -> None:
    names = [field.name for field in msgspec.structs.fields(kind)]
    chosen = data.draw(st.lists(st.sampled_from(names), unique=True))
    values = {name: data.draw(VALUES) for name in chosen}
    load(tmp_path / "s.toml", msgspec.toml.encode(values), kind)
