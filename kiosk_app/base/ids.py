"""Identifiers. All are UUIDs in their canonical text form unless said otherwise."""

import uuid
from typing import NewType

CaseId = NewType("CaseId", str)
"""One press of Hjälp to its end, whatever channels it used."""

VisitId = NewType("VisitId", str)
"""One shopper at one kiosk, from the first touch to the wipe."""

CommandId = NewType("CommandId", str)
"""Names one change, so that hearing of it twice changes nothing twice."""

KioskId = NewType("KioskId", str)
"""A kiosk's name, given at enrolment, for example ``byabutiken-2``. Not a UUID."""

AgentId = NewType("AgentId", str)
"""An agent's account. Not a UUID."""


def new_id() -> str:
    """A fresh random identifier."""
    return str(uuid.uuid4())


def new_case_id() -> CaseId:
    return CaseId(new_id())


def new_visit_id() -> VisitId:
    return VisitId(new_id())


def new_command_id() -> CommandId:
    return CommandId(new_id())
