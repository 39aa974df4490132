"""The made-up shop: everything that can be seen on a floor is there, by the rules, and only in its own file."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col, select
from support.demo_shop import NOW
from support.postgres import Server

from workshop.commands.perform import perform
from workshop.commands.sign_in import sign_in
from workshop.commands.stock import ReceiveStock
from workshop.db import facts, invariants, ledger
from workshop.db.cleaning_facts import load_areas
from workshop.db.database import Database
from workshop.db.facts import load_facts
from workshop.db.opening import open_database
from workshop.db.tables import FitException, LabourEntry, LedgerLine, OrderItem, RepairOrder, Vehicle
from workshop.demo.building import build
from workshop.demo.data import data_folder
from workshop.demo.home import DEMO_IN_USE, NOT_A_DEMO, make_ready
from workshop.domain import plates, vins
from workshop.domain.cleaning import ListState
from workshop.domain.demo import DEMO_PIN
from workshop.domain.facts import OrderFacts
from workshop.domain.holds import holds, lateness
from workshop.domain.plates import PlateKind
from workshop.domain.reasons import Refused
from workshop.domain.roles import Role
from workshop.domain.states import ENDED, Hold, ItemState, PauseReason, Stage
from workshop.domain.words import Message
from workshop.queries.cleaning_watch import month, open_closings
from workshop.queries.liability import open_cases
from workshop.queries.shop import shop, staff
from workshop.queries.spot_checks import open_checks, violations
from workshop.queries.statements import statements


@pytest.fixture
def demo(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """The demo, once on each kind of database; tests only look at it."""
    if kind == "sqlite":
        db = Database(f"sqlite:///{request.getfixturevalue('demo_file')}")
    else:
        server = request.getfixturevalue("postgres")
        db = Database(server.url(request.getfixturevalue("demo_template")))
    yield db
    db.close()


@pytest.fixture
def demo_copy(demo_file: Path, tmp_path: Path) -> Path:
    """A file of its own with the demo."""
    target = tmp_path / "data" / "workshop" / "demo.db"
    target.parent.mkdir(parents=True)
    return Path(shutil.copyfile(demo_file, target))


def every_order(session: Session) -> dict[int, OrderFacts]:
    return load_facts(session, list(session.exec(select(RepairOrder.id))), NOW)  # type: ignore[arg-type]


def test_thirty_orders_stand_in_every_stage(demo: Database) -> None:
    with demo.reading() as session:
        stages = Counter(session.exec(select(RepairOrder.stage)))
    assert set(stages) == set(Stage)
    assert stages.total() == 30


def test_every_hold_occurs_and_orders_are_late_and_will_be(demo: Database) -> None:
    with demo.reading() as session:
        orders = every_order(session).values()
    assert {hold for order in orders for hold in holds(order)} == set(Hold)
    assert any(lateness(order, NOW).late for order in orders)
    assert any(lateness(order, NOW).will_be for order in orders)
    assert any(not holds(order) and not lateness(order, NOW).late for order in orders if order.stage is Stage.IN_WORK)


def test_facts_are_the_same_for_one_order_and_for_all_asked_in_parts(
    demo: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with demo.reading() as session:
        together = every_order(session)
        alone = [load_facts(session, [key], NOW) for key in together]
        monkeypatch.setattr(facts, "_MOST", 7)
        assert every_order(session) == together
    assert [one for each in alone for one in each.items()] == list(together.items())


def test_no_rule_is_broken(demo: Database) -> None:
    with demo.reading() as session:
        assert [str(breach) for breach in invariants.check(session)] == []


def test_the_ledger_holds_and_time_never_runs_backwards(demo: Database) -> None:
    with demo.reading() as session:
        assert ledger.verify(session) is None
        times = list(session.exec(select(LedgerLine.at).order_by(col(LedgerLine.number))))
    assert times == sorted(times)
    assert times[-1] <= NOW
    assert times[-1] > NOW - timedelta(minutes=10)


def test_both_databases_tell_the_same_story(demo_file: Path, postgres: Server, demo_template: str) -> None:
    """The same moment gives the same shop: nothing is left to chance but the ids of imported acts."""
    told = []
    for url in (f"sqlite:///{demo_file}", postgres.url(demo_template)):
        db = Database(url)
        with db.reading() as session:
            lines = session.exec(select(LedgerLine).order_by(col(LedgerLine.number))).all()
            told.append([(one.at, one.badge, one.command, one.payload, one.outcome) for one in lines])
        db.close()
    assert told[0] == told[1]


def test_damage_and_loss_are_there_at_every_point_of_their_life(demo: Database) -> None:
    with demo.reading() as session:
        there = Counter((one.subject.value, one.state.value) for one in open_cases(session))
        balances = {one.person.name: (str(one.debit), str(one.balance)) for one in statements(session)}
    assert there == {
        ("tool", "settling"): 1,
        ("tool", "decided"): 1,
        ("tool", "reported"): 1,
        ("old_part", "reported"): 1,
    }
    assert balances == {"唐晓峰": ("340.00", "170.00")}


def test_people_of_every_role_sign_in_with_the_one_pin(demo: Database) -> None:
    with demo.reading() as session:
        here, people = shop(session), staff(session)
    assert here is not None
    assert here.demo
    assert len(people) == 21
    assert {role for person in people for role in person.roles} == set(Role)
    assert [person for person in people if len(person.roles) > 1]
    for person in people:
        assert sign_in(demo, person.badge, DEMO_PIN, lambda: NOW).name == person.name


def test_every_plate_and_vin_is_right_and_many_kinds_occur(demo: Database) -> None:
    with demo.reading() as session:
        cars = session.exec(select(Vehicle)).all()
    kinds = {plates.parse(car.plate).kind for car in cars if car.plate}
    assert kinds >= {
        PlateKind.CIVIL,
        PlateKind.NEV_SMALL,
        PlateKind.NEV_LARGE,
        PlateKind.TRAILER,
        PlateKind.COACH,
        PlateKind.POLICE,
        PlateKind.HONG_KONG,
        PlateKind.TEMPORARY,
    }
    assert [car for car in cars if car.plate is None]
    for car in cars:
        vin = vins.parse(car.vin)
        assert vin.check_digit_ok
        if vin.check_digit_binding:
            assert vins.model_year(car.vin) == car.model_year


def test_what_a_floor_knows_is_there(demo: Database) -> None:
    with demo.reading() as session:
        facts = every_order(session)
        orders = {order.id: order for order in session.exec(select(RepairOrder))}
        items = session.exec(select(OrderItem)).all()
        clocks = session.exec(select(LabourEntry)).all()
        exceptions = session.exec(select(FitException)).all()
    assert [order for order in orders.values() if order.certificate_no and order.stage is Stage.RELEASED]
    assert [order for order in orders.values() if order.comeback_of_id and order.stage is Stage.IN_WORK]
    assert [order for order in facts.values() if any(line.debt for line in order.lines)]
    assert [order for order in facts.values() if 0 < order.inspection_unanswered < 18]
    assert [item for item in items if item.guarantee_until and orders[item.order_id].stage is Stage.DELIVERED]
    assert [item for item in items if item.state is ItemState.DECLINED and item.taken_up_by_id is None]
    assert [item for item in items if item.state is ItemState.DEFERRED and item.taken_up_by_id is not None]
    assert len([clock for clock in clocks if clock.ended_at is None]) >= 5
    assert {clock.paused for clock in clocks} >= {PauseReason.WAITING_PARTS, PauseReason.WAITING_APPROVAL}
    assert exceptions
    assert all(one.technician_id for one in exceptions)


def test_the_last_days_were_cleaned_and_everything_that_befalls_a_list_occurs(demo: Database) -> None:
    with demo.reading() as session:
        areas = {area.name: area for area in load_areas(session)}
        states = {
            state
            for area in areas.values()
            for day in (NOW.date(), NOW.date() - timedelta(days=20))
            for cell in getattr(month(session, NOW, area.number, day), "cells", ())
            for _, state in cell.lists
        }
        closings, checks = open_closings(session, NOW), open_checks(session)
        seen = violations(session, NOW - timedelta(days=30))
    assert states == set(ListState)
    assert [one.area.is_common for one in closings] == [True]
    assert {bool(check.remedy) for check in checks} == {True, False}
    assert len(seen) == 1
    assert (areas["1号工位"].whose, areas["全店"].is_common) == ("高俊杰 机电一组", True)


def test_a_car_that_is_back_has_lines_left_to_offer(demo: Database) -> None:
    with demo.reading() as session:
        left = session.exec(
            select(RepairOrder.vehicle_id)
            .join(OrderItem, col(OrderItem.order_id) == col(RepairOrder.id))
            .where(OrderItem.state == ItemState.DECLINED, col(OrderItem.taken_up_by_id).is_(None))
        ).all()
        here = session.exec(select(RepairOrder.vehicle_id).where(col(RepairOrder.stage).not_in(ENDED))).all()
    assert set(left) & set(here)


def test_a_shop_is_not_built_over_another(demo: Database) -> None:
    with demo.reading() as session:
        before = ledger.head(session)
    with pytest.raises(Refused) as refused:
        build(demo, NOW)
    assert [reason.code for reason in refused.value.reasons] == ["already_started"]
    with demo.reading() as session:
        assert ledger.head(session) == before


# --- `workshop demo` -------------------------------------------------------------------------------------------------


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`workshop` with standard output that is no terminal, at home in an empty folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WORKSHOP_", "XDG_"))}
    env = kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "workshop", *arguments],
        env=env,
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )


def files(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


def test_without_a_terminal_the_demo_is_built_and_the_board_printed(tmp_path: Path) -> None:
    own = tmp_path / "data" / "workshop" / "workshop.db"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"the shop's own records")
    ended = run(tmp_path, "--lang", "en", "demo")
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert "…" in lines[0]
    assert len([line for line in lines if re.match(r"10\d{8} ", line)]) == 25
    assert len([line for line in lines if re.match(r" +30\d{8} ", line)]) == 21
    assert DEMO_PIN in ended.stdout
    assert "--reset" in lines[-1]
    assert files(tmp_path) == {"data/workshop/demo.db", "data/workshop/workshop.db"}
    assert own.read_bytes() == b"the shop's own records"


def test_a_demo_that_is_there_is_opened_as_it_is(demo_copy: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(demo_copy)) as connection:
        before = connection.execute("SELECT number, hash FROM ledger_head").fetchone()
    ended = run(tmp_path, "demo")
    assert ended.returncode == 0, ended.stderr
    assert "…" not in ended.stdout
    with closing(sqlite3.connect(demo_copy)) as connection:
        assert connection.execute("SELECT number, hash FROM ledger_head").fetchone() == before


def test_reset_starts_over(demo_copy: Path, tmp_path: Path) -> None:
    db = open_database(f"sqlite:///{demo_copy}")
    with db.reading() as session:
        clerk = (
            session.execute(sa.text("SELECT person_id FROM personrole WHERE role = 'parts_clerk'")).scalars().first()
        )
    perform(db, ReceiveStock(part_no="PF64", quantity=3), int(clerk or 0), "test")
    db.close()
    demo_copy.with_name("demo.db.witness").write_text("1 " + "0" * 64 + "\n")
    ended = run(tmp_path, "demo", "--reset")
    assert ended.returncode == 0, ended.stderr
    assert files(tmp_path) == {"data/workshop/demo.db"}
    with closing(sqlite3.connect(demo_copy)) as connection:
        begun = connection.execute("SELECT COUNT(*), SUM(terminal = 'test') FROM ledger_line").fetchone()
    assert begun[0] > 1000
    assert begun[1] == 0, "what was done in the demo before is gone"


@pytest.mark.parametrize("content", [b"", b"these are somebody's notes", None])
def test_reset_refuses_a_file_that_is_no_demo(content: bytes | None, tmp_path: Path, prepared_file: Path) -> None:
    file = tmp_path / "demo.db"
    if content is None:  # a shop's database, but not a demo's
        shutil.copyfile(prepared_file, file)
    else:
        file.write_bytes(content)
    before = file.read_bytes()
    with pytest.raises(Refused) as refused:
        make_ready(file, nobody_listens, reset=True)
    assert [reason.kind for reason in refused.value.reasons] == [NOT_A_DEMO]
    assert file.read_bytes() == before


def test_reset_refuses_while_somebody_works_in_the_demo(demo_copy: Path) -> None:
    db = open_database(f"sqlite:///{demo_copy}")
    with db.reading() as session:
        assert shop(session)
        with pytest.raises(Refused) as refused:
            make_ready(demo_copy, nobody_listens, reset=True)
        assert [reason.kind for reason in refused.value.reasons] == [DEMO_IN_USE]
    with db.reading() as session:
        assert ledger.verify(session) is None
    db.close()


def nobody_listens(_message: Message) -> None:
    """Take the place of standard output."""


def test_the_data_files_are_found() -> None:
    assert {path.name for path in (data_folder() / "demo").iterdir()} == {
        "areas.csv",
        "carts.csv",
        "pieces.csv",
        "shop.toml",
        "people.csv",
        "vehicles.csv",
        "orders.csv",
    }
