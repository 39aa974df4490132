"""For every act: who may do it and who may not, in which stage, signed or not; held against the regulation."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select
from support.acting import Floor, Job
from support.catalogue import LIFT
from support.filled_in import fields
from support.grounds import ground
from support.regulation import ALL_STAGES, HOLDERS, RIGHTS, STAND, Right

from workshop.commands.base import OrderAct, commands
from workshop.commands.perform import SIGNATURE_LIFE, Signature
from workshop.db.tables import (
    ChangeLine,
    ChangeRequest,
    CheckAnswer,
    Discrepancy,
    Finding,
    Lifting,
    OldPart,
    PartIssue,
    PartLine,
    RemovedAssembly,
    RepairOrder,
    SpotCheck,
    Tool,
    TrainingSession,
)
from workshop.domain.assemblies import Rest
from workshop.domain.reasons import Refused
from workshop.domain.states import ChangeKind, IssueBasis, Severity, Stage

WORK = {"operation": "LEVEL2", "parts": [{"part_no": "PAD"}, {"part_no": "BULB"}]}
BY_ROLE = sorted(RIGHTS)


def _tried_in(name: str) -> str:
    """The stage of the order on which an act is tried."""
    stages = RIGHTS[name].stages
    return STAND.get(name, stages[0] if stages else "opened")


TRIED_IN = [stage for stage in ALL_STAGES if stage in map(_tried_in, BY_ROLE)]
BY_STAGE = sorted(name for name, right in RIGHTS.items() if right.stages)


def test_the_regulation_and_the_program_know_the_same_acts() -> None:
    assert sorted(commands()) == BY_ROLE


@pytest.mark.parametrize("name", BY_ROLE)
def test_an_act_is_declared_as_the_regulation_says(name: str) -> None:
    kind = commands()[name]
    stages = kind.stages if issubclass(kind, OrderAct) else ()
    declared = Right(tuple(sorted(kind.roles)), tuple(sorted(stages)), kind.rule, kind.signature)
    right = RIGHTS[name]
    assert declared == Right(tuple(sorted(right.roles)), tuple(sorted(right.stages)), right.rule, right.signature)


@pytest.mark.parametrize("stage", TRIED_IN)
def test_every_act_is_done_by_whoever_may(floor: Floor, stage: str) -> None:
    """Every act on every kind of database, in the first stage of an order in which it is tried."""
    for name, given in _grounds(floor, stage):
        who = HOLDERS[RIGHTS[name].roles[0]]
        assert _tried(floor, who, name, floor.signature(who), given) == [], name


@pytest.mark.one_database("roles and signatures are held against the person before anything is asked of the database")
@pytest.mark.parametrize("stage", TRIED_IN)
def test_only_those_may_do_it_whom_the_regulation_names_and_they_sign_where_it_says(floor: Floor, stage: str) -> None:
    for name, given in _grounds(floor, stage):
        for role, who in HOLDERS.items():
            expected = [] if role in RIGHTS[name].roles else ["role_missing"]
            assert _tried(floor, who, name, floor.signature(who), given) == expected, (name, role)
        who = HOLDERS[RIGHTS[name].roles[0]]
        for signature in _no_signatures(floor, who):
            expected = ["signature_missing"] if RIGHTS[name].signature else []
            assert _tried(floor, who, name, signature, given) == expected, (name, signature)
        last_moment = Signature(floor.person(who), floor.now - SIGNATURE_LIFE)
        assert _tried(floor, who, name, last_moment, given) == [], name


def _no_signatures(floor: Floor, who: str) -> tuple[Signature | None, ...]:
    """None at all, somebody else's, one that is too old, and one from the future."""
    person, other = floor.person(who), floor.person("all_rounder")
    away = SIGNATURE_LIFE + timedelta(seconds=1)
    return None, Signature(other, floor.now), Signature(person, floor.now - away), Signature(person, floor.now + away)


@pytest.mark.one_database("the stage is one column, compared in Python; every act finds its order on both kinds above")
@pytest.mark.parametrize("stage", ALL_STAGES)
def test_an_order_in_this_stage_takes_the_acts_of_this_stage_only(floor: Floor, stage: str) -> None:
    job = _open(floor)
    _without_bulb(floor, job, stage)
    job.to(Stage(stage))
    held = _holdings(floor, job)
    for name in BY_STAGE:
        who = HOLDERS[RIGHTS[name].roles[0]]
        codes = _tried(floor, who, name, floor.signature(who), fields(name, job, held))
        assert ("wrong_stage" in codes) is (stage not in RIGHTS[name].stages), (name, codes)


