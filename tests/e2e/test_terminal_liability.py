"""A broken torque wrench at real terminals: from the scan of its label to the last fen, with an objection between.

With `WORKSHOP_KEEP_SCREENS=1` some of the screens on the way are kept under docs/screens.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from support.catalogue import TORQUE
from support.screens import BOTH, Keeper
from support.seat import Seat
from support.shop import PIN, SmallShop, Worker
from support.terminal import CLEAR, ENTER, ESC, F7, F8, F12, TAB, Room

from workshop.db.tables import Person
from workshop.domain.roles import Role
from workshop.queries.statements import statement

SECOND = "胡主任"
"""The second manager: in the small shop only one person is nothing but a manager."""
Seats = dict[str, Seat]


@pytest.fixture
def floor(shop_file: Path, tmp_path: Path) -> Iterator[SmallShop]:
    """The small shop with a second manager; the technician has the torque wrench by the record."""
    path = tmp_path / "shop.db"
    shutil.copyfile(shop_file, path)
    shop = SmallShop(f"sqlite:///{path}")
    shop.do("admin", "add-person", person=SECOND, has_roles=["manager"], pin=PIN)
    with shop.db.reading() as session:
        row = session.exec(select(Person).where(Person.name == SECOND)).one()
    shop.people["second"] = Worker(row.id or 0, row.badge, SECOND, (Role.MANAGER,), "")
    shop.do("keeper", "check-out-tool", tool=shop.tools[TORQUE], holder=shop.badge("technician"))
    yield shop
    shop.close()


@pytest.fixture
def seats(room: Room, floor: SmallShop) -> Seats:
    """Three people at three terminals; the second manager reads English."""
    who = ("technician", "manager", "second")
    found = {one: Seat(room.terminal(floor.url, one, IDLE_MINUTES="240"), floor.people[one], Keeper()) for one in who}
    for seat in found.values():
        seat.sign_in()
    found["second"].keys(F8).until("Help")
    return found


def test_a_broken_torque_wrench_goes_from_scan_to_settled_with_an_objection_and_two_instalments(
    seats: Seats, floor: SmallShop
) -> None:
    technician, manager, second = seats["technician"], seats["manager"], seats["second"]
    manager.go("责任案件").until("没有未结案件")
    report(technician, floor.tools[TORQUE])
    case = decide(manager)
    objection(technician, case)
    manager.keys(ENTER).until("现在没有您要办的")
    decide_again(second, case)
    instalments(manager, technician)
    release(second, case)
    kept(floor, case)


def report(technician: Seat, tool: str) -> None:
    """The label is scanned into the report; who had the wrench is read from the record. It is frozen."""
    technician.act_freely("上报工具损坏或丢失  W8a", "* 工具", "* 事情经过")
    technician.keys(tool, ENTER).until(tool)
    technician.keys("2").until("(x) 2 操作不当").keys(ENTER, "拧到头后用套管加力，棘轮打滑", F12)
    technician.until("张技师上报工具：扭力扳手", "保管人：张技师", "案件 50")
    technician.act_freely("领用工具  W8a", "* 工具")
    technician.keys(tool, ENTER, F12).until("! W8a", "已报损坏或丢失").keys(ESC).until_gone("! W8a")


def decide(manager: Seat) -> str:
    """The case appears by itself; the form knows the price and the custodian already."""
    manager.until("待认定", "¥520.00")
    manager.keys(ENTER).until("认定责任").keys("1").until("520.00", "张技师  百分比 100", "(x) 2 操作不当")
    manager.keys(TAB, TAB, TAB, TAB, "未按规程使用扭力扳手").until("未按规程使用扭力扳手")
    manager.keep("30-liability-decision", sizes=BOTH)
    manager.sign("待答复；等待：张技师")
    found = re.search(r"50\d{8}", manager.terminal.text)
    assert found is not None
    return found[0]


def objection(technician: Seat, case: str) -> None:
    """The technician sees it and objects."""
    technician.go("我的责任").until(case, "待答复", "您没有欠款")
    technician.keys(ENTER).until("提出异议").keys("2").until("* 本人陈述").keys("套管是师傅放在车上的，我按老办法用")
    technician.sign("有异议；等待：另一位车间主任")
    technician.keep("31-my-liability")


def decide_again(second: Seat, case: str) -> None:
    """The second manager reads the objection and decides half of it, for good."""
    second.go("Liability cases").until(case, "objected to; awaits: a second manager", "套管是师傅放在车上的")
    second.keys(ENTER).until("close without liability").keys("1").until("520.00", "张技师  percent 100")
    second.keys(ENTER).keys(CLEAR, "260.01", TAB, TAB, TAB, "工具管理也有责任，各担一半")
    second.sign("being settled; awaits: 张技师 ¥260.01")
    second.keep("32-liability-case", sizes=BOTH)


def instalments(manager: Seat, technician: Seat) -> None:
    """Two instalments, not a fen too much; the technician's statement adds up after each."""
    technician.until("您尚欠 ¥260.01").keys(F7).until("应赔 ¥260.01，已赔 ¥0.00，尚欠 ¥260.01")
    pay(manager, "100", "尚欠 ¥160.01")
    technician.until("已赔 ¥100.00，尚欠 ¥160.01")
    manager.keys(ENTER).until("收取赔偿款").keys("1").until("160.01")
    manager.keys(TAB, CLEAR, "160.02")
    manager.sign("只剩 160.01 未付")
    manager.keys(CLEAR, "160.01")
    manager.sign("已了结；等待：工具管理员")
    technician.until("应赔 ¥260.01，已赔 ¥260.01，尚欠 ¥0.00")
    technician.keep("33-statement", sizes=BOTH)
    assert [line.split()[-1] for line in technician.terminal.table()[:3]] == ["¥260.01", "¥160.01", "¥0.00"]


def pay(manager: Seat, amount: str, told: str) -> None:
    """One instalment."""
    manager.keys(ENTER).until("收取赔偿款").keys("1").until("* 付款人", "260.01")
    manager.keys(TAB, CLEAR, amount)
    manager.sign(told)


def release(second: Seat, case: str) -> None:
    """The wrench is beyond repair: out of use, and the case has ended."""
    second.until("settled; awaits: the tool keeper").keys(ENTER).until("what becomes of it").keys("2")
    second.until("(x) 2 out of use")
    second.sign("No case is open")
    second.until_no_row(case)


def kept(floor: SmallShop, case: str) -> None:
    """What the records say in the end."""
    with floor.db.reading() as session:
        found = statement(session, floor.badge("technician"))
    assert found is not None
    assert {line.account.entry.case for line in found.lines} == {case}
    assert [str(one) for one in (found.debit, found.credit, found.balance)] == ["260.01", "260.01", "0.00"]
    for check in (("verify",), ("db", "check")):
        command = [sys.executable, "-m", "workshop", "--lang", "en", "--database", floor.url, *check]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
