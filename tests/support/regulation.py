"""Who may do what and when, written by hand from the shop's regulation; the program is held against it."""

from dataclasses import dataclass

ADVISOR, TECHNICIAN, LEADER, INSPECTOR = "advisor", "technician", "team_leader", "inspector"
CLERK, KEEPER, MANAGER, ADMINISTRATOR = "parts_clerk", "tool_keeper", "manager", "administrator"
EVERYONE = (ADVISOR, TECHNICIAN, LEADER, INSPECTOR, CLERK, KEEPER, MANAGER, ADMINISTRATOR)
OFFICE = (MANAGER, ADMINISTRATOR)
HANDS = (TECHNICIAN, LEADER, INSPECTOR, KEEPER)

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
DRAWING = (DISPATCHED, VERIFIED, CONFIRMED, WORK)
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
    "shut-down-high-voltage": _sign((TECHNICIAN,), (CONFIRMED, WORK), "S1"),
    "measure-voltage": Right((TECHNICIAN,), (DISPATCHED, VERIFIED, CONFIRMED, WORK), "S1"),
    "power-up": _sign((TECHNICIAN,), (DISPATCHED, VERIFIED, CONFIRMED, WORK), "S1"),
    "put-high-voltage-model": Right(OFFICE, rule="S1"),
    "lift-vehicle": Right((TECHNICIAN, INSPECTOR), (VERIFIED, CONFIRMED, WORK, CHECKED, HANDED), "S2"),
    "lower-vehicle": Right(
        (TECHNICIAN, INSPECTOR, LEADER), (DISPATCHED, VERIFIED, CONFIRMED, WORK, CHECKED, HANDED), "S2"
    ),
    "register-assembly": Right((TECHNICIAN,), (WORK,), "S3"),
    "cover-assembly": Right((TECHNICIAN,), (WORK,), "S3"),
    "refit-assembly": Right((TECHNICIAN,), (WORK,), "S3"),
    "account-for-assembly": Right((TECHNICIAN,), (WORK,), "S3"),
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
    # tools
    "check-out-tool": Right(HANDS, rule="W8a"),
    "check-in-tool": Right(HANDS, rule="W8a"),
    "place-tool": Right(HANDS, rule="W8a"),
    "draw-tool": Right((TECHNICIAN, KEEPER), DRAWING, "W8a"),
    "draw-cart": Right((TECHNICIAN,), DRAWING, "W8a"),
    "put-cart-back": Right((TECHNICIAN, KEEPER), (*DRAWING, CHECKED), "W8b"),
    "keep-tool": Right((TECHNICIAN,), (WORK, CHECKED), "W8b"),
    "count-tools": Right((TECHNICIAN,), DRAWING, "W8b"),
    "found-tool": Right((TECHNICIAN, LEADER, KEEPER), DRAWING, "W8b"),
    "sign-missing-tool": _sign((LEADER,), DRAWING, "W8b"),
    "record-tool-service": Right((KEEPER,), rule="W8a"),
    "retire-tool": _sign((KEEPER, MANAGER), rule="W8a"),
    "put-tool-model": Right((KEEPER, MANAGER), rule="W8a"),
    "add-tool": Right((KEEPER, MANAGER), rule="W8a"),
    "revise-tool": Right((KEEPER, MANAGER), rule="W8a"),
    "put-cart": Right((KEEPER, MANAGER), rule="W8a"),
    # damage, loss, liability
    "report-damage": Right(EVERYONE, rule="W8a"),
    "report-part-loss": Right((TECHNICIAN, LEADER, CLERK, MANAGER), ALIVE, "W6c"),
    "decide-liability": _sign((MANAGER,), rule="W8a"),
    "close-without-liability": _sign((MANAGER,), rule="W8a"),
    "acknowledge-liability": _sign(EVERYONE, rule="W8a"),
    "object-to-liability": _sign(EVERYONE, rule="W8a"),
    "record-payment": _sign(OFFICE, rule="W8a"),
    "accept-replacement-tool": _sign((KEEPER, MANAGER), rule="W8a"),
    "accept-replacement-parts": _sign((CLERK, MANAGER), rule="W6c"),
    "accept-repair": _sign((KEEPER, MANAGER), rule="W8a"),
    "release-tool": _sign((KEEPER, MANAGER), rule="W8a"),
    # the catalogue
    "put-operation": Right(OFFICE),
    "put-checklist": Right(OFFICE, rule="W7a"),
    "put-part": Right((*OFFICE, CLERK), rule="W6b"),
    "put-fits": Right((*OFFICE, CLERK), rule="W6a"),
    "put-usual-parts": Right((*OFFICE, CLERK)),
    # cleaning
    "answer-cleaning-line": Right(EVERYONE, rule="W10b"),
    "sign-cleaning-list": _sign(EVERYONE, rule="W10b"),
    "countersign-cleaning-list": _sign((LEADER, MANAGER), rule="W10b"),
    "record-as-needed": Right(EVERYONE, rule="W9"),
    "record-spot-check": Right((LEADER, MANAGER), rule="W10d"),
    "remedy-spot-check": Right(EVERYONE, rule="W10d"),
    "record-violation": Right((LEADER, MANAGER, INSPECTOR), rule="S8"),
    "add-area": Right(OFFICE, rule="W10a"),
    "revise-area": Right(OFFICE, rule="W10a"),
    "put-cleaning-plan": Right(OFFICE, rule="W10a"),
    "set-working-week": Right(OFFICE, rule="W10c"),
    "put-calendar-day": Right(OFFICE, rule="W10c"),
    "remove-calendar-day": Right(OFFICE, rule="W10c"),
    "publish-year": Right(OFFICE, rule="W10c"),
    # people and shop
    "add-person": Right((ADMINISTRATOR,)),
    "revise-person": _sign((ADMINISTRATOR,)),
    "reset-pin": _sign((ADMINISTRATOR,)),
    "change-pin": _sign(EVERYONE),
    "choose-language": Right(EVERYONE),
    "grant-certificate": Right(OFFICE, rule="W11"),
    # training
    "plan-session": Right((LEADER, MANAGER), rule="W11"),
    "call-roll": Right((LEADER, MANAGER), rule="W11"),
    "excuse-from-session": Right((LEADER, MANAGER), rule="W11"),
    "close-session": _sign((LEADER, MANAGER), rule="W11"),
    "call-off-session": Right((LEADER, MANAGER), rule="W11"),
    "revise-shop": Right(OFFICE),
    "add-team": Right(OFFICE),
    "add-bay": Right(OFFICE),
    "print-paper": Right(EVERYONE),
    "record-exchange": Right((ADVISOR, *OFFICE), ("delivered",)),
}

STAND: dict[str, str] = {
    "lift-vehicle": HANDED,
    "lower-vehicle": HANDED,
    "measure-voltage": CONFIRMED,
    "power-up": CONFIRMED,
    "close-finding": VERIFIED,
    "request-change": DISPATCHED,
    "receive-old-part": CONFIRMED,
    "return-part": CONFIRMED,
    "move-old-part": CONFIRMED,
    "report-part-loss": CONFIRMED,
    "accept-replacement-parts": CONFIRMED,
}
"""The stage in which an act is tried where it is not the first of its stages."""
