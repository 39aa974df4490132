"""Killing a process at any moment loses nothing that was acknowledged and leaves nothing half done."""

import subprocess
import sys
from pathlib import Path

from support.shop import SmallShop

from workshop.db import ledger
from workshop.db.invariants import check

LIVES = 20


def test_killed_processes_lose_no_acknowledged_act_and_leave_none_half_done(shop: SmallShop) -> None:
    with shop.db.reading() as session:
        before = ledger.head(session)

    done = subprocess.run(
        [sys.executable, "-m", "support.victim", shop.url, "7", str(LIVES)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )

    assert (done.returncode, done.stderr) == (0, "")
    told = {(int(number), key, name) for number, key, name in map(str.split, done.stdout.splitlines())}
    with shop.db.reading() as session:
        lines = ledger.after(session, before.number, most=100_000)
        kept = {(line.number, line.command_id, line.command) for line in lines}
        assert told <= kept, "what was acknowledged is there"
        assert len(kept) - len(told) <= LIVES, "each killed process had at most one act under way"
        assert ledger.verify(session, [before]) is None
        assert [str(breach) for breach in check(session)] == []
    assert len(told) > 2 * LIVES
    shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)  # and the next one works on
