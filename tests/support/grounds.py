"""What must have happened in the shop before an act of the regulation can be tried."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from support.acting import CONSENT, Job
from support.catalogue import (
    AT_BAY,
    IN_CART,
    IN_KIT,
    KIT,
    LIFT,
    SPARE,
)
from support.regulation import HOLDERS
from workshop.domain import numbers
from workshop.domain.numbers import Kind

CASE = numbers.make(Kind.CASE, 1)
"""The first liability case of the small shop."""

ENGINE_COVER = {"removed": "发动机护板", "rest": "tray", "where": "3号托盘", "cleaned": True}

Acts = Iterable[tuple[str, str, dict[str, Any]]]


def ground(command: str, job: Job) -> None:
    """What must have happened in the shop, on an order in this act's first stage, before the act can be done."""
    acts = _GROUND.get(command)
    for who, name, fields in acts(job) if acts else []:
        job.floor.do(who, name, **fields)
    if command == "pass-inspection":
        job.inspect()
    if command == "sign-self-check":
        job.finish()
        job.check()
    if command in {"answer-check", "finish-item"}:
        job.fit_all()
    if command == "answer-check":
        job.floor.do("technician", "finish-item", item=job.items[0])
    if command == "close-session":
        job.floor.later(hours=1)
    if command in {"shut-down-high-voltage", "measure-voltage", "power-up"}:
        _electrify(job)
    if command in {"measure-voltage", "power-up"}:
        job.shut_down()
        job.floor.later(minutes=11)


def _on_loan(job: Job) -> Acts:
    badge = job.floor.badge("technician")
    return [("clerk", "issue-on-loan", {"line": job.parts[0], "technician": badge, "reason": "装复后"})]


def _drawn(job: Job) -> Acts:
    return [("technician", "draw-cart", {"order": job.number, "cart": job.floor.cart(KIT)})]


def _counted(job: Job, moment: str, seen: list[int]) -> Acts:
    scanned = [job.floor.tool(index) for index in seen]
    return [*_drawn(job), ("technician", "count-tools", {"order": job.number, "moment": moment, "scanned": scanned})]


def _offered(job: Job) -> Acts:
    return [("technician", "offer-hand-over", {"order": job.number, "tools_clean": True})]


def _electrify(job: Job) -> None:
    """Add work on high voltage, with consent."""
    asked = job.do("leader", "request-change", add_items=[{"operation": "BATTERY"}])
    line = asked["lines"][0]  # type: ignore[index, call-overload]
    job.floor.do("advisor", "decide-line", line=line, decision="approved", **CONSENT)


def session_planned(job: Job) -> dict[str, Any]:
    """A training session in half an hour."""
    start = job.floor.now + timedelta(minutes=30)
    given = {"topic": "周会", "room": "车间", "held_by": "主任", "invited": [job.floor.badge("technician3")]}
    return given | {"starts_at": start, "ends_at": start + timedelta(hours=1)}


def _planned(job: Job) -> Acts:
    return [("leader2", "plan-session", session_planned(job))]


def _cleaned(job: Job, area: str, moment: str, positions: tuple[int, ...]) -> Acts:
    named = cleaning_list(job, area, moment)
    return [("technician", "answer-cleaning-line", named | {"position": one, "done": True}) for one in positions]


def cleaning_list(job: Job, area: str, moment: str) -> dict[str, Any]:
    """A cleaning list of today."""
    return {"area": job.floor.area(area), "list_day": job.floor.today, "moment": moment}


def _reported(job: Job) -> Acts:
    """A tool of the technician's is reported as damaged."""
    return [("advisor", "report-damage", {"tool": job.floor.tool(IN_CART), **DAMAGE})]


def _decided(method: str, *holders: str) -> Callable[[Job], Acts]:
    """The same, decided in equal shares by a manager who is not concerned; a technician alone has acknowledged."""

    def acts(job: Job) -> Acts:
        yield from _reported(job)
        yield from _decision(job, method, holders)

    return acts


