"""One order from reception to delivery at real terminals, side by side.

With `WORKSHOP_KEEP_SCREENS=1` the screens on the way are kept under docs/screens.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.screens import BOTH, Keeper
from support.seat import Seat
from support.shop import SmallShop
from support.terminal import CLEAR, DOWN, ENTER, ESC, F2, F8, F12, SPACE, TAB, Room

from workshop.domain.vins import with_check_digit

VIN = with_check_digit("LSVAB4187N2100777")
WRITTEN, REAL = "粤B68K26", "粤B68K28"
"""The plate as the advisor writes it down at first, and as it is on the car."""
CHINESE = ("advisor", "technician", "clerk")
ENGLISH = ("advisor2", "leader", "inspector")
MORE = (
    {"code": "FLUID", "name_zh": "更换制动液", "name_en": "Brake fluid change", "drip_pan": True},
    {"code": "BELT", "name_zh": "更换附件皮带", "name_en": "Accessory belt"},
)
Seats = dict[str, Seat]


@pytest.fixture
def floor(shop_file: Path, tmp_path: Path) -> Iterator[SmallShop]:
    """The small shop with its catalogue, its people and no order."""
    path = tmp_path / "shop.db"
    shutil.copyfile(shop_file, path)
    shop = SmallShop(f"sqlite:///{path}")
    shop.do("manager", "revise-shop", shop="畅行汽车服务中心", address="样板路 100 号", phone="0755-12345678")
    for operation in MORE:
        rest = {"category": "maintenance", "repair_class": "minor", "checklist": "general", "minutes": 48, "price": 176}
        shop.do("manager", "put-operation", **rest, **operation)
    for operation, part in (("BRAKE", "PAD"), ("LEVEL2", "FILTER")):
        shop.do("clerk", "put-usual-parts", operation=operation, parts=[{"part_no": part, "quantity": 1}])
    yield shop
    shop.close()


@pytest.fixture
def seats(room: Room, floor: SmallShop) -> Seats:
    """Six people at six terminals; half of them read Chinese, half English."""
    keeper = Keeper()
    found = {
        who: Seat(room.terminal(floor.url, who, IDLE_MINUTES="240"), floor.people[who], keeper)
        for who in (*CHINESE, *ENGLISH)
    }
    found["advisor"].until("工牌").until_gone("正在打开数据")
    found["advisor"].keep("01-sign-in")
    for seat in found.values():
        seat.sign_in()
    for who in ENGLISH:
        found[who].keys(F8).until("Help")
    return found


def test_an_order_goes_from_reception_to_delivery_through_every_gate(seats: Seats, floor: SmallShop) -> None:
    order = reception(seats["advisor"])
    dispatch(seats["leader"], order)
    plate(seats["technician"], seats["advisor"], order)
    start(seats["technician"])
    parts(seats["clerk"], seats["technician"])
    finding(seats["technician"], seats["advisor2"], order)
    work(seats["technician"])
    self_check(seats["technician"])
    loan_returned(seats["clerk"], seats["technician"])
    hand_over(seats["technician"], seats["leader"], order)
    failed(seats["inspector"], order)
    rework(seats["technician"])
    hand_over(seats["technician"], seats["leader"], order)
    passed(seats["inspector"], order)
    delivery(seats["advisor"], order)
    shelf(seats["clerk"])
    kept(floor, order)


def reception(advisor: Seat) -> str:
    """The car is found by nobody, registered, and its order opened; the plate is written down wrongly."""
    advisor.go("接车")
    advisor.keys(WRITTEN).until("按 Enter 登记")
    advisor.keys(ENTER).until("登记车辆", "* VIN")
    advisor.keys(
        VIN, ENTER, ENTER, "蓝", ENTER, ENTER, "Volkswagen", ENTER, "Lavida", ENTER, "2021", ENTER, ENTER, "1380", ENTER
    )
    advisor.keys("周晓梅", ENTER, "13900001234").until("13900001234")
    advisor.keep("02-new-vehicle")
    advisor.keys(ENTER).until("登记了车辆", f"1  {WRITTEN}")
    advisor.keys(ENTER).until("开工单", "首次进厂")
    advisor.keys("做二级维护，刹车有异响", TAB, "52300", ENTER, "+4h", ENTER)
    advisor.keys("LEVEL2", ENTER).until("1 × FILTER 机油滤清器")
    advisor.keys("BRAKE", ENTER).until("1 × PAD 制动片", "2 个项目", "¥373.80")
    advisor.keep("03-new-order", sizes=BOTH)
    advisor.keys(F12).until("[已开单]", "1 概览")
    found = re.search(r"10\d{8}", advisor.terminal.text)
    assert found is not None
    return found[0]


def dispatch(leader: Seat, order: str) -> None:
    """The team leader sees the order at once, and gives it to a technician and a bay."""
    leader.until(order)
    leader.go("Dispatch").until(order, "ready: dispatch")
    leader.keys(ENTER).until("* team")
    leader.keys(DOWN).until("二组")
    leader.keys(ENTER, DOWN).until("张技师")
    leader.keep("04-dispatch")
    leader.keys(ENTER, DOWN).until("2号工位")
    leader.keys(ENTER).until("dispatched the order to 张技师")


def plate(technician: Seat, advisor: Seat, order: str) -> None:
    """W1: what is on the car does not match; the front desk sees it without a key, corrects it; a fresh check fits."""
    advisor.go("审批待办").until("没有等待前台处理的事项")
    technician.terminal.never_shows(WRITTEN, WRITTEN[2:])
    technician.go("工位").until(order)
    technician.keys(ENTER).until("●●●")
    technician.step("盲核")
    technician.keep("05-blind-check")
    technician.keys(REAL, ENTER).until("不符，工单已挂起")
    advisor.until("车牌不符", f"{WRITTEN[-1]}^", f"{REAL[-1]}^")
    advisor.keep("06-plate-mismatch", sizes=BOTH)
    technician.step("盲核").keys(REAL, ENTER).until("W1", "请服务顾问更正工单")
    technician.keys(ESC).until_gone("盲核")
    advisor.keys("1").until("更正车牌", "* 理由")
    advisor.keys(CLEAR, REAL, ENTER, "接车时看错一位", F12).until("没有等待前台处理的事项", f"更正为 {REAL}")
    technician.until_gone("挂起：")
    technician.step("盲核").keys(CLEAR, "粤b·68k28", ENTER).until("相符", "[车牌已核]")
    technician.terminal.never_shows()


def start(technician: Seat) -> None:
    """W2, S6: the items agree with the fault; the first one starts once its precautions are confirmed."""
    technician.step("项目相符").keys(ENTER).until("[项目已确认]")
    technician.row("二级维护").keys(ENTER).until("开工前确认", "▐ ▌")
    technician.keys(F12).until("! S6")
    technician.keys(ENTER).until("▐ ▌")
    technician.keep("07-before-the-start")
    technician.keys(SPACE).until("您正在计时", "[施工中]")


def parts(clerk: Seat, technician: Seat) -> None:
    """W6b: one part for the old one, the other on loan; both are fitted."""
    clerk.go("备件柜台").until("FILTER", "PAD")
    clerk.row("FILTER").keys(ENTER).until("旧件已在柜台")
    clerk.keys(ENTER, ENTER, "2", ENTER).until("W6b")
    clerk.keys("1", ENTER).until("孙备件发料：1 × 机油滤清器")
    clerk.row("PAD")
    clerk.act("借领发料  W6b", "旧件后补的理由")
    clerk.keys(ENTER, ENTER, "要先装新片才能移车")
    clerk.sign("孙备件借领发料")
    clerk.keep("08-parts-counter", sizes=BOTH)
    technician.until_row("借领（欠旧件）", "待装车 1 件")
    technician.row("旧件已交").keys(ENTER).until("装车时再次核对").keys(F12).until("张技师装车：1 × 机油滤清器")


def finding(technician: Seat, advisor: Seat, order: str) -> None:
    """W4, W5: a finding with two lines reaches the front desk; one is approved, one declined."""
    advisor.go("Approvals inbox").until("Nothing waits")
    technician.act("上报发现问题  W4", "* 问题描述")
    technician.keys("制动液含水量超标，附件皮带有裂纹", TAB, "发动机舱", ENTER, "1", ENTER)
    technician.keys("1").until("标准作业").keys("FLUID", ENTER, F12).until_gone("标准作业")
    technician.keys("2").until("标准作业").keys("BELT", ENTER, F12).until_gone("标准作业")
    technician.until("1  FLUID", "2  BELT")
    technician.keep("09-finding")
    technician.keys(F12).until("挂起：审批")
    advisor.until(order, "Brake fluid change", "Accessory belt", "[safety]")
    advisor.keep("10-approvals", sizes=BOTH, svg=True)
    advisor.row("Brake fluid change").keys("1").until("consent by")
    advisor.keys("2", ENTER, "周晓梅").until("周晓梅")
    advisor.keep("11-consent")
    advisor.keys(F12).until("approved by 周晓梅 (telephone)")
    advisor.until_no_row("Brake fluid change")
    advisor.row("Accessory belt").keys("2").until("consent by", "周晓梅")
    advisor.keys(F12).until("declined by 周晓梅", "Nothing waits")


def work(technician: Seat) -> None:
    """W3, S4, S5: the approved item appears by itself; every item is done, one at a time."""
    technician.until("更换制动液").until_gone("挂起：")
    technician.until_no_row("附件皮带")
    finish(technician, "二级维护")
    technician.row("更换制动片").keys(ENTER).until("举升监护人工牌")
    technician.keys(technician.worker.badge, ENTER).until("! S5").until_gone("举升监护人工牌")
    technician.keys(ENTER).until("举升监护人工牌").keys("3000000063", ENTER)
    technician.until_row("更换制动片", "您正在计时")
    technician.row("借领（欠旧件）").keys(ENTER).until("装车时再次核对").keys(F12)
    technician.until_row("1 × 制动片", "已装车")
    technician.keep("12-work-page", sizes=BOTH, svg=True)
    finish(technician, "更换制动片")
    technician.row("更换制动液").keys(ENTER).until("开工前确认").keys(SPACE)
    technician.until_row("更换制动液", "您正在计时")
    finish(technician, "更换制动液")


def finish(technician: Seat, item: str) -> None:
    """Finish an item; its own list appears."""
    technician.row(item).keys(ENTER).until("项目完工").keys(F12)
    technician.until_row(item, "已完工")


def self_check(technician: Seat) -> None:
    """W7a: a line that is not OK sends its item back to work; then the list is answered anew, line by line."""
    technician.row("摩擦片厚度").keys("1").until("实测值").keys("2.1", F12).until("! W7a")
    technician.keys(ESC).until_gone("实测值").keys("2").until("理由")
    technician.keys("2.1", ENTER, "内侧偏磨", F12).until("不合格 2.1 内侧偏磨")
    technician.until_row("更换制动片", "已开工")
    technician.keep("13-self-check-not-ok")
    technician.row("更换制动片").keys(ENTER)
    technician.until_row("更换制动片", "您正在计时")
    finish(technician, "更换制动片")
    measured(technician)
    for place in range(4):
        answer(technician, place)
    technician.step("签署自检")
    technician.sign("! W6b  仍欠旧件：制动片 1 件")
    technician.keys(ESC).until_gone("! W6b")


def measured(technician: Seat) -> None:
    """The lines of the brakes, two of them with a value."""
    for line, value in (("摩擦片厚度", "11.5"), ("螺栓力矩", "120")):
        technician.row(line).keys("1").until("实测值").keys(value, F12).until(f"[v] {line}", value)
    technician.row("制动无异响").keys("1").until("[v] 制动无异响")


def answer(technician: Seat, place: int) -> None:
    """The next of the lines without a value that are open."""
    before = technician.terminal.text.count("[-]")
    line = next(line for line in technician.terminal.screen() if "[-]" in line)
    technician.row(line.strip()).keys("1")
    technician.terminal.wait(lambda: technician.terminal.text.count("[-]") == before - 1, f"answered {place}")


def loan_returned(clerk: Seat, technician: Seat) -> None:
    """W6b: the old pad comes to the counter; nothing else stands in the way of the self-check."""
    clerk.row("PAD").keys(ENTER).until("收旧件").keys(F12).until("孙备件收到旧件")
    technician.until_gone("欠旧件")
    technician.until("条件已全部满足")


def hand_over(technician: Seat, leader: Seat, order: str) -> None:
    """W7a, W7b: the self-check is signed; then two signatures, the giver's and the taker's."""
    technician.step("签署自检")
    technician.sign("[已自检]")
    technician.step("工具已擦净归位").keys("1")
    technician.sign("张技师签署工序交接")
    leader.go("Hand-over and inspection").until(order)
    leader.row(order).keys(ENTER).until("[self-checked]")
    leader.step("take over")
    leader.keep("14-take-over")
    leader.sign("took the order over")


def failed(inspector: Seat, order: str) -> None:
    """W7c: the first inspection is failed, with a defect."""
    inspector.go("Hand-over and inspection").until(order)
    inspector.keys(ENTER).until("Road test", "Tyre pressure")
    inspector.row("Road test").keys("2").until("reason").keys("刹车踏板偏软", F12).until("[x] Road test")
    inspector.keep("15-final-inspection", sizes=BOTH)
    inspector.act("fail inspection  W7c", "* mileage out")
    inspector.keys(CLEAR, "52304", ENTER, ENTER).until("what is wrong").keys(DOWN).until("Brake pads")
    inspector.keys(DOWN, ENTER, "1", ENTER, "刹车踏板偏软，须再次排气", F12).until_gone("what is wrong")
    inspector.keep("16-inspection-failed")
    inspector.sign("failed the final inspection (round 1)")


def rework(technician: Seat) -> None:
    """The item with the defect is worked on again, and its list answered again."""
    technician.go("工位").until("施工中")
    technician.keys(ENTER).until("[施工中]")
    technician.row("更换制动片").keys(ENTER)
    technician.until_row("更换制动片", "您正在计时")
    finish(technician, "更换制动片")
    measured(technician)


def passed(inspector: Seat, order: str) -> None:
    """The second round is passed: the vehicle is released, with its certificate's number."""
    inspector.go("Hand-over and inspection").until(order, "handed over")
    inspector.keys(ENTER).until("[handed over]", "Tyre pressure")
    inspector.row("Road test").keys("1").until("[v] Road test")
    inspector.row("Tyre pressure").keys("1").until("measured value").keys("2.4", F12).until("[v] Tyre pressure")
    inspector.step("* mileage out").keys(CLEAR, "52306")
    inspector.sign("passed the final inspection at 52306 km")
    inspector.until("[released]")


