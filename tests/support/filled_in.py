"""What is filled in where an act of the regulation is tried."""

from typing import Any

from support.acting import ALL_ON, CONSENT, Job
from support.catalogue import (
    AT_BAY,
    CHECKLISTS,
    IN_CART,
    IN_KIT,
    KIT,
    LIFT,
    OPERATIONS,
    PLANS,
    SPARE,
    TOOL_MODELS,
    TORQUE,
    VEHICLES,
)
from support.grounds import CASE, DAMAGE, ENGINE_COVER, cleaning_list, session_planned
from workshop.domain.high_voltage import PowerUpStep, ShutdownStep


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


def _tool(index: int, **more: object) -> Any:
    return lambda job, _found: {"tool": job.floor.tool(index), **more}


_FIELDS: dict[str, Any] = {
    "open-order": lambda job, _found: {
        "vin": VEHICLES[7]["vin"],
        "request": "保养",
        "odometer": 1,
        "promised_at": job.floor.now.replace(year=2088),
    },
    "add-item": _order(given={"operation": "WASH"}, **CONSENT),
    "correct-plate": _order(plate="粤B99999", reason="看错"),
    "change-promise": lambda job, _found: {
        "order": job.number,
        "promised_at": job.floor.now.replace(year=2088),
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
    "shut-down-high-voltage": lambda job, _found: {
        "order": job.number,
        "shutdown_steps": list(ShutdownStep),
        "watcher": job.floor.badge("all_rounder"),
    },
    "measure-voltage": lambda job, _found: {
        "order": job.number,
        "volts": "0.4",
        "instrument": job.floor.tool(TORQUE),
    },
    "power-up": lambda job, _found: {
        "order": job.number,
        "insulation": "550",
        "power_up_steps": list(PowerUpStep),
        "watcher": job.floor.badge("all_rounder"),
    },
    "put-high-voltage-model": {"make": "Volkswagen", "model": "ID.4", "wait_minutes": 20},
    "lift-vehicle": lambda job, _found: {"order": job.number, "lift": job.floor.tool(LIFT), "weight": 1500},
    "lower-vehicle": lambda job, _found: {"lift": job.floor.tool(LIFT)},
    "register-assembly": _item(**ENGINE_COVER),
    "cover-assembly": _found("assembly"),
    "refit-assembly": _found("assembly"),
    "account-for-assembly": _found("assembly", became="taken", note="客户要求带走"),
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
    "check-out-tool": _tool(SPARE),
    "check-in-tool": _tool(AT_BAY),
    "place-tool": lambda job, _found: {"tool": job.floor.tool(SPARE), "cart": job.floor.cart(KIT)},
    "draw-tool": lambda job, _found: {"order": job.number, "tool": job.floor.tool(SPARE)},
    "draw-cart": lambda job, _found: {"order": job.number, "cart": job.floor.cart(KIT)},
    "put-cart-back": lambda job, _found: {"order": job.number, "cart": job.floor.cart(KIT)},
    "keep-tool": lambda job, _found: {"order": job.number, "tool": job.floor.tool(SPARE), "reason": "明天继续用"},
    "count-tools": lambda job, _found: {"order": job.number, "moment": "before_work"},
    "found-tool": lambda job, _found: {"order": job.number, "tool": job.floor.tool(IN_KIT)},
    "sign-missing-tool": lambda job, _found: {
        "order": job.number,
        "tool": job.floor.tool(IN_KIT),
        "reason": "全车查找未见",
    },
    "record-tool-service": _tool(TORQUE, done_on="2026-01-05", done_by="市计量院"),
    "retire-tool": _tool(SPARE, reason="磨损"),
    "put-tool-model": TOOL_MODELS[0],
    "add-tool": {"tool_code": "RATCHET"},
    "revise-tool": _tool(SPARE, serial_no="A-1"),
    "put-cart": {"cart_name": "3号工具车"},
    "report-damage": _tool(IN_CART, **DAMAGE),
    "report-part-loss": _found("issue", side="old", **DAMAGE),
    "decide-liability": lambda job, _found: {
        "case": CASE,
        "cause": "improper_use",
        "amount": "45",
        "shares": [{"badge": job.floor.badge("technician")}],
        "reason": "操作不当",
    },
    "close-without-liability": {"case": CASE, "ground": "wear", "reason": "使用多年"},
    "acknowledge-liability": {"case": CASE},
    "object-to-liability": {"case": CASE, "statement": "不是我"},
    "record-payment": lambda job, _found: {"case": CASE, "debtor": job.floor.badge("technician"), "amount": "20.01"},
    "accept-replacement-tool": {"case": CASE, "serial_no": "B-2"},
    "accept-replacement-parts": {"case": CASE},
    "accept-repair": {"case": CASE},
    "release-tool": {"case": CASE, "fate": "out_of_use"},
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
    "answer-cleaning-line": lambda job, _found: cleaning_list(job, "全车间", "closing") | {"position": 1, "done": True},
    "sign-cleaning-list": lambda job, _found: cleaning_list(job, "全车间", "closing") | {"open_reason": "都走了"},
    "countersign-cleaning-list": lambda job, _found: cleaning_list(job, "一组工位", "before_work"),
    "record-as-needed": lambda job, _found: {"area": job.floor.area("全车间"), "position": 3},
    "record-spot-check": lambda job, _found: {"area": job.floor.area("全车间"), "passed": True},
    "remedy-spot-check": _found("spot_check", remedy="已拖干"),
    "record-violation": lambda job, _found: {
        "badge": job.floor.badge("technician3"),
        "violation": "smoking",
        "where": "门口",
    },
    "add-area": {"area_name": "喷漆房", "plan": "bay", "team": "二组"},
    "revise-area": lambda job, _found: {"area": job.floor.area("一组工位"), "area_name": "新名", "team": "二组"},
    "put-cleaning-plan": {"plan": "bay", "lines": PLANS["bay"]},
    "set-working-week": {"weekdays": ["1", "2", "3", "4", "5", "6", "7"]},
    "put-calendar-day": {"calendar_day": "2090-01-02", "day_kind": "holiday", "name_zh": "店庆"},
    "remove-calendar-day": {"calendar_day": "2090-01-02"},
    "publish-year": {"year": 2090, "days": [{"day": "2090-01-01", "kind": "holiday"}]},
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
    "plan-session": lambda job, _found: session_planned(job),
    "call-roll": lambda job, found: {"session": found["session"], "attendee": job.floor.badge("technician3")},
    "excuse-from-session": lambda job, found: {
        "session": found["session"],
        "excused": job.floor.badge("technician3"),
        "reason": "出差",
    },
    "close-session": _found("session"),
    "call-off-session": _found("session", reason="讲师生病"),
    "revise-shop": {"shop": "新名"},
    "add-team": {"team": "三组"},
    "add-bay": {"bay": "9号工位"},
    "print-paper": {"paper": "command-sheet"},
    "record-exchange": _order(exchange_result="refused", receiver="record.example"),
}


def _defect(job: Job) -> dict[str, str]:
    return {"item": job.items[0], "defect_class": "safety", "note": "松"}
