"""Papers: who may print which and when; the original exists once, and every later one is a copy."""

from datetime import timedelta

import pytest
from support.acting import Floor
from support.blame import reported
from support.catalogue import SPARE, VEHICLES

from workshop.db.tables import OldPart, PrintedPaper
from workshop.domain.papers import RULES, About, Paper, papers_about
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import Stage

PAD = {"operation": "BRAKE", "parts": [{"part_no": "PAD"}]}


def test_the_first_printing_is_the_original_and_every_later_one_a_copy(floor: Floor) -> None:
    job = floor.open("WASH")
    printed = [floor.do("advisor", "print-paper", paper="repair-order", paper_about=job.number) for _ in range(3)]
    assert [one["copy"] for one in printed] == [None, 1, 2]
    assert [one["which"] for one in printed] == [{"text": "the original"}, *[{"text": "copy"}] * 2]
    rows = floor.rows(PrintedPaper)
    assert [(row.paper, row.subject, row.copy_no, row.terminal) for row in rows] == [
        (Paper.REPAIR_ORDER, job.number, copy, "bench") for copy in range(3)
    ]
    assert {row.by_id for row in rows} == {floor.person("advisor")}


def test_papers_of_other_orders_and_other_papers_have_originals_of_their_own(floor: Floor) -> None:
    first, second = floor.open("WASH"), floor.open("WASH", vehicle=1)
    for job, paper in ((first, "repair-order"), (second, "repair-order"), (first, "vehicle-history")):
        about = VEHICLES[0]["vin"] if paper == "vehicle-history" else job.number
        assert floor.do("advisor", "print-paper", paper=paper, paper_about=about)["copy"] is None


@pytest.mark.parametrize("stage", [Stage.OPENED, Stage.IN_WORK, Stage.HANDED_OVER])
@pytest.mark.parametrize("paper", ["settlement", "certificate"])
def test_nothing_is_settled_or_certified_before_the_release(floor: Floor, stage: Stage, paper: str) -> None:
    job = floor.open("LEVEL2").to(stage)
    assert floor.refused("advisor", "print-paper", paper=paper, paper_about=job.number) == ["paper_not_yet"]


def test_a_certificate_is_printed_only_where_the_class_of_repair_asks_for_one(floor: Floor) -> None:
    washed, maintained = floor.open("WASH").to(Stage.RELEASED), floor.open("LEVEL2", vehicle=1).to(Stage.RELEASED)
    fields = {"paper": "certificate"}
    assert floor.refused("inspector", "print-paper", paper_about=washed.number, **fields) == ["paper_no_certificate"]
    assert floor.do("inspector", "print-paper", paper_about=maintained.number, **fields)["copy"] is None


def test_papers_without_content_are_not_printed(floor: Floor) -> None:
    job = floor.open("WASH").to(Stage.IN_WORK)
    given = {"paper_about": job.number}
    assert floor.refused("advisor", "print-paper", paper="supplement", **given) == ["paper_nothing_added"]
    assert floor.refused("clerk", "print-paper", paper="issue-slip", **given) == ["paper_nothing_issued"]
    job.do("leader", "request-change", reason="建议", add_items=[{"operation": "OIL"}])
    assert floor.do("advisor", "print-paper", paper="supplement", **given)["copy"] is None


def test_a_vehicle_is_found_by_its_plate_as_well(floor: Floor) -> None:
    given = {"paper": "vehicle-history", "paper_about": "粤b·12345"}
    assert floor.do("advisor", "print-paper", **given)["subject"] == VEHICLES[0]["vin"]


def test_a_day_is_closed_when_it_has_come(floor: Floor) -> None:
    here = (floor.now + timedelta(hours=8)).date()
    given = {"paper": "closing-report"}
    assert floor.do("manager", "print-paper", **given)["subject"] == here.isoformat()
    tomorrow = (here + timedelta(days=1)).isoformat()
    assert floor.refused("manager", "print-paper", paper_about=tomorrow, **given) == ["paper_day_ahead"]


@pytest.mark.parametrize("paper", [paper for paper in Paper if RULES[paper].about is not About.NOTHING])
@pytest.mark.parametrize("about", ["1000000016", "0000000000", "[/red]", "🚗"])
def test_there_is_no_paper_about_nothing(floor: Floor, paper: Paper, about: str) -> None:
    assert floor.refused("all_rounder", "print-paper", paper=paper, paper_about=about) == ["paper_no_subject"]


def test_every_paper_is_printed_by_its_roles_only(floor: Floor) -> None:
    job = floor.open(PAD, "LEVEL2").to(Stage.RELEASED)
    subjects = {
        About.ORDER: job.number,
        About.OLD_PART: floor.rows(OldPart)[0].number,
        About.BADGE: floor.badge("clerk"),
        About.VEHICLE: VEHICLES[0]["vin"],
        About.PART: "1200000012",
        About.BAY: next(iter(floor.shop.bays.values())),
        About.TOOL: floor.tool(SPARE),
        About.CART: next(iter(floor.shop.carts.values())),
        About.AREA: floor.area("全车间"),
        About.MONTH: f"{floor.area('全车间')} {floor.today:%Y-%m}",
        About.CASE: reported(floor, SPARE).number,
    }
    for paper in Paper:
        fields = {"paper": paper, "paper_about": subjects.get(RULES[paper].about, "")}
        stranger = next((who for who, role in _ONE_ROLE.items() if role not in RULES[paper].roles), None)
        if stranger is not None:
            assert floor.refused(stranger, "print-paper", **fields)[0] == "paper_not_yours", paper
        holder = next(who for who, role in _ONE_ROLE.items() if role in RULES[paper].roles)
        if paper is Paper.SUPPLEMENT:
            assert floor.refused(holder, "print-paper", **fields) == ["paper_nothing_added"]
        else:
            assert floor.do(holder, "print-paper", **fields)["copy"] is None, paper


_ONE_ROLE = {
    "technician": Role.TECHNICIAN,
    "advisor": Role.ADVISOR,
    "leader": Role.TEAM_LEADER,
    "inspector": Role.INSPECTOR,
    "clerk": Role.PARTS_CLERK,
    "keeper": Role.TOOL_KEEPER,
    "manager": Role.MANAGER,
    "admin": Role.ADMINISTRATOR,
}


def test_what_is_offered_is_what_may_be_printed_now() -> None:
    assert Paper.SETTLEMENT not in papers_about(About.ORDER, EVERYONE, Stage.IN_WORK)
    assert Paper.SETTLEMENT in papers_about(About.ORDER, EVERYONE, Stage.RELEASED)
    assert papers_about(About.ORDER, frozenset({Role.TOOL_KEEPER}), Stage.RELEASED) == []
