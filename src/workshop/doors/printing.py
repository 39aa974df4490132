"""`workshop print` and its queue: a paper recorded as printed, then saved or sent."""

from dataclasses import dataclass
from pathlib import Path

from workshop.commands.perform import Clock, perform, rehearse, utc_now
from workshop.commands.printing import PrintPaper
from workshop.commands.tx import Actor
from workshop.db.database import Database
from workshop.documents.desk import SAVED, PrintingDesk, told
from workshop.documents.lines import preview
from workshop.documents.printing import document, printing_of
from workshop.domain.papers import Paper
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_
from workshop.doors.lines import columns as columns_of
from workshop.i18n import Translator

TWO_PLACES = ReasonKind("-", "paper_two_places", N_("A paper goes to a file or to a printer. Name one of them."))
NOTHING_WAITS = N_("Nothing waits to be printed.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be printed: which paper, about what, in which language."""

    paper: Paper
    about: str
    language: str

    @property
    def command(self) -> PrintPaper:
        """The act that records it."""
        return PrintPaper(paper=self.paper, paper_about=self.about)


def print_paper(
    db: Database,
    desk: PrintingDesk,
    wanted: Wanted,
    actor: Actor,
    terminal: str,
    said: Translator,
    *,
    file: Path | None = None,
    printer: str = "",
    clock: Clock = utc_now,
) -> list[str]:
    """Record the printing, make the paper, save it (in `file`, or where papers are kept) or send it to a printer."""
    if printer and file is not None:
        raise Refused(TWO_PLACES())
    if printer:
        desk.require(printer, wanted.paper)  # before anything is recorded
    else:
        desk.require_room(file)
    now = clock()
    done = perform(db, wanted.command, actor.id, terminal, clock=lambda: now)
    printing = printing_of(done.outcome, wanted.paper, wanted.language, now, actor.name, terminal)
    with db.reading() as session:
        made = document(session, printing)
    if not printer:
        return [said(SAVED, file=str(desk.save(made, file or desk.file_for(printing))))]
    return told(desk.send(made, printing, printer, said), said)


def shown(db: Database, wanted: Wanted, actor: Actor, terminal: str, columns: int, clock: Clock = utc_now) -> list[str]:
    """The paper as lines to look at, for whoever may print it; nothing is recorded."""
    now = clock()
    outcome = rehearse(db, wanted.command, actor.id, terminal, clock=lambda: now)
    with db.reading() as session:
        printing = printing_of(outcome, wanted.paper, wanted.language, now, actor.name, terminal)
        return preview(document(session, printing), columns)


def queue_told(desk: PrintingDesk, said: Translator) -> list[str]:
    """What waits to be printed, one line each, by the number that names it."""
    rows = [(job.id[-6:], said.value(job.state), job.printer, job.title, job.cause) for job in desk.spool.jobs()]
    return columns_of(rows) if rows else [said(NOTHING_WAITS)]
