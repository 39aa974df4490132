"""Who may do what and when, written by hand from the shop's regulation; the program is held against it."""

from dataclasses import dataclass
from typing import Any

from support.acting import ALL_ON, CONSENT, Job
from support.catalogue import CHECKLISTS, OPERATIONS, VEHICLES

ADVISOR, TECHNICIAN, LEADER, INSPECTOR = "advisor", "technician", "team_leader", "inspector"
CLERK, KEEPER, MANAGER, ADMINISTRATOR = "parts_clerk", "tool_keeper", "manager", "administrator"
EVERYONE = (ADVISOR, TECHNICIAN, LEADER, INSPECTOR, CLERK, KEEPER, MANAGER, ADMINISTRATOR)
OFFICE = (MANAGER, ADMINISTRATOR)

HOLDERS = {
    ADVISOR: "advisor",
    TECHNICIAN: "technician",
    LEADER: "leader",
    INSPECTOR: "inspector",
    CLERK: "clerk",
    KEEPER: "keeper",
    MANAGER: "manager",
    ADMINISTRATOR: "admin",
}
"""Somebody of the small shop who holds this role and no other."""

OPENED, DISPATCHED, VERIFIED, CONFIRMED = "opened", "dispatched", "plate_verified", "items_confirmed"
WORK, CHECKED, HANDED, RELEASED = "in_work", "self_checked", "handed_over", "released"
WORKSHOP = (OPENED, DISPATCHED, VERIFIED, CONFIRMED, WORK, CHECKED, HANDED)
ALIVE = (*WORKSHOP, RELEASED)
ALL_STAGES = (*ALIVE, "delivered", "cancelled")


@dataclass(frozen=True)
class Right:
    """Who may do an act; in which stages, where it belongs to an order; whether it is a signature; its rule."""

    roles: tuple[str, ...]
    stages: tuple[str, ...] = ()
    rule: str = "-"
    signature: bool = False


def _sign(roles: tuple[str, ...], stages: tuple[str, ...] = (), rule: str = "-") -> Right:
    return Right(roles, stages, rule, signature=True)


RIGHTS: dict[str, Right] = {
    # the front desk
    "open-order": Right((ADVISOR,), rule="W5"),
    "add-item": Right((ADVISOR,), (OPENED,), "W5"),
    "correct-plate": Right((ADVISOR,), (OPENED, DISPATCHED), "W1"),
    "change-promise": Right((ADVISOR,), WORKSHOP, "W3"),
    "cancel-order": _sign((ADVISOR, MANAGER), (OPENED, DISPATCHED, VERIFIED, CONFIRMED, WORK), "W5"),
    "register-vehicle": Right((ADVISOR, MANAGER, ADMINISTRATOR)),
    "answer-discrepancy": Right((ADVISOR,), (VERIFIED, CONFIRMED, WORK), "W2"),
    "close-finding": Right((ADVISOR,), ALIVE, "W4"),
    "decide-line": Right((ADVISOR,), WORKSHOP, "W5"),
    "deliver": _sign((ADVISOR,), (RELEASED,), "W7c"),
    # the floor
    "dispatch": Right((LEADER, MANAGER), (OPENED, DISPATCHED, VERIFIED, CONFIRMED, WORK), "W1"),
    "verify-plate": Right((TECHNICIAN,), (DISPATCHED,), "W1"),
    "confirm-items": Right((TECHNICIAN,), (VERIFIED,), "W2"),
    "report-discrepancy": Right((TECHNICIAN,), (VERIFIED, CONFIRMED, WORK), "W2"),
    "start-item": Right((TECHNICIAN,), (CONFIRMED, WORK), "W5"),
    "pause-item": Right((TECHNICIAN,), (WORK,), "W3"),
    "finish-item": Right((TECHNICIAN,), (WORK,), "W3"),
    "report-finding": Right((TECHNICIAN, LEADER, INSPECTOR), (VERIFIED, CONFIRMED, WORK, CHECKED, HANDED), "W4"),
    "request-change": Right((TECHNICIAN, LEADER, INSPECTOR, ADVISOR), WORKSHOP, "W5"),
    "answer-check": Right((TECHNICIAN,), (WORK,), "W7a"),
    "sign-self-check": _sign((TECHNICIAN,), (WORK,), "W7a"),
    "offer-hand-over": _sign((TECHNICIAN,), (CHECKED,), "W7b"),
    "take-over": _sign((LEADER, INSPECTOR), (CHECKED,), "W7b"),
    "send-back": _sign((LEADER, INSPECTOR), (CHECKED,), "W7b"),
    "answer-inspection": Right((INSPECTOR,), (HANDED,), "W7c"),
    "pass-inspection": _sign((INSPECTOR,), (HANDED,), "W7c"),
    "fail-inspection": _sign((INSPECTOR,), (HANDED,), "W7c"),
    # parts
    "issue-part": Right((CLERK,), (CONFIRMED, WORK), "W6b"),
    "issue-on-loan": _sign((CLERK,), (CONFIRMED, WORK), "W6b"),
    "receive-old-part": Right((CLERK,), ALIVE, "W6b"),
    "return-part": Right((CLERK,), ALIVE, "W6b"),
    "sign-without-fit-data": _sign((CLERK,), (CONFIRMED, WORK), "W6a"),
    "accept-without-fit-data": _sign((TECHNICIAN,), (CONFIRMED, WORK), "W6a"),
    "fit-part": Right((TECHNICIAN,), (WORK,), "W6a"),
    "mark-not-needed": Right((TECHNICIAN,), (CONFIRMED, WORK), "W3"),
    "move-old-part": Right((CLERK, ADVISOR), rule="W6b"),
    "receive-stock": Right((CLERK,)),
    "count-stock": _sign((CLERK,)),
    # the catalogue
    "put-operation": Right(OFFICE),
    "put-checklist": Right(OFFICE, rule="W7a"),
    "put-part": Right((*OFFICE, CLERK), rule="W6b"),
    "put-fits": Right((*OFFICE, CLERK), rule="W6a"),
    "put-usual-parts": Right((*OFFICE, CLERK)),
    # people and shop
    "add-person": Right((ADMINISTRATOR,)),
    "revise-person": _sign((ADMINISTRATOR,)),
    "reset-pin": _sign((ADMINISTRATOR,)),
    "change-pin": _sign(EVERYONE),
    "choose-language": Right(EVERYONE),
    "grant-certificate": Right(OFFICE, rule="W11"),
    "revise-shop": Right(OFFICE),
    "add-team": Right(OFFICE),
    "add-bay": Right(OFFICE),
}

