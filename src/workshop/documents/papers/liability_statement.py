"""赔偿对账单: what one person was found liable for and has made good, line by line, to be signed (W8a)."""

from workshop.documents.blocks import Block, Column, Field, Prose, Signatures, Table
from workshop.documents.papers.making import Desk, Made, grid, pieces
from workshop.domain.words import N_
from workshop.queries.statements import Statement, StatementLine

TITLE = N_("Liability statement")
PERSON, BADGE, AS_OF = N_("person"), N_("badge"), N_("as of")
DATE, CASE, WHAT, HOW = N_("date"), N_("case"), N_("what"), N_("how")
DEBIT, CREDIT, BALANCE = N_("was owed"), N_("made good"), N_("still owed")
LIABLE, NOTHING = N_("liable"), N_("Nothing was ever owed.")
MANAGER = N_("workshop manager")


def liability_statement(desk: Desk, found: Statement) -> Made:
    """Every debit and credit with the balance after it, then the sums."""
    voice, person = desk.voice, found.person
    fields = [
        Field(voice(PERSON), person.name),
        Field(voice(BADGE), person.badge),
        Field(voice(AS_OF), voice.moment(desk.now)),
    ]
    heads = (
        Column(voice(DATE), 2),
        Column(voice(CASE), 1.7),
        Column(voice(WHAT), 3.3),
        Column(voice(HOW), 1.7),
        Column(voice(DEBIT), 1.6, right=True),
        Column(voice(CREDIT), 1.6, right=True),
        Column(voice(BALANCE), 1.6, right=True),
    )
    sums = (
        (voice(DEBIT), voice.money(found.debit)),
        (voice(CREDIT), voice.money(found.credit)),
        (voice(BALANCE), "  ".join(filter(None, (voice.money(found.balance), voice.capital(found.balance))))),
    )
    table = Table(heads, tuple(_row(desk, line) for line in found.lines), sums)
    body: list[Block] = [table] if found.lines else [Prose(voice.text(NOTHING))]
    signatures = Signatures(((voice(PERSON), person.name), (voice(MANAGER), "")))
    return Made(voice.text(TITLE), person.badge, (grid(fields), *body, signatures))


def _row(desk: Desk, line: StatementLine) -> tuple[str, ...]:
    voice, entry = desk.voice, line.account.entry
    thing = voice.value(line.thing)
    return (
        voice.day(voice.here(entry.at)),
        entry.case,
        pieces(line.pieces, thing) if line.pieces > 1 else thing,
        voice.value(entry.method or LIABLE),
        voice.money(entry.debit) if entry.debit else "",
        voice.money(entry.credit) if entry.credit else "",
        voice.money(line.account.balance),
    )
