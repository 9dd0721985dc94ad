"""Logs: one line an event to stderr, never a chat text, a number, a name or a cart."""

import logging
import sys
from datetime import UTC, datetime


class LineFormatter(logging.Formatter):
    """``2026-01-15T12:00:00.123Z INFO kiosk_app.link case=… message``; exceptions follow."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        case = getattr(record, "case", None)
        thread = f" case={case}" if case else ""
        line = f"{at[:-6]}Z {record.levelname} {record.name}{thread} {record.getMessage()}"
        if record.exc_info:
            line = f"{line}\n{self.formatException(record.exc_info)}"
        return line


def set_up_logging(level: str = "INFO") -> None:
    """Send every log line of this process to stderr. Unknown levels raise ValueError."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # aioice and aiortc log addresses and SDP at INFO and DEBUG; those stay out of our logs.
    for chatty in ("aioice", "aiortc", "aiohttp.access", "qasync", "libav"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, root.level))
