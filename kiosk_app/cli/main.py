"""``kiosk-app``: one command, its parts imported only when they are asked for.

Start-up time is a promise (Hjälp is painted within 1.2 s), so nothing heavy is imported here.
"""

import argparse
import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk_app.base.errors import KioskError


def build_parser() -> argparse.ArgumentParser:
    """Every command with its arguments; see the README for what each is for."""
    parser = argparse.ArgumentParser(
        prog="kiosk-app", description="Help for people alone in a shop: kiosk and back office."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="the kiosk alone, against the office in its settings")
    run.add_argument("--config", type=Path, help="the kiosk's settings, TOML")
    run.add_argument(
        "--print-settings", action="store_true", help="print every setting with its default"
    )

    office = commands.add_parser("office", help="the back office alone")
    office.add_argument("--config", type=Path, help="the office's settings, TOML")
    office.add_argument(
        "--print-settings", action="store_true", help="print every setting with its default"
    )

    demo = commands.add_parser("demo", help="kiosk and office together, with a shop and an agent")
    demo.add_argument("--data-dir", type=Path, help="where the demo keeps everything")
    demo.add_argument("--port", type=int, default=8420, help="the office's port; 0 picks one")
    demo.add_argument("--window", metavar="WxH", help="the kiosk's window size in px")
    demo.add_argument("--fullscreen", action="store_true", help="cover the whole screen")
    demo.add_argument("--language", default="sv", help="the shopper's language at the start")
    demo.add_argument(
        "--till",
        choices=("built-in", "web", "socket"),
        default="built-in",
        help="web: the sample checkout page; socket: a program of yours at kiosk/till.sock",
    )
    demo.add_argument("--till-url", metavar="URL", help="another page for --till web")
    demo.add_argument(
        "--shopper",
        choices=("none", "auto"),
        default="none",
        help="auto: a practice shopper at a kiosk of its own presses Hjälp now and then",
    )

    # Without help= it is not listed: the demo starts it, and nobody else need know.
    practice = commands.add_parser("practice")
    practice.add_argument("--config", type=Path, help="the practice kiosk's settings, TOML")

    enroll = commands.add_parser("enroll", help="make this kiosk's key and show its public half")
    enroll.add_argument("--config", type=Path, required=True, help="the kiosk's settings, TOML")

    admit = commands.add_parser("admit", help="let an enrolled kiosk in at the office")
    admit.add_argument("--config", type=Path, required=True, help="the office's settings, TOML")
    admit.add_argument("--kiosk", required=True, help="the kiosk's name")
    admit.add_argument("--key", required=True, help="the public key that enroll printed")

    login = commands.add_parser("login-link", help="a link that logs an agent in, once")
    login.add_argument("--config", type=Path, required=True, help="the office's settings, TOML")
    login.add_argument("--agent", required=True, help="the agent's name, for example Lisa")

    doctor = commands.add_parser("doctor", help="check this machine and say what to do")
    doctor.add_argument("--config", type=Path, help="the kiosk's settings, TOML")
    doctor.add_argument("--json", action="store_true", help="for machines")

    sign = commands.add_parser("sign", help="the store's A4 sign as a PDF")
    sign.add_argument("--store", required=True, help="the shop's name, as customers know it")
    sign.add_argument("--out", type=Path, default=Path("sign.pdf"), help="the file to write")
    sign.add_argument("--language", default="sv", help="the language that is set large")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Errors that are expected become one sentence on stderr and exit 1."""
    options = build_parser().parse_args(arguments)
    try:
        return _run(options)
    except KioskError as error:
        print(f"kiosk-app {options.command}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "run":
            # Whatever is imported stays; the kiosk turns it on again after its first paint.
            gc.disable()
            from kiosk_app.cli import run

            return run.print_settings() if options.print_settings else run.run(options.config)
        case "office":
            from kiosk_app.cli import office

            return (
                office.print_settings() if options.print_settings else office.run(options.config)
            )
        case "demo":
            from kiosk_app.cli import demo

            return demo.run(
                data_dir=options.data_dir,
                port=options.port,
                window=options.window,
                fullscreen=options.fullscreen,
                language=options.language,
                till=options.till,
                till_url=options.till_url,
                practice=options.shopper == "auto",
            )
        case "practice":
            from kiosk_app.cli import practice

            return practice.run(options.config)
        case "enroll":
            from kiosk_app.cli import enroll

            return enroll.enroll(options.config)
        case "admit":
            from kiosk_app.cli import enroll

            return enroll.admit(options.config, options.kiosk, options.key)
        case "login-link":
            from kiosk_app.cli import enroll

            return enroll.login_link(options.config, options.agent)
        case "doctor":
            from kiosk_app.cli import doctor

            return doctor.run(options.config, as_json=options.json)
        case "sign":
            from kiosk_app.cli import sign

            return sign.run(options.store, options.out, options.language)
    raise AssertionError(f"no such command: {options.command}")


if __name__ == "__main__":
    raise SystemExit(main())