def _open(floor: Floor) -> Job:
    job = floor.open(WORK)
    job.parts = [line.id for line in job.facts.lines]
    return job


def _grounds(floor: Floor, stage: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The acts that are tried in a stage, each with what is filled in, where whoever may can do it.

    One order stands there for all of them: what is prepared for one act, and done, is undone before the next.
    """
    began = floor.now
    job = _open(floor)
    _without_bulb(floor, job, stage)
    job.to(Stage(stage))
    stood = floor.now
    for name in (name for name in BY_ROLE if _tried_in(name) == stage):
        here = replace(job, items=list(job.items), parts=list(job.parts))
        with floor.undone():
            ground(name, here)
            yield name, fields(name, here, _found(floor, here))
        floor.now = stood
    floor.now = began


def _without_bulb(floor: Floor, job: Job, stage: str) -> None:
    """Past the counter's stages the line without fitment data has been settled by hand."""
    if stage in {"self_checked", "handed_over", "released", "delivered", "in_work"}:
        job.to(Stage.ITEMS_CONFIRMED)
        floor.do("technician", "mark-not-needed", line=job.parts[1], reason="不需要")


def _found(floor: Floor, job: Job) -> dict[str, Any]:
    """The ids of what has come up on the order by itself."""
    tables: dict[str, tuple[Any, Callable[[Any], Any]]] = {
        "discrepancy": (Discrepancy, lambda row: row.id),
        "finding": (Finding, lambda row: row.id),
        "change_line": (ChangeLine, lambda row: row.id),
        "issue": (PartIssue, lambda row: row.id),
        "tag": (OldPart, lambda row: row.number),
        "assembly": (RemovedAssembly, lambda row: row.id),
        "session": (TrainingSession, lambda row: row.id),
        "spot_check": (SpotCheck, lambda row: row.id),
    }
    found = {name: get(rows[-1]) for name, (table, get) in tables.items() if (rows := floor.rows(table))}
    checks = [row for row in floor.rows(CheckAnswer) if row.answer is None]
    return found | ({"check": min(row.id for row in checks)} if checks else {})


def _holdings(floor: Floor, job: Job) -> dict[str, Any]:
    """One of everything on the order, whatever its stage, put there past the rules."""
    order = job.row
    item = job.facts.items[0].id
    with floor.session.begin_nested():
        add = floor.session.add
        people = {"at": floor.now}
        line = floor.session.get(PartLine, job.parts[0])
        assert isinstance(order, RepairOrder)
        assert line is not None
        request = ChangeRequest(order_id=order.id, raised_by_id=floor.person("leader"), **people)
        rows: dict[str, Any] = {
            "discrepancy": Discrepancy(
                order_id=order.id, reported_by_id=floor.person("technician"), note="不符", **people
            ),
            "finding": Finding(
                order_id=order.id,
                what="漏",
                place="底",
                severity=Severity.SOON,
                found_by_id=floor.person("inspector"),
                **people,
            ),
            "check": CheckAnswer(order_id=order.id, item_id=item, round=99, position=99, text_zh="查", text_en="check"),
            "issue": PartIssue(
                line_id=line.id,
                part_id=line.part_id,
                quantity=1,
                basis=IssueBasis.LOAN,
                loan_reason="装复后",
                clerk_id=floor.person("clerk"),
                technician_id=floor.person("technician"),
                **people,
            ),
        }
        off = {"what": "护板", "rest": Rest.TRAY, "place": "1", "cleaned": True, "removed_at": floor.now}
        rows["assembly"] = RemovedAssembly(item_id=item, removed_by_id=floor.person("technician"), **off)
        lift = floor.session.exec(select(Tool).where(Tool.number == floor.tool(LIFT))).one()
        weights = {"weight": 1500, "rated_load": 4000}
        up = Lifting(
            order_id=order.id, tool_id=lift.id, up_by_id=floor.person("technician"), up_at=floor.now, **weights
        )
        for row in (request, up, *rows.values()):
            add(row)
        floor.session.flush()
        rows["change_line"] = ChangeLine(request_id=request.id, kind=ChangeKind.ADD_ITEM, item_id=item, price=1)
        add(rows["change_line"])
    found = {name: row.id for name, row in rows.items()}
    floor.session.expunge_all()
    return found


def _tried(floor: Floor, who: str, name: str, signature: Signature | None, given: dict[str, Any]) -> list[str]:
    """Try an act and undo it: the codes of its refusal, empty when it was done."""
    codes: list[str] = []
    with floor.undone():
        try:
            floor.send(who, name, signature, **given)
        except Refused as refused:
            codes = [reason.code for reason in refused.reasons]
    return codes
