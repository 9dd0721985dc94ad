"""Identifiers: UUIDs in their canonical text form."""

import uuid


def new_id() -> str:
    """A fresh random identifier."""
    return str(uuid.uuid4())
