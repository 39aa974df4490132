"""Processes beside the test's own that come into the world with the whole program loaded."""

import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import forkserver
from multiprocessing.synchronize import Barrier
from unittest import mock

_start: Barrier


def together(number: int) -> ProcessPoolExecutor:
    """That many new processes; what each of them does first is to `wait_for_all`."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["support.whole_program"])
    # The server that they are forked from passes over what it is not told where to find, and each would load it anew.
    with mock.patch.dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path)):
        forkserver.ensure_running()
    return ProcessPoolExecutor(number, mp_context=context, initializer=_enter, initargs=(context.Barrier(number),))


def _enter(start: Barrier) -> None:
    global _start  # noqa: PLW0603 — a new process has no other place for what it was given
    _start = start


def wait_for_all() -> None:
    """In such a process: wait until all of them are here."""
    _start.wait(timeout=120)