Acts = list[tuple[str, str, dict[str, Any]]]


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


def _on_loan(job: Job) -> Acts:
    badge = job.floor.badge("technician")
    return [("clerk", "issue-on-loan", {"line": job.parts[0], "technician": badge, "reason": "装复后"})]


def _offered(job: Job) -> Acts:
    return [("technician", "offer-hand-over", {"order": job.number, "tools_clean": True})]


_GROUND: dict[str, Any] = {
    "answer-discrepancy": lambda job: [("technician", "report-discrepancy", {"order": job.number, "note": "不符"})],
    "close-finding": lambda job: [
        ("inspector", "report-finding", {"order": job.number, "what": "漏油", "where": "底盘", "severity": "soon"})
    ],
    "decide-line": lambda job: [("leader", "request-change", {"order": job.number, "remove": [job.items[0]]})],
    "take-over": _offered,
    "send-back": _offered,
    "receive-old-part": _on_loan,
    "return-part": _on_loan,
    "accept-without-fit-data": lambda job: [
        ("clerk", "sign-without-fit-data", {"line": job.parts[1], "reason": "老车型"})
    ],
    "fit-part": _on_loan,
    "move-old-part": lambda job: [
        (
            "clerk",
            "issue-part",
            {"line": job.parts[0], "technician": job.floor.badge("technician"), "old_part_here": True},
        )
    ],
}

STAND: dict[str, str] = {
    "close-finding": VERIFIED,
    "request-change": DISPATCHED,
    "receive-old-part": CONFIRMED,
    "return-part": CONFIRMED,
    "move-old-part": CONFIRMED,
}
"""The stage in which an act is tried where it is not the first of its stages."""


def fields(command: str, job: Job, found: dict[str, Any]) -> dict[str, Any]:
    """What is filled in; `found` are the ids of what the order holds."""
    given = _FIELDS[command]
    return dict(given(job, found)) if callable(given) else dict(given)


def _order(**more: object) -> Any:
    return lambda job, _found: {"order": job.number, **more}


def _item(**more: object) -> Any:
    return lambda job, _found: {"item": job.items[0], **more}


def _found(name: str, **more: object) -> Any:
    return lambda _job, found: {name: found[name], **more}


def _line(index: int, **more: object) -> Any:
    return lambda job, _found: {"line": job.parts[index], **more}


