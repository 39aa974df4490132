"""A liability case in words: where it stands, what it waits for, all that was said and done (W8a, W6c)."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from rich.text import Text

from workshop.commands.base import Command
from workshop.commands.damage import NOBODY, ReportDamage, ReportPartLoss
from workshop.commands.liability_decisions import (
    AcknowledgeLiability,
    CloseWithoutLiability,
    DecideLiability,
    ObjectToLiability,
)
from workshop.commands.liability_settlement import (
    AcceptRepair,
    AcceptReplacementParts,
    AcceptReplacementTool,
    RecordPayment,
    ReleaseTool,
)
from workshop.domain.liability import CaseState, CaseSubject, Method, PartSide
from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.liability import CaseView, DecisionView, SettlementView, ShareView

AWAITS = N_("{state}; awaits: {who}")
A_MANAGER = N_("a manager whom it does not concern")
SECOND_MANAGER = N_("a second manager, who decides for good")
THE_KEEPER = N_("the tool keeper, who releases the tool")
_SIDES = {CaseSubject.OLD_PART: PartSide.OLD, CaseSubject.NEW_PART: PartSide.NEW}
_ACCEPTED: Final[Mapping[Method, type[Command]]] = {Method.PAY: RecordPayment, Method.REPAIR: AcceptRepair}


def thing(view: CaseView, t: Translator) -> str:
    """What the case is about, with its pieces."""
    pieces = f"{view.pieces} × " if view.subject is not CaseSubject.TOOL else ""
    return f"{pieces}{t.name(view.thing)}"


def people(view: CaseView) -> str:
    """Who is liable; before a decision, who had it."""
    if view.decisions and view.decisions[-1].shares:
        return ", ".join(share.person.name for share in view.decisions[-1].shares)
    return view.custodian.name if view.custodian else ""


def at_stake(view: CaseView) -> Decimal:
    """What is still owed; before a final decision the amount of the first, before any the price."""
    if view.facts.final:
        return view.owed
    return (view.decisions[-1].amount if view.decisions else None) or view.facts.price


def case_text(view: CaseView, t: Translator, now: datetime) -> Text:
    """The whole case: what it is about, what it waits for, then all that was said and done, the latest first."""
    head = (view.number, thing(view, t), view.thing_no, money(view.facts.price), view.order_number)
    text = Text("  ".join(filter(None, head)), style="bold")
    who = _awaited(view)
    text.append("\n" + (t(AWAITS, state=view.state, who=who) if who else t.value(view.state)), style="bold")
    for at, told in sorted(_story(view, t), key=lambda pair: pair[0])[::-1]:
        text.append(f"\n{t.clock(at, now)}  ", style="not bold dim")
        text.append(" ".join(told.split()), style="not bold")
    return text


def _awaited(view: CaseView) -> object:
    """Whose turn it is; empty when the case has ended."""
    state, shares = view.state, view.decisions[-1].shares if view.decisions else ()
    if state is CaseState.REPORTED:
        return A_MANAGER
    if state is CaseState.OBJECTED:
        return SECOND_MANAGER
    if state is CaseState.DECIDED:
        return [share.person.name for share in shares if share.acknowledged is None]
    if state is CaseState.SETTLING:
        left = [(share.person.name, share.amount - share.settled) for share in shares]
        return [f"{name} {money(owed)}" for name, owed in left if owed]
    return "" if view.facts.closed else THE_KEEPER


def _story(view: CaseView, t: Translator) -> Iterator[tuple[datetime, str]]:
    """Every step with its time, told as the history of an order tells it."""
    yield view.at, _report(view, t)
    for decision in view.decisions:
        yield decision.at, _decision(view, decision, t)
        for share in decision.shares:
            if share.answered_at is not None:
                yield share.answered_at, _answer(view, share, t)
    left = {share.person: share.amount for share in view.decisions[-1].shares} if view.decisions else {}
    for paid in view.settlements:
        left[paid.person] -= paid.amount
        yield paid.at, _settlement(view, paid, left[paid.person], t)
    if view.release is not None:
        fate, by = view.release.fate, view.release.by.name
        args = {"actor": by, "thing": view.thing, "case": view.number, "fate": fate, "note": view.release.note}
        yield view.release.at, t(ReleaseTool.story, **args)


def _report(view: CaseView, t: Translator) -> str:
    custodian = view.custodian.name if view.custodian else NOBODY
    args = {"actor": view.reported_by.name, "custodian": custodian, "case": view.number, "cause": view.cause}
    args["circumstances"] = view.circumstances
    if view.subject is CaseSubject.TOOL:
        return t(ReportDamage.story, **args, name=view.thing, tool=view.thing_no)
    return t(ReportPartLoss.story, **args, pieces=view.pieces, part=view.thing, side=_SIDES[view.subject])


def _decision(view: CaseView, decision: DecisionView, t: Translator) -> str:
    args = {"actor": decision.by.name, "case": view.number, "thing": view.thing, "reason": decision.reason}
    if decision.amount is None:
        return t(CloseWithoutLiability.story, **args, ground=decision.ground)
    liable = [f"{share.person.name} {share.percent.normalize():f} % {money(share.amount)}" for share in decision.shares]
    terms = {"cause": decision.cause, "method": decision.method, "sum": money(decision.amount), "liable": liable}
    return t(DecideLiability.story, **args, **terms)


def _answer(view: CaseView, share: ShareView, t: Translator) -> str:
    command: type[Command] = AcknowledgeLiability if share.acknowledged else ObjectToLiability
    args = {"actor": share.person.name, "sum": money(share.amount), "case": view.number, "statement": share.statement}
    return t(command.story, **args)


def _settlement(view: CaseView, paid: SettlementView, left: Decimal, t: Translator) -> str:
    args = {"actor": paid.by.name, "case": view.number, "thing": view.thing, "note": paid.note, "pieces": view.pieces}
    if paid.method is Method.REPLACE and view.subject is not CaseSubject.TOOL:
        return t(AcceptReplacementParts.story, **args)
    if paid.method is Method.REPLACE:
        return t(AcceptReplacementTool.story, **args, number=view.release.replacement if view.release else "")
    return t(_ACCEPTED[paid.method].story, **args, sum=money(paid.amount), name=paid.person.name, left=money(left))
