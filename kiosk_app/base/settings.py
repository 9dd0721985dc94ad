"""Settings: TOML files read into frozen structs, each key with type, unit and default."""

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta

from kiosk_app.base.errors import SettingsError

T = TypeVar("T")

# The wire carries no longer names: a kiosk with one would be refused at every press of Hjälp.
Name = Annotated[str, Meta(min_length=1, max_length=120)]
OnScreenKeyboard = Literal["touch", "always", "never"]
TillKind = Literal["built-in", "web", "socket"]
Speech = Literal["on", "mock", "off"]
Headsets = Literal["sound-server", "keys"]
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class KioskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kiosk's settings file."""

    kiosk: Name
    store: Name
    till_name: Name
    office_url: str
    data_dir: str
    office_key: str = ""
    store_phone: Annotated[str, Meta(max_length=40)] = ""
    position: Literal["entrance", "till", "shelf"] = "till"
    till: TillKind = "built-in"
    till_url: str = ""
    till_hosts: tuple[str, ...] = ()
    language: str = "sv"
    fullscreen: bool = True
    window: str = ""
    px_per_mm: Annotated[float, Meta(ge=0.5, le=50)] = 3.6
    reduced_motion: bool = False
    high_contrast: bool = False
    on_screen_keyboard: OnScreenKeyboard = "touch"
    key_repeat_guard: Annotated[float, Meta(ge=0, le=2)] = 0.08
    speech: Speech = "on"
    speech_keys: str = "start=F9 stop=F8 repeat=F10 read=F7 softer=F11 louder=F12"
    headset: Headsets = "sound-server"
    speech_transcript: str = ""
    panel_foot_mm: Annotated[float, Meta(ge=0, le=2000)] = 700.0
    phone_region: Annotated[str, Meta(pattern="^[A-Z]{2}$", max_length=2)] = "SE"
    microphone: str = ""
    speaker: str = ""
    camera: str = ""
    offer_voice_after: Annotated[float, Meta(ge=1, le=3600)] = 60.0
    keyring: Literal["system", "data-dir"] = "system"
    log_level: LogLevel = "INFO"


class OfficeSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The back office's settings file."""

    data_dir: str
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65_535)] = 8420
    public_host: str = ""
    tls_certificate: str = ""
    tls_key: str = ""
    behind_proxy: bool = False
    callback_keep_hours: Annotated[float, Meta(ge=1, le=720)] = 24.0
    log_level: LogLevel = "INFO"


DESCRIPTIONS: dict[str, str] = {
    "kiosk": "this kiosk's name, as enrolled at the office",
    "store": "the shop's name, shown to shopper and agent",
    "till_name": "this till's name in the shop, for example Kassa 2",
    "office_url": "the office's WebSocket, ws://127.0.0.1:8420/kiosk or wss://…",
    "office_key": "the office's public key as kiosk-app admit prints it; empty: nothing that the "
    "office signs is believed, so agents cannot act at this till",
    "store_phone": "the shop's own number as it is read on the screen, for somebody in danger "
    "while nobody can be reached; empty: only 112 is named",
    "data_dir": "directory this program may write, private to its user",
    "position": "where in the shop: entrance, till or shelf",
    "till": "built-in; web: the page at till_url, which needs the extra web; socket: another "
    "program on this machine, which owns the screen, at till.sock in data_dir",
    "till_url": "where a web till is: https://… or a file: on this machine",
    "till_hosts": "hosts that a web till may load from beside its own; *.example.se takes in "
    "every one below example.se",
    "language": "language at the start of each visit: sv or en",
    "fullscreen": "cover the whole screen",
    "window": "window size as WIDTHxHEIGHT in px where not fullscreen; empty: fit the screen",
    "px_per_mm": "the panel's pixels per millimetre, measured; sizes in mm follow it",
    "reduced_motion": "fades instead of movement",
    "high_contrast": "start each visit in high contrast",
    "key_repeat_guard": "seconds after a key on the screen is let go in which it does not count "
    "again: for hands that tremble; up to 0.5 from the screen itself",
    "speech": "read the screen aloud for whoever asks: on, off, or mock (unheard, for tests)",
    "speech_keys": "what keys steer it, as Qt names them; also headset_in and headset_out, for "
    "keypads with a socket that send keys when a plug goes in and out",
    "headset": "who says that a headset is plugged in: the sound-server, or the keypad's keys",
    "speech_transcript": "file that gets everything said, only with speech = mock; empty: none",
    "panel_foot_mm": "height of the panel's lower edge above the floor; the lowered screen keeps "
    "everything within 1100 mm of the floor",
    "phone_region": "country (ISO 3166, two letters) of a telephone number without a country code",
    "on_screen_keyboard": "comes up for a finger (touch), for any press, as panels that play a "
    "mouse need (always), or not at all (never)",
    "microphone": "name of the microphone for calls, as kiosk-app doctor lists it; empty: the "
    "machine's own choice; none: no calls",
    "speaker": "name of the speaker for calls; empty and none as for the microphone",
    "camera": "name or device file of the camera; empty: the first one; none: no video; "
    "test-pattern: a drawn picture, for demos; /path: a film instead",
    "offer_voice_after": "seconds of text after which the kiosk offers voice",
    "keyring": "where the key is kept: system (the keyring) or data-dir (a file, for demos)",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "host": "address to listen on; other than loopback only with TLS or behind_proxy",
    "port": "TCP port to listen on; 0 picks a free one",
    "public_host": "host[:port] that kiosks and browsers use; empty: host:port",
    "tls_certificate": "PEM file with the certificate chain; empty: no TLS",
    "tls_key": "PEM file with the private key",
    "behind_proxy": "a proxy in front terminates TLS",
    "callback_keep_hours": "hours that a number to call is kept from when the office has it; then "
    "the call counts as missed and the number is deleted",
}


def window_size(text: str) -> tuple[int, int]:
    """Width and height in px from the setting ``window``. SettingsError for what is no size."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) * int(height)):
        raise SettingsError(
            f"window = {text!r} is no size. Nothing was started. "
            f"Give it as WIDTHxHEIGHT in px, for example 1080x1920."
        )
    return int(width), int(height)


def load_settings(path: Path, kind: type[T]) -> T:
    """Read ``path`` as ``kind``. SettingsError names the file, the key and what it takes."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise SettingsError(
            f"The settings file {path} cannot be read ({error.strerror}). "
            f"Give one with --config FILE; kiosk-app run --print-settings shows every key."
        ) from error
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise SettingsError(
            f"The settings file {path} is not right: {error}. "
            f"kiosk-app run --print-settings shows every key with its type and default."
        ) from error


def describe(kind: type[msgspec.Struct]) -> str:
    """Every key of ``kind`` as commented TOML: type, default, meaning."""
    lines = []
    for field in msgspec.structs.fields(kind):
        required = field.default is msgspec.NODEFAULT
        type_name = _type_name(field.type)
        lines.append(
            f"# {DESCRIPTIONS[field.name]} ({type_name}{', required' if required else ''})"
        )
        value = (
            "" if required else msgspec.toml.encode({field.name: field.default}).decode().strip()
        )
        lines.append(value or f"# {field.name} =")
    return "\n".join(lines) + "\n"


def _type_name(annotation: Any) -> str:
    """``str``, ``float`` …, or the words a key takes."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) is Literal:
        return " or ".join(str(word) for word in get_args(annotation))
    if get_origin(annotation) is tuple:
        return f"list of {_type_name(get_args(annotation)[0])}"
    return str(annotation.__name__)
