"""The printing desk of a terminal: where papers are saved, which printers there are, what waits for them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile

from workshop.documents.blocks import Document
from workshop.documents.paper_settings import PrintSettings
from workshop.documents.pdf import pdf
from workshop.documents.printers import UNKNOWN, rendered, require_able
from workshop.documents.printing import Print
from workshop.documents.spool import TWICE, Job, Sent, Spool
from workshop.domain.papers import RULES, Paper
from workshop.domain.printers import Printer, parse_printers
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, Message
from workshop.i18n import Translator

UNWRITTEN = ReasonKind("-", "paper_unwritten", N_("{file} cannot be written: {detail}. Choose another place."))
SAVED = N_("Saved: {file}")
PRINTED = N_("{title}: sent to {printer}. {said}")
WAITS = N_("{title}: {printer} takes nothing ({said}). It waits in the print queue and is sent with the next paper.")
DOUBT = N_(
    "{title}: {printer} broke off ({said}). Look whether it is on paper; then have it sent again or give it up: {ways}"
)
_WAYS = "workshop print-queue --again {job}, --drop {job}"


@dataclass(frozen=True, slots=True)
class PrintingDesk:
    """Saves papers as files and sends them to printers."""

    folder: Path
    spool: Spool
    printers: Mapping[str, Printer] = field(default_factory=dict)

    def save(self, document: Document, file: Path) -> Path:
        """Save it as PDF; `Refused` if the file cannot be written."""
        data = pdf(document)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        except OSError as error:
            raise _unwritten(file, error) from error
        return file

    def require_room(self, file: Path | None) -> None:
        """`Refused` if no file could be written there, asked first so that no original is spent on nothing."""
        folder = file.parent if file else self.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with file.open("ab") if file and file.exists() else TemporaryFile(dir=folder):
                return
        except OSError as error:
            raise _unwritten(file or folder, error) from error

    def file_for(self, wanted: Print) -> Path:
        """A file name that says what it is and is not there yet."""
        stem = re.sub(r"[^\w.-]+", "_", "-".join(filter(None, (wanted.paper.value, wanted.subject))))
        copy = f"-copy{wanted.copy}" if wanted.copy else ""
        return self.folder / f"{stem}{copy}.{wanted.language}.pdf"

    def require(self, name: str, paper: Paper) -> Printer:
        """The printer of this name; `Refused` if there is none, or none that prints such a paper."""
        if name not in self.printers:
            raise Refused(UNKNOWN(printer=name, known=", ".join(self.printers) or "-"))
        printer = self.printers[name]
        require_able(printer, is_label=RULES[paper].is_label)
        return printer

    def send(self, document: Document, wanted: Print, printer: str, said: Translator) -> list[Sent]:
        """Queue it and send everything that waits; what became of each."""
        title = f"{said(wanted.paper.label)} {wanted.subject}".strip()
        self.spool.put(printer, title, rendered(document, self.require(printer, wanted.paper)))
        return self.flush(said)

    def flush(self, said: Translator) -> list[Sent]:
        """Send everything that waits."""
        return self.spool.send(self.printers, said(TWICE))


def _unwritten(file: Path, error: OSError) -> Refused:
    return Refused(UNWRITTEN(file=str(file), detail=error.strerror or str(error)))


def desk_of(settings: PrintSettings) -> PrintingDesk:
    """The printing desk that the settings describe."""
    return PrintingDesk(settings.paper_folder, Spool(settings.print_queue), parse_printers(settings.printers))


def _at_the_shell(job: Job) -> str:
    return _WAYS.format(job=job.id[-6:])


def told(sent: Iterable[Sent], say: Callable[..., str], ways: Callable[[Job], str] = _at_the_shell) -> list[str]:
    """What became of jobs, as sentences; `ways` names how to go on with one that is in doubt."""
    texts: dict[str | None, Message] = {None: PRINTED, "waiting": WAITS, "doubt": DOUBT}
    return [
        say(
            texts[one.state],
            title=one.job.title,
            printer=one.job.printer,
            said=one.said,
            ways=ways(one.job),
        ).strip()
        for one in sent
    ]
