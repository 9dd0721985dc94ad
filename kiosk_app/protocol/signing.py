"""The very bytes that identities sign, made in one place for both who sign and who check."""

from datetime import UTC, datetime

from kiosk_app.protocol import limits


def hello_bytes(*, kiosk: str, host: str, nonce: str, stream: str, at: str) -> bytes:
    """What a kiosk signs to open its link; see :class:`kiosk_app.protocol.frames.Hello`."""
    return f"{limits.SUBPROTOCOL}|hello|{kiosk}|{host}|{nonce}|{stream}|{at}".encode()


def knowledge_bytes(*, version: int, sha256: str) -> bytes:
    """What the office signs of a bundle; ``sha256`` is its body's, in lower-case hex."""
    return f"{limits.SUBPROTOCOL}|knowledge|{version}|{sha256}".encode()


def till_order_bytes(
    *, kiosk: str, case: str, order: str, action: str, line: str, expires_at: datetime
) -> bytes:
    """What the office signs for an agent to act at a till; see ``OrderAtTill``."""
    until = expires_at.astimezone(UTC).isoformat()
    parts = (limits.SUBPROTOCOL, "till", kiosk, case, order, action, line, until)
    return "|".join(parts).encode()


def peer_bytes(*, case: str, role: str, nonce: str, fingerprint: str) -> bytes:
    """What binds a DTLS fingerprint to a kiosk; see ``AnswerPeer``.

    ``fingerprint`` is the SHA-256 one as the SDP spells it: upper-case hex pairs with colons.
    """
    return f"{limits.SUBPROTOCOL}|peer|{case}|{role}|{nonce}|{fingerprint}".encode()
