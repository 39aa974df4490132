"""The print queue: what waits for a printer, in a folder, so that it survives the program and a printer that is off.

Every job is a file: a line of JSON, then the bytes. Its ending says how it stands. A job is named `.sending` before its
first byte leaves; one found so later was interrupted, and becomes `.doubt`: it may be on paper, so it is never sent
again by itself, and bears a notice when a person has it sent again.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from workshop.db.files import appearing
from workshop.documents.printers import PrinterAway, PrinterDoubtful, send, warned
from workshop.domain.printers import Printer
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, Labelled

NO_JOB = ReasonKind("-", "print_no_job", N_("Nothing with this number waits to be printed: {job}"))
TWICE = N_("May have been printed before")
INTERRUPTED = N_("The program ended while it was being sent.")
_LOCK: Final = "lock"


class JobState(Labelled):
    """How a job stands."""

    WAITING = "waiting", N_("waiting for the printer")
    SENDING = "sending", N_("being sent")
    DOUBT = "doubt", N_("may have been printed; send again or drop")


_STANDING: Final = tuple(f".{state}" for state in (JobState.WAITING, JobState.DOUBT, JobState.SENDING))
"""Between two states a job has two files. What counts then: bytes leave only when nothing but `.sending` is left, and
nothing else comes after them than `.doubt`, or `.waiting` where the printer took nothing or a person decided."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be printed. `again`: a person has it sent a second time; `cause`: why it is still here."""

    id: str
    printer: str
    title: str
    state: JobState = JobState.WAITING
    again: bool = False
    tries: int = 0
    cause: str = ""

    @property
    def queued_at(self) -> datetime:
        """Since when it is here."""
        return datetime.fromtimestamp(int(self.id[:20]) / 1e9, UTC)


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a job just now: `state` None is printed; `said` is the printing system's answer, or the cause."""

    job: Job
    state: JobState | None
    said: str = ""


Sender = Callable[[Printer, bytes, str], str]


class Spool:
    """The queue in a folder; several programs may use it at once."""

    def __init__(self, folder: Path, sender: Sender = send) -> None:
        """The folder is made with the first job."""
        self.folder = folder
        self._send = sender

    def put(self, printer: str, title: str, data: bytes) -> Job:
        """Queue something; it is on the disk before this returns."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # whole papers, with names and plates
        job = Job(f"{time.time_ns():020d}-{uuid4().hex[:6]}", printer, title)
        self._write(job, data)
        return job

    def jobs(self) -> list[Job]:
        """Everything that is queued, oldest first."""
        return [job for job, _ in self._read()]

    def send(self, printers: Mapping[str, Printer], twice: str) -> list[Sent]:
        """Send what waits; `twice` is the notice on what may have been printed before. What became of each."""
        if not self.folder.is_dir():
            return []
        with self._locked():
            return list(self._send_all(printers, twice))

    def again(self, job_id: str) -> Job:
        """Have a doubtful job sent once more, with the notice; `Refused` if there is none of this number."""
        job, data = self._find(job_id)
        if job.state is JobState.DOUBT:
            self._move(replace(job, state=JobState.WAITING, again=True), data)
        return job

    def drop(self, job_id: str) -> Job:
        """Give a job up; `Refused` if there is none of this number."""
        job, _ = self._find(job_id)
        self._path(job).unlink(missing_ok=True)
        return job

    def _send_all(self, printers: Mapping[str, Printer], twice: str) -> Iterator[Sent]:
        away: dict[str, str] = {}
        for job, data in self._read():
            if job.state is JobState.SENDING:  # we hold the lock: whoever was sending it is no more
                doubtful = replace(job, state=JobState.DOUBT, cause=INTERRUPTED)
                self._move(doubtful, data)
                yield Sent(doubtful, JobState.DOUBT, INTERRUPTED)
            elif job.state is JobState.WAITING and job.printer in printers:
                if job.printer in away:
                    yield Sent(job, JobState.WAITING, away[job.printer])
                    continue
                sent = self._send_one(job, data, printers[job.printer], twice)
                if sent.state is JobState.WAITING:
                    away[job.printer] = sent.said
                yield sent

    def _send_one(self, job: Job, data: bytes, printer: Printer, twice: str) -> Sent:
        job = self._move(replace(job, state=JobState.SENDING, tries=job.tries + 1), data)
        try:
            said = self._send(printer, warned(data, printer, twice) if job.again else data, job.title)
        except PrinterAway as away:
            return self._left(job, data, JobState.WAITING, str(away))
        except PrinterDoubtful as doubtful:
            return self._left(job, data, JobState.DOUBT, str(doubtful))
        except Refused:
            self._move(replace(job, state=JobState.WAITING), data)
            raise
        self._path(job).unlink()
        return Sent(job, None, said)

    def _left(self, job: Job, data: bytes, state: JobState, cause: str) -> Sent:
        return Sent(self._move(replace(job, state=state, cause=cause), data), state, cause)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.folder / _LOCK).open("w") as lock:
            if os.name == "posix":  # elsewhere a shop has one program at a queue
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, job: Job) -> Path:
        return self.folder / f"{job.id}.{job.state}"

    def _read(self) -> Iterator[tuple[Job, bytes]]:
        found = [path for path in self.folder.glob("*.*") if path.suffix in _STANDING]
        read: set[str] = set()
        for path in sorted(found, key=lambda path: (path.stem, _STANDING.index(path.suffix))):
            if path.stem in read:
                continue
            try:
                head, _, data = path.read_bytes().partition(b"\n")
            except FileNotFoundError:  # moved on, or sent by another program meanwhile
                continue
            read.add(path.stem)
            yield Job(**json.loads(head) | {"state": JobState(path.suffix[1:])}), data

    def _find(self, job_id: str) -> tuple[Job, bytes]:
        found = [(job, data) for job, data in self._read() if job_id and job.id.endswith(job_id)]
        if len(found) != 1:
            raise Refused(NO_JOB(job=job_id))
        return found[0]

    def _move(self, job: Job, data: bytes) -> Job:
        """Keep a job as it stands now; what stood before goes only when this is on the disk."""
        self._write(job, data)
        for state in JobState:
            if state is not job.state:
                self._path(replace(job, state=state)).unlink(missing_ok=True)
        return job

    def _write(self, job: Job, data: bytes) -> None:
        with appearing(self._path(job)) as draft:
            draft.write_bytes(json.dumps(asdict(job), ensure_ascii=False).encode() + b"\n" + data)
