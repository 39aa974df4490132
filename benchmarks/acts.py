"""One act with all its checks and its line in the ledger, against one bare row; both safe on the disk when done."""

import sqlite3
from contextlib import closing
from typing import Final

import sqlalchemy as sa
from sqlmodel import col

from benchmarks.floor import demo
from benchmarks.measure import Result, compare, timed
from workshop.commands.perform import perform
from workshop.commands.self_check import AnswerCheck
from workshop.db.database import PRAGMAS, Database
from workshop.db.tables import CheckAnswer, OrderItem, RepairOrder
from workshop.domain.states import Answer, ItemState, Stage

_TIMES: Final = 40


def run() -> Result:
    """A line of a self-check answered, again and again, in the demo shop; the baseline writes as many characters."""
    with demo() as db, closing(sqlite3.connect(f"{db.url.database}-bare", isolation_level=None)) as bare:
        for pragma in PRAGMAS:
            bare.execute(pragma)
        bare.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
        check, person_id = _line_in_hand(db)
        command = AnswerCheck(check=check, answer=Answer.NOT_APPLICABLE, reason="x")

        def act() -> None:
            perform(db, command, person_id, "bench")

        def insert() -> None:
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO line (text) VALUES (?)", ("x" * 600,))
            bare.execute("COMMIT")

        return compare("commands", timed(act, _TIMES), timed(insert, _TIMES))


def _line_in_hand(db: Database) -> tuple[int, int]:
    """An answered line of a self-check that is not signed yet, and who answered it."""
    query = (
        sa.select(col(CheckAnswer.id), col(CheckAnswer.answered_by_id))
        .join(OrderItem, col(OrderItem.id) == col(CheckAnswer.item_id))
        .join(RepairOrder, col(RepairOrder.id) == col(CheckAnswer.order_id))
        .where(
            col(RepairOrder.stage) == Stage.IN_WORK,
            col(OrderItem.state) == ItemState.DONE,
            col(OrderItem.round) == col(CheckAnswer.round),
            col(CheckAnswer.answer).is_not(None),
        )
        .order_by(col(CheckAnswer.id).desc())
        .limit(1)
    )
    with db.reading() as session:
        check, person = session.execute(query).one()
    return check, person
