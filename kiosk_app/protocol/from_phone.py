"""What a phone says to the office: the shopper's part of a kiosk's words, about its one case.

A phone reaches the office over one WebSocket after its code was exchanged for a session. Every
command carries a UUID and is answered by ``CommandDone`` or ``CommandRefused``; the page sends
again what was not answered, and the office carries nothing out twice.
"""

from typing import Union

from kiosk_app.protocol.from_kiosk import (
    AnswerPeer,
    CloseCase,
    GiveFeedback,
    ReportCall,
    ReportPeerLost,
    SendChat,
)

FromPhone = Union[  # noqa: UP007 -- one name for the schema, one type a line
    SendChat,
    ReportCall,
    AnswerPeer,
    ReportPeerLost,
    GiveFeedback,
    CloseCase,
]
