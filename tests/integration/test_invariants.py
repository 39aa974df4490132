"""Every invariant reports the states that it forbids, and none reports a shop in which the rules held."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session
from support.busy_shop import BusyDay
from support.corruptions import CORRUPTIONS
from support.postgres import Server
from support.shop import SmallShop

from workshop.db.invariants import INVARIANTS, check
from workshop.domain.words import Message

GUARDS = ("uq_labour_entry_running", "uq_lifting_up")
BY_CODE = {invariant.code: invariant for invariant in INVARIANTS}
CASES = [(code, statement) for code, statements in CORRUPTIONS.items() for statement in statements]


@pytest.fixture(scope="session")
def naked_file(busy_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The busy shop in a SQLite file without triggers and guarding indexes."""
    path = tmp_path_factory.mktemp("naked") / "shop.db"
    shutil.copyfile(busy_file, path)
    with sa.create_engine(f"sqlite:///{path}").begin() as connection:
        triggers = connection.execute(sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in triggers.scalars().all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for index in GUARDS:
            connection.exec_driver_sql(f"DROP INDEX {index}")
    return path


@pytest.fixture(scope="session")
def naked_database(postgres: Server, busy_template: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the busy shop, without CHECKs and guarding indexes."""
    with postgres.database("naked", busy_template) as name:
        _undress(postgres.url(name))
        yield name


def _undress(url: str) -> None:
    engine = sa.create_engine(url)
    checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
    with engine.begin() as connection:
        for table, constraint in connection.execute(sa.text(checks)).all():
            connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
        for index in GUARDS:
            connection.exec_driver_sql(f"DROP INDEX {index}")
    engine.dispose()


@pytest.fixture
def unguarded(kind: str, request: pytest.FixtureRequest) -> Iterator[Session]:
    """A session on the busy shop that nothing keeps from writing nonsense; it is rolled back."""
    if kind == "sqlite":
        engine = sa.create_engine(f"sqlite:///{request.getfixturevalue('naked_file')}")
        guards_off = ["PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"]
    else:
        server: Server = request.getfixturevalue("postgres")
        engine = sa.create_engine(server.url(request.getfixturevalue("naked_database")))
        guards_off = ["SET session_replication_role = replica"]
    with engine.connect() as connection:
        for statement in guards_off:
            connection.exec_driver_sql(statement)
        with Session(connection) as session:
            yield session
        connection.rollback()
    engine.dispose()


def codes(session: Session) -> set[str]:
    """The codes of the invariants that are broken."""
    return {breach.invariant.code for breach in check(session)}


def test_every_invariant_is_known_by_its_own_code_and_has_a_forbidden_state_to_report() -> None:
    assert sorted(invariant.code for invariant in INVARIANTS) == sorted(CORRUPTIONS)
    assert all(isinstance(invariant.text, Message) for invariant in INVARIANTS)


def test_a_shop_in_which_the_rules_held_breaks_no_invariant(unguarded: Session) -> None:
    assert [str(breach) for breach in check(unguarded)] == []


@pytest.mark.parametrize(("code", "statement"), CASES, ids=[f"{code}-{n}" for n, (code, _) in enumerate(CASES)])
def test_a_forbidden_state_is_reported(unguarded: Session, code: str, statement: str) -> None:
    result = unguarded.connection().exec_driver_sql(statement)
    assert result.rowcount > 0, "the statement changes something"
    assert BY_CODE[code].rows(unguarded)


def test_a_breach_says_the_rule_what_is_wrong_and_where(unguarded: Session) -> None:
    unguarded.connection().exec_driver_sql("DELETE FROM self_check WHERE round = 1")
    breach = next(one for one in check(unguarded) if one.invariant.code == "self_check_unsigned")
    assert breach.invariant.rule == "W7a"
    assert breach.row["number"] in str(breach)
    assert str(breach.invariant.text) in str(breach)


def test_a_later_correction_of_the_catalogue_does_not_make_an_earlier_issue_wrong(shop: SmallShop) -> None:
    BusyDay(shop).run()
    part = {"part_no": "FILTER", "name_zh": "机油滤清器", "name_en": "Oil filter", "price": "45"}
    shop.do("manager", "put-part", **part, old_part="consumable")
    with shop.db.reading() as session:
        assert codes(session) == set()
