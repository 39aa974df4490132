"""What all tests share."""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from hypothesis import HealthCheck, settings
from support.own_time import OwnTime

from workshop.commands import pins

pytest_plugins = [
    "support.compiled",
    "support.databases",
    "support.shop",
    "support.busy_shop",
    "support.one_order",
    "support.cleaning_week",
    "support.acting",
    "support.terminal",
    "support.demo_shop",
    "support.printer",
    "support.paper_stack",
]


# Tests start the program a hundred times: where Python is told to keep nothing compiled, each start took twice as long.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A screen makes thousands of objects that stay: to look for garbage after every few hundred took a fifth of the time.
gc.set_threshold(50_000, 20, 100)
# A PIN is dear to try; only tests/unit/test_pins.py is about that. What a hash cost stands in it: both kinds are read.
pins._hasher = PasswordHasher.from_parameters(CHEAPEST)


# How long an example takes is asserted of none: a busy machine is no finding. On CI the same examples every time.
settings.register_profile(
    "any_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("any_machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--nightly`: everything that is shown by samples otherwise."""
    parser.addoption("--nightly", action="store_true", help="show by all what is shown by samples otherwise")


_LONG: Final = (
    "test_terminal_order.py",
    "test_random_hands.py",
    "test_random_acts.py",
    "test_screens.py",
    "test_hammer.py",
    "test_kill.py",
    "test_terminal_liability.py",
    "test_demo.py",
)
"""Files whose tests take long, the longest first."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, shared out among the workers: begun last, it would keep one busy alone."""
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    rank = {name: place for place, name in enumerate(_LONG)}
    long = sorted((item for item in items if item.path.name in rank), key=lambda item: rank[item.path.name])
    short = [item for item in items if item.path.name not in rank]
    dealt: list[pytest.Item] = []
    for worker in range(workers):  # each worker begins with its own run of the list, and the runs are of one length
        hand = long[worker::workers]
        room = (len(items) - len(dealt)) // (workers - worker) - len(hand)
        dealt += hand + short[:room]
        del short[:room]
    items[:] = dealt


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are cores: tests wait for screens, other processes and the server."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Tests that wait do so on a loop with a clock of its own."""
    return {"own_time": OwnTime}
