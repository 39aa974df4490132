"""Random acts by random people on random orders never reach a state that the rules forbid.

Each walk mixes what sensible people would do next with acts that make no sense where they are done, drawn from the
commands' own declarations. A refusal is the only answer allowed; after every hundred acts all invariants are checked.

    WORKSHOP_WALK_STEPS=50000 WORKSHOP_WALK_SEED=7 uv run pytest tests/integration/test_random_acts.py

walks as many steps on each kind of database, by another path.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from support.databases import Once
from support.milestones import Milestone
from support.postgres import Server
from support.random_walk import Walk
from support.shop import SmallShop, build

WALKS = 3
STEPS = {"sqlite": 3000, "postgresql": 1800}
PATIENCE = 6
"""How many times its steps a walk may take until it has met everything."""
SEED = int(os.environ.get("WORKSHOP_WALK_SEED", "2024"))
BEGINS = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
"""Half past eight on a Monday in the shop: a walk that began now would be another one in every run."""


@pytest.fixture(scope="session")
def shop_file(once: Once) -> Path:
    """A SQLite file with the small shop as it was when the walks begin, to be copied."""
    return once.shop_file("walked_shop", build_then)


@pytest.fixture(scope="session")
def shop_template(postgres: Server, once: Once) -> str:
    """The name of a PostgreSQL database with the same, to be copied."""
    return once.template(postgres, "walked_shop", build_then)


def build_then(url: str) -> None:
    """Set the small shop up at the moment when the walks begin."""
    with time_machine.travel(BEGINS, tick=False):
        build(url)


_LAST = pytest.mark.one_database(
    "the same acts as on SQLite, where two other walks meet everything on PostgreSQL as well"
)


@pytest.mark.parametrize("turn", [*range(WALKS - 1), pytest.param(WALKS - 1, marks=_LAST)])
def test_random_acts_never_reach_a_forbidden_state(shop: SmallShop, kind: str, turn: int) -> None:
    steps = int(os.environ.get("WORKSHOP_WALK_STEPS", STEPS[kind])) // WALKS
    walk = Walk(shop, SEED + turn, begins=BEGINS, milestones=Milestone)
    while walk.steps < steps or ((walk.missed or walk.untried) and walk.steps < PATIENCE * steps):
        walk.take(100)
        walk.assert_sound()

    assert walk.missed == []
    assert walk.untried == []
    acts = sum(walk.tally.done.values()), sum(walk.tally.refused.values()), sum(walk.tally.invalid.values())
    assert all(acts), "done, refused, invalid"