def delivery(advisor: Seat, order: str) -> None:
    """The customer fetches the car and takes the old part home; the hazardous one stays."""
    advisor.go("交车").until(order, "合格证", "1 交车")
    advisor.keep("17-delivery", sizes=BOTH)
    advisor.keys("1").until("取车人", "周晓梅")
    advisor.keys(ENTER, "1")
    advisor.sign("没有待交车的车辆")
    advisor.keys(F2).until("车牌、VIN、姓名").keys(order).until("已交车").keys(ENTER).until("[已交车]", "1 概览")
    advisor.keep("18-delivered-order", sizes=BOTH)
    advisor.keys("5").until("[5 过程记录]")
    advisor.keep("19-story")


def shelf(clerk: Seat) -> None:
    """W6b: what the customer did not take is hazardous waste."""
    clerk.go("旧件").until("机油滤清器", "危废")
    clerk.row("机油滤清器").keys(ENTER).until("旧件去向")
    clerk.keep("20-old-parts")


def kept(floor: SmallShop, order: str) -> None:
    """What the records say in the end, by the doors for programs."""
    told = json.loads(run(floor, "show", order, "--json"))
    facts = told["order"]["facts"]
    assert (facts["stage"], facts["round"], told["order"]["plate"]) == ("delivered", 2, REAL)
    assert re.fullmatch(r"\d{4}000001", told["order"]["certificate_no"])
    states = {item["facts"]["name"]["en"]: item["facts"]["state"] for item in told["order"]["items"]}
    assert states == {
        "Level-2 maintenance": "done",
        "Brake pads": "done",
        "Brake fluid change": "done",
        "Accessory belt": "declined",
    }
    done = [line["command"] for line in told["story"]]
    for command, times in {"verify-plate": 2, "correct-plate": 1, "take-over": 2, "fail-inspection": 1}.items():
        assert done.count(command) == times, command
    assert "holds" in run(floor, "verify")
    run(floor, "db", "check")


def run(floor: SmallShop, *args: str) -> str:
    """What a command of the program prints; it must end well."""
    command = [sys.executable, "-m", "workshop", "--lang", "en", "--database", floor.url, *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
