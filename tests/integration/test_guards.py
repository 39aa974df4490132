"""What the database itself refuses, whoever writes to it: the rules that must never break by any door."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.databases import copied

from workshop.db.database import Database

RELEASE = "UPDATE repair_order SET stage = '{0}', released_at = opened_at, delivered_at = opened_at WHERE stage = '{1}'"
ISSUE = """
    INSERT INTO part_issue (line_id, part_id, quantity, basis, loan_reason, clerk_id, technician_id, at)
    SELECT line_id, part_id, quantity, '{0}', '', clerk_id, technician_id, at FROM part_issue WHERE basis = 'loan'
"""
COPY = "INSERT OR REPLACE INTO {0} SELECT * FROM {0} WHERE {1} = 1"


Guarded = Callable[[str, pytest.FixtureRequest], Database]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    """The busy shop of each kind of database, copied when it is first asked for: nothing is ever written there."""
    opened: dict[str, Database] = {}
    with ExitStack() as copies:

        def of(kind: str, request: pytest.FixtureRequest) -> Database:
            if kind not in opened:
                folder = tmp_path_factory.mktemp("guarded")
                opened[kind] = Database(copies.enter_context(copied(kind, "busy", folder, request)))
                copies.callback(opened[kind].close)
            return opened[kind]

        yield of


@pytest.fixture
def busy(kind: str, guarded: Guarded, request: pytest.FixtureRequest) -> Database:
    """The busy shop, with every guard in place."""
    return guarded(kind, request)


def refused(db: Database, statement: str, says: str) -> None:
    """The database refuses the statement with this text, and would have kept nothing of it."""
    with db.engine.connect() as connection:
        with pytest.raises(DBAPIError, match=says):
            connection.execute(sa.text(statement))
        connection.rollback()


@pytest.mark.parametrize("stage", ["opened", "dispatched", "in_work", "self_checked", "cancelled"])
@pytest.mark.parametrize("target", ["released", "delivered"])
def test_no_release_without_a_passed_inspection(busy: Database, stage: str, target: str) -> None:
    refused(busy, RELEASE.format(target, stage), "W7c: no release without a passed inspection")


def test_a_passed_inspection_of_an_earlier_round_releases_nothing(busy: Database) -> None:
    again = "UPDATE repair_order SET round = round + 1 WHERE stage = 'delivered'"
    refused(busy, again, "W7c: no release without a passed inspection")


def test_an_order_cannot_be_entered_as_released(busy: Database) -> None:
    columns = [column["name"] for column in sa.inspect(busy.engine).get_columns("repair_order")]
    other = {"id": "id + 900", "number": "'1000009000'", "certificate_no": "NULL"}
    values = ", ".join(other.get(name, name) for name in columns)
    delivered = f"SELECT {values} FROM repair_order WHERE stage = 'delivered'"
    insert = f"INSERT INTO repair_order ({', '.join(columns)}) {delivered}"
    refused(busy, insert, "W7c: no release without a passed inspection")


@pytest.mark.parametrize("basis", ["consumable", "first_fitting"])
def test_no_returnable_part_is_issued_without_the_old_one_or_a_loan(busy: Database, basis: str) -> None:
    refused(busy, ISSUE.format(basis), "W6b: no new part without the old one or a loan")


@pytest.mark.parametrize("basis", ["old_part", "loan"])
def test_an_issue_needs_what_its_basis_says(busy: Database, basis: str) -> None:
    refused(busy, ISSUE.format(basis), "old_for_new|loan_reason")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_line SET payload = '{{}}' WHERE number = 3",
        "DELETE FROM ledger_line WHERE number = 3",
        "UPDATE stock_movement SET quantity = 99 WHERE id = 1",
        "DELETE FROM stock_movement",
        "UPDATE part_issue SET basis = 'consumable', old_part_id = NULL",
        "UPDATE inspection SET passed = NOT passed",
        "DELETE FROM inspection",
        "UPDATE tool_move SET person_id = 1 WHERE place = 'person'",
        "DELETE FROM tool_service",
        "UPDATE tool_count_line SET seen = TRUE",
        "DELETE FROM missing_tool",
        "UPDATE liability_case SET custodian_id = NULL",
        "UPDATE liability_decision SET reason = 'x'",
        "UPDATE liability_share SET amount = 1",
        "DELETE FROM liability_answer",
        "DELETE FROM liability_settlement",
        "DELETE FROM part_write_off",
        "UPDATE tool_release SET fate = 'in_service'",
    ],
)
def test_ledger_stock_issues_inspections_tools_and_liability_are_never_changed_or_deleted(
    busy: Database, statement: str
) -> None:
    refused(busy, statement, "is append-only")


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("table", "key"), [("ledger_line", "number"), ("stock_movement", "id")])
def test_sqlite_replaces_no_line_behind_the_triggers(busy: Database, table: str, key: str) -> None:
    refused(busy, COPY.format(table, key), "is append-only")


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
@pytest.mark.parametrize("table", ["ledger_line", "stock_movement", "person CASCADE", "part CASCADE"])
def test_postgresql_truncates_neither_ledger_nor_stock(busy: Database, table: str) -> None:
    refused(busy, f"TRUNCATE {table}", "is append-only")


SHARE = "INSERT INTO liability_share (decision_id, person_id, percent, amount) SELECT id, {0}, 1, 1 FROM {1}"
PAYMENT = (
    "INSERT INTO liability_settlement (share_id, method, amount, received_by_id, note, at) "
    "SELECT share_id, method, {0}, received_by_id, note, at FROM liability_settlement"
)


def test_nobody_decides_on_himself(busy: Database) -> None:
    refused(busy, SHARE.format("decided_by_id", "liability_decision"), "W8a: nobody decides on himself")


@pytest.mark.parametrize("fen", [3951, 5881])
def test_nobody_pays_more_than_is_owed(busy: Database, fen: int) -> None:
    refused(busy, PAYMENT.format(fen), "W8a: nobody pays more than is owed")


def test_one_person_has_one_running_clock(busy: Database) -> None:
    second = (
        "INSERT INTO labour_entry (item_id, technician_id, started_at) "
        "SELECT item_id, technician_id, started_at FROM labour_entry WHERE ended_at IS NULL"
    )
    refused(busy, second, r"uq_labour_entry_running|labour_entry\.technician_id")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE hand_over SET taker_id = giver_id",
        "UPDATE fit_exception SET technician_id = clerk_id",
        "UPDATE check_answer SET answered_by_id = NULL WHERE answer IS NOT NULL",
        "UPDATE check_answer SET value = NULL WHERE value_required AND answer = 'ok'",
        "UPDATE change_line SET consented_by = '' WHERE decision = 'approved'",
        "UPDATE finding SET closed_by_id = NULL",
        "UPDATE repair_order SET delivered_at = NULL WHERE stage = 'delivered'",
        "UPDATE repair_order SET stage = 'lost'",
        "UPDATE part_line SET quantity = 0",
        "UPDATE labour_entry SET ended_at = '2001-01-01 00:00:00.000000' WHERE ended_at IS NOT NULL",
    ],
)
def test_rows_that_contradict_themselves_are_refused(busy: Database, statement: str) -> None:
    refused(busy, statement, "(?i)check constraint")


def test_a_cart_is_at_one_order_at_a_time(busy: Database) -> None:
    again = (
        "INSERT INTO order_cart (order_id, cart_id, round, drawn_by_id, drawn_at) "
        "SELECT order_id, cart_id, round, drawn_by_id, drawn_at FROM order_cart WHERE back_at IS NULL"
    )
    refused(busy, again, r"uq_order_cart_out|order_cart\.cart_id")


@pytest.mark.parametrize("place", ["crib", "bay", "cart"])
def test_a_tool_is_in_one_place_at_a_time(busy: Database, place: str) -> None:
    astray = (
        "INSERT INTO tool_move (tool_id, place, person_id, kept, note, by_id, at) "
        f"SELECT id, '{place}', 1, FALSE, '', 1, '2026-01-01 00:00:00.000000' FROM tool WHERE id = 1"
    )
    refused(busy, astray, "ck_tool_move_(person|bay|cart)")