_FIELDS: dict[str, Any] = {
    "open-order": lambda job, _found: {
        "vin": VEHICLES[7]["vin"],
        "request": "保养",
        "odometer": 1,
        "promised_at": job.floor.now.replace(year=2090),
    },
    "add-item": _order(given={"operation": "WASH"}, **CONSENT),
    "correct-plate": _order(plate="粤B99999", reason="看错"),
    "change-promise": lambda job, _found: {
        "order": job.number,
        "promised_at": job.floor.now.replace(year=2090),
        "reason": "等件",
    },
    "cancel-order": _order(reason="客户取消"),
    "register-vehicle": VEHICLES[7] | {"customer": "卫先生", "phone": "13800000007"},
    "answer-discrepancy": _found("discrepancy", answer="按实际修"),
    "close-finding": _found("finding", end="next_visit"),
    "decide-line": lambda _job, found: {"line": found["change_line"], "decision": "declined", **CONSENT},
    "deliver": _order(received_by="周先生", old_parts="shop_keeps"),
    "dispatch": lambda job, _found: {
        "order": job.number,
        "team": "一组",
        "technician": job.floor.badge("technician"),
        "bay": sorted(job.floor.shop.bays.values())[job.vehicle],
    },
    "verify-plate": lambda job, _found: {"order": job.number, "seen": VEHICLES[job.vehicle]["plate"]},
    "confirm-items": _order(),
    "report-discrepancy": _order(note="不符"),
    "start-item": lambda job, _found: {
        "item": job.items[0],
        "confirmed": ALL_ON,
        "watcher": job.floor.badge("leader2"),
    },
    "pause-item": _item(reason="break"),
    "finish-item": _item(),
    "report-finding": _order(what="漏油", where="底盘", severity="soon"),
    "request-change": _order(add_items=[{"operation": "WASH"}]),
    "answer-check": _found("check", answer="ok"),
    "sign-self-check": _order(),
    "offer-hand-over": _order(tools_clean=True),
    "take-over": _order(),
    "send-back": lambda job, _found: {"order": job.number, "reason": "未清理", "defects": [_defect(job)]},
    "answer-inspection": _found("check", answer="not_ok", reason="异响"),
    "pass-inspection": _order(odometer=1010),
    "fail-inspection": lambda job, _found: {"order": job.number, "odometer": 1010, "defects": [_defect(job)]},
    "issue-part": lambda job, _found: {
        "line": job.parts[0],
        "technician": job.floor.badge("technician"),
        "old_part_here": True,
    },
    "issue-on-loan": lambda job, _found: {
        "line": job.parts[0],
        "technician": job.floor.badge("technician"),
        "reason": "装复后",
    },
    "receive-old-part": _found("issue"),
    "return-part": _found("issue", reason="未用"),
    "sign-without-fit-data": _line(1, reason="老车型"),
    "accept-without-fit-data": _line(1, reason="已比对"),
    "fit-part": _found("issue"),
    "mark-not-needed": _line(0, reason="还好"),
    "move-old-part": _found("tag", target="shown"),
    "receive-stock": {"part_no": "PAD", "quantity": 3},
    "count-stock": {"part_no": "PAD", "counted": 3, "reason": "盘点"},
    "put-operation": OPERATIONS[0],
    "put-checklist": {"checklist": "general", "lines": CHECKLISTS["general"]},
    "put-part": {
        "part_no": "NEW",
        "name_zh": "新件",
        "name_en": "New part",
        "old_part": "consumable",
        "price": "1",
    },
    "put-fits": {"part_no": "DASHCAM", "fits": [{"make": "Toyota"}]},
    "put-usual-parts": {"operation": "OIL", "parts": [{"part_no": "FILTER"}]},
    "add-person": {"person": "新人", "has_roles": ["technician"], "pin": "2580"},
    "revise-person": lambda job, _found: {
        "badge": job.floor.badge("technician3"),
        "person": "吴技师",
        "has_roles": ["technician"],
    },
    "reset-pin": lambda job, _found: {"badge": job.floor.badge("technician3"), "pin": "1470"},
    "change-pin": {"pin": "1470"},
    "choose-language": {"language": "en"},
    "grant-certificate": lambda job, _found: {
        "badge": job.floor.badge("technician3"),
        "training": "gas",
        "valid_from": "2026-01-01",
        "valid_until": "2027-01-01",
    },
    "revise-shop": {"shop": "新名"},
    "add-team": {"team": "三组"},
    "add-bay": {"bay": "9号工位"},
}


def _defect(job: Job) -> dict[str, str]:
    return {"item": job.items[0], "defect_class": "safety", "note": "松"}
