"""Draws the papers that docs/papers.md shows: `uv run --no-sync python tests/support/paper_pictures.py`."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.acting import CONSENT, Floor, Job
from support.paper_shop import added_items, liability, pages, print_pdf
from support.shop import SmallShop, build
from workshop.db.tables import ChangeLine
from workshop.documents.codes import svg
from workshop.domain.papers import Paper
from workshop.domain.states import Stage

DOCS = Path(__file__).parents[2] / "docs"
SHOWN = (
    (Paper.REPAIR_ORDER, "both"),
    (Paper.JOB_CARD, "zh_CN"),
    (Paper.SUPPLEMENT, "zh_CN"),
    (Paper.SETTLEMENT, "zh_CN"),
    (Paper.CERTIFICATE, "zh_CN"),
    (Paper.INSPECTION_REPORT, "en"),
    (Paper.OLD_PART_TAG, "zh_CN"),
    (Paper.BADGE, "both"),
    (Paper.CLOSING_REPORT, "zh_CN"),
    (Paper.LIABILITY_RECORD, "zh_CN"),
    (Paper.COMMAND_SHEET, "both"),
)
ON_THE_FLOOR = frozenset({Paper.REPAIR_ORDER, Paper.JOB_CARD, Paper.SUPPLEMENT})


class _Undone(Exception):
    pass


def draw(folder: Path) -> None:
    """Draw the first page of each."""
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{place}/shop.db"
        build(url)
        shop = SmallShop(url)
        try:
            with shop.db.writing() as session:
                _draw(Floor(shop, session), folder)
                raise _Undone
        except _Undone:
            shop.close()


def _draw(floor: Floor, folder: Path) -> None:
    pad = {"operation": "BRAKE", "parts": [{"part_no": "PAD", "quantity": 2}]}
    oil = {"operation": "LEVEL2", "parts": [{"part_no": "FILTER"}, {"part_no": "GREASE"}]}
    request = "低速制动时前轮有尖锐异响，踏板偏软；常规二级维护"
    wishes = {"old_parts": "customer_takes", "fuel": "3/4", "belongings": "后备箱儿童座椅一个", "odometer": 48_210}
    job = floor.open(pad, oil, request=request, **wishes).to(Stage.IN_WORK)
    added_items(job, "GEARBOX")
    _save(floor, job, folder, ON_THE_FLOOR)
    for line in floor.rows(ChangeLine):
        if line.decision is None:
            floor.do("advisor", "decide-line", line=line.id, decision="deferred", **CONSENT)
    job.to(Stage.HANDED_OVER)
    job.release(odometer=48_215)
    job.deliver("customer_takes")
    liability(floor)
    _save(floor, job, folder, frozenset(Paper) - ON_THE_FLOOR)


def _save(floor: Floor, job: Job, folder: Path, papers: frozenset[Paper]) -> None:
    for paper, language in SHOWN:
        if paper in papers:
            page = pages(print_pdf(floor, job, paper, language), 80)[0]
            page.quantize(16).save(folder / f"{paper.value}.png", optimize=True)


if __name__ == "__main__":
    target = DOCS / "papers"
    target.mkdir(exist_ok=True)
    draw(target)
    (target / "code.svg").write_text(svg("1000000018"), encoding="utf-8")
    print(*sorted(f"{file.name} {file.stat().st_size}" for file in target.iterdir()), sep="\n")
