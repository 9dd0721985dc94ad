"""Where a word has got to: every string that an object holds."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

import msgspec


def texts_in(thing: Any, seen: set[int]) -> Iterator[str]:
    """Every string that can be reached from ``thing``."""
    if id(thing) in seen or isinstance(thing, Enum):
        return
    seen.add(id(thing))
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, bytes):
        yield thing.decode("utf-8", "replace")
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from texts_in(key, seen)
            yield from texts_in(value, seen)
    elif isinstance(thing, (list, tuple, set)):
        for value in thing:
            yield from texts_in(value, seen)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for each in fields(thing):
            yield from texts_in(getattr(thing, each.name), seen)
    elif isinstance(thing, msgspec.Struct):
        for name in thing.__struct_fields__:
            yield from texts_in(getattr(thing, name), seen)
    elif hasattr(thing, "__self__"):
        yield from texts_in(thing.__self__, seen)
    elif type(thing).__module__.startswith("kiosk_app"):
        yield from texts_in(vars(thing), seen)
