"""Damage and loss in the demo: a case at every point of its life, and an old part that nobody finds (W8a, W6c)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from sqlmodel import col, select

from workshop.commands.base import Command
from workshop.commands.damage import ReportDamage, ReportPartLoss
from workshop.commands.liability_decisions import (
    AcknowledgeLiability,
    CloseWithoutLiability,
    DecideLiability,
    GivenShare,
    ObjectToLiability,
)
from workshop.commands.liability_settlement import RecordPayment, ReleaseTool
from workshop.commands.tx import key
from workshop.db.tables import PartIssue, Tool, ToolModel
from workshop.demo.director import Director, Pauses
from workshop.domain.liability import Cause, Ground, Method, PartSide, ToolFate
from workshop.domain.roles import Role
from workshop.domain.states import IssueBasis

_DAY: Final = 24 * 60.0


def cases(director: Director) -> Iterator[tuple[datetime, Pauses]]:
    """Every case with its beginning."""
    end = director.end
    yield end - timedelta(days=9), _paid_off(director)
    yield end - timedelta(days=4), _worn_out(director)
    yield end - timedelta(days=2), _shared(director)
    yield end - timedelta(hours=20), _lost(director)
    yield end - timedelta(minutes=25), _old_part(director)


def _paid_off(director: Director) -> Pauses:
    """The first decision was objected to; the second manager halved it, and one instalment is paid."""
    first, second = (one.name for one in director.holders(Role.MANAGER)[:2])
    debtor = "唐晓峰"
    case = _report(director, "邱立新", "T010", Cause.IMPROPER_USE, "从举升机平台跌落，外壳开裂、漏气")
    yield 90
    _decide(director, first, case, "680", {debtor: "100"}, "使用后未收好")
    yield _DAY
    director.act(debtor, ObjectToLiability(case=case, statement="是别人移车时碰落的，我不在场；放在平台上是我不对"))
    yield _DAY
    _decide(director, second, case, "340", {debtor: "100"}, "放置不当属实，但非本人碰落，承担一半")
    yield 2 * _DAY
    badge = director.people[debtor].badge
    director.act(first, RecordPayment(case=case, debtor=badge, amount=Decimal("170"), note="现金"))


def _worn_out(director: Director) -> Pauses:
    """Nobody's debt; out of use."""
    case = _report(director, "马建军", "T027", Cause.WEAR, "内齿磨圆，打滑")
    yield 200
    manager = director.holders(Role.MANAGER)[0].name
    director.act(manager, CloseWithoutLiability(case=case, ground=Ground.WEAR, reason="使用六年，正常磨损"))
    yield 60
    director.act("邱立新", ReleaseTool(case=case, fate=ToolFate.OUT_OF_USE, note="已申购新件"))


def _shared(director: Director) -> Pauses:
    """Two people in unequal shares; one of them has not answered yet."""
    case = _report(director, "邱立新", "T021", Cause.IMPROPER_USE, "加注时误接气源，泵膜击穿")
    yield _DAY
    manager = director.holders(Role.MANAGER)[0].name
    shares = {"马建军": "66.67", "高俊杰": "33.33"}
    _decide(director, manager, case, "499.99", shares, "接错气源者为主，复核者为次")
    yield 300
    director.act("高俊杰", AcknowledgeLiability(case=case, statement="没有核对接口"))


def _lost(director: Director) -> Pauses:
    """Waits for a manager."""
    _report(director, "谢伟东", "T026", Cause.LOSS, "昨天收工清点时不见，车内和工位都找过")
    yield from ()


def _old_part(director: Director) -> Pauses:
    """The old part of a loan is gone: its order waits for the decision."""
    query = select(PartIssue).where(PartIssue.basis == IssueBasis.LOAN).order_by(col(PartIssue.id).desc())
    issue = director.session.exec(query).first()
    if issue is not None:
        told = "拆下后放在门口，被当作废铁收走"
        given = {"issue": key(issue.id), "side": PartSide.OLD, "cause": Cause.LOSS, "circumstances": told}
        director.act("唐晓峰", ReportPartLoss.model_validate(given))
    yield from ()


def _report(director: Director, who: str, code: str, cause: Cause, circumstances: str) -> str:
    """Report the first piece of a kind of tool; the number of the case."""
    query = select(Tool.number).join(ToolModel, col(ToolModel.id) == col(Tool.model_id)).where(ToolModel.code == code)
    tool = director.session.exec(query.order_by(col(Tool.id))).first()
    command: Command = ReportDamage.model_validate({"tool": tool, "cause": cause, "circumstances": circumstances})
    return str(director.act(who, command)["case"])


def _decide(director: Director, who: str, case: str, amount: str, shares: dict[str, str], reason: str) -> None:
    """Find people liable in these percents."""
    given = tuple(
        GivenShare(badge=director.people[name].badge, percent=Decimal(percent)) for name, percent in shares.items()
    )
    director.act(
        who,
        DecideLiability(
            case=case,
            cause=Cause.IMPROPER_USE,
            amount=Decimal(amount),
            method=Method.PAY,
            shares=given,
            reason=reason,
        ),
    )
