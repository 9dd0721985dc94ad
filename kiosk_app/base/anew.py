"""A program that begins anew, under its own process id, with a memory that holds nothing."""

import os
import sys
from typing import NoReturn

_FIRST_FILE = 3  # after stdin, stdout and stderr


def begin_anew() -> NoReturn:
    """Run this program's own command line again in place of this run.

    The kernel takes every page of memory and every file of the old run with it. Whoever started
    the program and watches it by its process id sees no difference.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    os.closerange(_FIRST_FILE, os.sysconf("SC_OPEN_MAX"))
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 -- no shell wanted