def _decision(job: Job, method: str, holders: tuple[str, ...] = ()) -> Acts:
    people = holders or ("technician",)
    shares = [{"badge": job.floor.badge(who), "percent": Decimal(100) / len(people)} for who in people]
    given = {"case": CASE, "cause": "improper_use", "amount": "45", "method": method, "shares": shares}
    yield "all_rounder", "decide-liability", given | {"reason": "操作不当"}
    if not holders:
        yield "technician", "acknowledge-liability", {"case": CASE}


def _part_to_replace(job: Job) -> Acts:
    """The old part of a loan is lost; the technician is to replace it."""
    yield from _on_loan(job)
    yield "clerk", "report-part-loss", {"issue": job.line().issues[0].id, "side": "old", **DAMAGE}
    yield from _decision(job, "replace")


DAMAGE = {"cause": "improper_use", "circumstances": "掉在地上"}


def _taken_off(job: Job) -> Acts:
    return [("technician", "register-assembly", {"item": job.items[0], **ENGINE_COVER})]


_GROUND: dict[str, Any] = {
    "cover-assembly": _taken_off,
    "lower-vehicle": lambda job: [
        ("inspector", "lift-vehicle", {"order": job.number, "lift": job.floor.tool(LIFT), "weight": 1500})
    ],
    "refit-assembly": _taken_off,
    "account-for-assembly": _taken_off,
    "sign-cleaning-list": lambda job: _cleaned(job, "全车间", "closing", (1, 2)),
    "countersign-cleaning-list": lambda job: [
        *_cleaned(job, "一组工位", "before_work", (1,)),
        ("technician", "sign-cleaning-list", cleaning_list(job, "一组工位", "before_work")),
    ],
    "remedy-spot-check": lambda job: [
        ("leader", "record-spot-check", {"area": job.floor.area("全车间"), "passed": False, "found": "积水"})
    ],
    "remove-calendar-day": lambda _job: [
        ("manager", "put-calendar-day", {"calendar_day": "2090-01-02", "day_kind": "holiday"})
    ],
    "answer-discrepancy": lambda job: [("technician", "report-discrepancy", {"order": job.number, "note": "不符"})],
    "close-finding": lambda job: [
        ("inspector", "report-finding", {"order": job.number, "what": "漏油", "where": "底盘", "severity": "soon"})
    ],
    "decide-line": lambda job: [("leader", "request-change", {"order": job.number, "remove": [job.items[0]]})],
    "take-over": _offered,
    "send-back": _offered,
    "receive-old-part": _on_loan,
    "return-part": _on_loan,
    "put-cart-back": lambda job: _counted(job, "after_work", [IN_KIT]),
    "keep-tool": lambda job: [("technician", "draw-tool", {"order": job.number, "tool": job.floor.tool(SPARE)})],
    "count-tools": _drawn,
    "found-tool": lambda job: _counted(job, "before_work", []),
    "sign-missing-tool": lambda job: _counted(job, "before_work", []),
    "check-in-tool": lambda job: [
        ("keeper", "place-tool", {"tool": job.floor.tool(AT_BAY), "bay": job.floor.shop.bays["1号工位"]})
    ],
    "report-part-loss": _on_loan,
    "decide-liability": _reported,
    "close-without-liability": _reported,
    "acknowledge-liability": _decided("pay", *HOLDERS.values()),
    "object-to-liability": _decided("pay", *HOLDERS.values()),
    "record-payment": _decided("pay"),
    "accept-replacement-tool": _decided("replace"),
    "accept-replacement-parts": _part_to_replace,
    "accept-repair": _decided("repair"),
    "release-tool": _decided("pay"),
    "accept-without-fit-data": lambda job: [
        ("clerk", "sign-without-fit-data", {"line": job.parts[1], "reason": "老车型"})
    ],
    "fit-part": _on_loan,
    "call-roll": _planned,
    "excuse-from-session": _planned,
    "close-session": _planned,
    "call-off-session": _planned,
    "move-old-part": lambda job: [
        (
            "clerk",
            "issue-part",
            {"line": job.parts[0], "technician": job.floor.badge("technician"), "old_part_here": True},
        )
    ],
}
