"""The papers of one large order, printed once per run by whichever worker needs them first."""

import pickle
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import pypdfium2
import pytest

from support.acting import CONSENT, Floor, Job
from support.blame import reported
from support.catalogue import IN_CART
from support.databases import Once
from support.paper_shop import added_items, grand_order, liability, print_pdf, text_of
from support.shop import SmallShop
from workshop.db.tables import ChangeLine
from workshop.domain.papers import Paper
from workshop.domain.states import Stage

LANGUAGES: Final = ("zh_CN", "en", "both")
ITEMS: Final = 30
PARTS: Final = 60


@dataclass
class Stack:
    """Papers of an order of 30 items and 60 parts with the longest names, as PDF: those of the floor made while it was
    in work, the others after delivery.
    """

    floor: Floor
    job: Job
    blind: bytes
    """The job card before the plate was proven."""
    once: Once

    def pdf(self, paper: Paper, language: str) -> bytes:
        """The paper, printed when it is first asked for."""

        def print_it(target: Path) -> None:
            target.write_bytes(print_pdf(self.floor, self.job, paper, language))

        return self.once.file(f"{paper}-{language}.pdf", print_it).read_bytes()

    def text(self, paper: Paper, language: str) -> str:
        """A paper's text without spaces."""
        return text_of(self.pdf(paper, language))


@pytest.fixture(scope="session")
def stack(shop_file: Path, once: Once) -> Iterator[Stack]:
    """The papers, and the order as it stands delivered; tests only look at both."""
    database = once.folder / "papers.db"

    def trade(target: Path) -> None:
        shutil.copyfile(shop_file, database)
        shop = SmallShop(f"sqlite:///{database}")
        with shop.db.writing() as session:
            target.write_bytes(pickle.dumps(_deliver(Floor(shop, session), once)))
        shop.close()

    order, now, blind = pickle.loads(once.file("papers", trade).read_bytes())  # noqa: S301 — of our own making
    shop = SmallShop(f"sqlite:///{database}")
    with shop.db.reading() as session:
        floor = Floor(shop, session)
        floor.now = now
        yield Stack(floor, Job(floor, *order), blind, once)
    shop.close()


def _deliver(floor: Floor, once: Once) -> tuple[tuple[str, list[str], int], datetime, bytes]:
    job = grand_order(floor, Stage.DISPATCHED, ITEMS)
    blind = print_pdf(floor, job, Paper.JOB_CARD)
    job.to(Stage.IN_WORK)
    added_items(job)
    stack = Stack(floor, job, blind, once)
    for paper in (Paper.REPAIR_ORDER, Paper.JOB_CARD, Paper.SUPPLEMENT):
        for language in LANGUAGES:
            stack.pdf(paper, language)
    undecided = next(row for row in floor.rows(ChangeLine) if row.decision is None)
    floor.do("advisor", "decide-line", line=undecided.id, decision="deferred", **CONSENT)
    job.to(Stage.RELEASED)
    job.deliver("customer_takes")
    reported(floor, IN_CART).final("109.99").pay("60.01")
    liability(floor)
    return (job.number, job.items, job.vehicle), floor.now, blind


def squeezed(text: str) -> str:
    """A text as `text_of` gives it."""
    return "".join(text.split())


def page_texts(data: bytes) -> list[str]:
    """The text of each page without spaces."""
    return [squeezed(page.get_textpage().get_text_bounded()) for page in pypdfium2.PdfDocument(data)]
