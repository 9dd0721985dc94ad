"""The wire does not change unannounced: the written schema is the one the code has."""

import json
from typing import Any, get_args

import msgspec
import pytest

from kiosk_app.protocol.export import SCHEMA_DIR, documents
from kiosk_app.protocol.frames import KioskFrame, OfficeFrame
from kiosk_app.protocol.from_console import FromConsole
from kiosk_app.protocol.to_console import ToConsole


def test_every_document_is_as_written() -> None:
    on_disk = {path.name: path.read_text("utf-8") for path in SCHEMA_DIR.glob("*.json")}
    assert on_disk == documents(), (
        "The wire differs from its written schema. If that is meant, run "
        "python -m kiosk_app.protocol.export, look at the difference, and say it in the changelog."
    )


@pytest.mark.parametrize("name", sorted(documents()))
def test_every_reference_leads_somewhere(name: str) -> None:
    document = json.loads(documents()[name])
    followed = 0

    def follow(node: Any) -> None:
        nonlocal followed
        if isinstance(node, dict):
            reference = node.get("$ref")
            if isinstance(reference, str):
                target = document
                for part in reference.removeprefix("#/").split("/"):
                    target = target[part]
                followed += 1
            for child in node.values():
                follow(child)
        elif isinstance(node, list):
            for child in node:
                follow(child)

    follow(document)
    assert followed > 10


def test_console_types_come_from_one_document() -> None:
    definitions = json.loads(documents()["console.schema.json"])["$defs"]
    for name, union in (("FromConsole", FromConsole), ("ToConsole", ToConsole)):
        assert len(definitions[name]["anyOf"]) == len(get_args(union))
        for kind in get_args(union):
            assert kind.__name__ in definitions


@pytest.mark.parametrize("union", [KioskFrame, OfficeFrame, FromConsole, ToConsole])
def test_every_message_refuses_unknown_fields_and_has_its_own_tag(union: Any) -> None:
    kinds = get_args(union)
    tags = [kind.__struct_config__.tag for kind in kinds]
    assert len(set(tags)) == len(tags)
    for kind in kinds:
        assert kind.__struct_config__.forbid_unknown_fields
        assert kind.__struct_config__.frozen
        assert issubclass(kind, msgspec.Struct)
