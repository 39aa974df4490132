"""责任认定书: a case of damage or loss with its decisions, the answers to them, and room to sign (W8a, W6c)."""

from collections.abc import Iterator
from decimal import Decimal

from workshop.documents.blocks import Block, Column, Field, Heading, Prose, Signatures, Table
from workshop.documents.papers.making import Desk, Made, grid
from workshop.domain.words import N_
from workshop.queries.liability import CaseView, DecisionView, ShareView

TITLE = N_("Liability record")
THING, NUMBER, PIECES, VALUE = N_("what was damaged or lost"), N_("number"), N_("pieces"), N_("price")
CUSTODIAN, REPORTER, REPORTED = N_("in whose custody"), N_("reported by"), N_("reported at")
ORDER, CAUSE, STATE, CIRCUMSTANCES = N_("order"), N_("cause reported"), N_("state"), N_("circumstances")
DECISION, SECOND = N_("Decision"), N_("Decision of the second manager")
DECIDED_BY, GROUND, METHOD, AMOUNT, REASON = (
    N_("decided by"),
    N_("nobody is liable, because"),
    N_("to be made good by"),
    N_("amount"),
    N_("reason"),
)
PERSON, SHARE, ANSWER, SETTLED, OWED = N_("person"), N_("share"), N_("answer"), N_("made good"), N_("still owed")
ACKNOWLEDGED, OBJECTED = N_("acknowledged"), N_("objected")
RIGHT = N_(
    "Whoever is held liable may object with a statement; another manager then decides for good. The amount is at most "
    "the price of the thing; what was worn out in normal use is nobody's debt."
)
CONCERNED, MANAGER, KEEPER = N_("person concerned, date"), N_("workshop manager, date"), N_("tool keeper")


def liability_record(desk: Desk, case: CaseView) -> Made:
    """The whole case."""
    voice = desk.voice
    fields = [
        Field(voice(THING), voice.value(case.thing)),
        Field(voice(NUMBER), case.thing_no),
        Field(voice(PIECES), str(case.pieces)),
        Field(voice(VALUE), _amount(desk, case.facts.price)),
        Field(voice(CUSTODIAN), case.custodian.name if case.custodian else ""),
        Field(voice(ORDER), case.order_number),
        Field(voice(REPORTER), case.reported_by.name),
        Field(voice(REPORTED), voice.moment(case.at)),
        Field(voice(STATE), voice.value(case.state)),
        Field(voice(CAUSE), voice.value(case.cause), wide=True),
        Field(voice(CIRCUMSTANCES), case.circumstances, wide=True),
    ]
    blocks: list[Block] = [grid(fields)]
    for decision in case.decisions:
        blocks += _decision(desk, decision, final=case.facts.final and decision is case.decisions[-1])
    signers = ((voice(CONCERNED), ""), (voice(MANAGER), ""), (voice(KEEPER), ""))
    return Made(voice.text(TITLE), case.number, (*blocks, Prose(voice.text(RIGHT), framed=True), Signatures(signers)))


def _decision(desk: Desk, one: DecisionView, *, final: bool) -> Iterator[Block]:
    """A decision with its shares; only of a final one anything is owed."""
    voice = desk.voice
    yield Heading(voice(DECISION if one.instance == 1 else SECOND))
    terms = (
        Field(voice(GROUND), voice.value(one.ground))
        if one.amount is None
        else Field(voice(AMOUNT), _amount(desk, one.amount))
    )
    yield grid(
        [
            Field(voice(DECIDED_BY), f"{one.by.name}  {voice.moment(one.at)}"),
            Field(voice(METHOD), voice.value(one.method) or voice.value(one.ground)),
            terms,
            Field(voice(REASON), one.reason, wide=True),
        ]
    )
    if one.shares:
        yield Table(
            (
                Column(voice(PERSON), 1.6),
                Column(voice(SHARE), 0.9, right=True),
                Column(voice(AMOUNT), 1.5, right=True),
                Column(voice(ANSWER), 3.6),
                Column(voice(SETTLED), 1.5, right=True),
                Column(voice(OWED), 1.5, right=True),
            ),
            tuple(_share(desk, share, final=final) for share in one.shares),
        )


def _share(desk: Desk, one: ShareView, *, final: bool) -> tuple[str, ...]:
    voice = desk.voice
    answer = "" if one.acknowledged is None else voice(ACKNOWLEDGED if one.acknowledged else OBJECTED)
    told = "\n".join(filter(None, (answer, one.statement, voice.moment(one.answered_at))))
    return (
        one.person.name,
        f"{one.percent.normalize():f} %",
        voice.money(one.amount),
        told,
        voice.money(one.settled) if final else "",
        voice.money(one.amount - one.settled) if final else "",
    )


def _amount(desk: Desk, amount: Decimal) -> str:
    """With the amount in capital numerals, where there are any."""
    return f"{desk.voice.money(amount)}  {desk.voice.capital(amount)}".rstrip()
