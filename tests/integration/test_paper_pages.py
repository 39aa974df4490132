"""What stands on which page of a paper: nothing cut, nothing apart that belongs together."""

import pytest
from support.acting import Floor
from support.paper_shop import flaws_of_layout, made, pages, print_pdf, text_of
from support.paper_stack import ITEMS, LANGUAGES, Stack, page_texts, squeezed

from workshop.db.tables import OldPart
from workshop.documents.blocks import Sheet, Table
from workshop.documents.canvas import Canvas
from workshop.documents.page_style import PAD, STYLES
from workshop.domain.papers import RULES, Paper
from workshop.domain.states import Stage

CLAUSE = {
    "zh_CN": ("承修方不得超出以上项目施工", "托修方签字、日期"),
    "en": ("The repairer does no work beyond the items above", "Customer's signature, date"),
    "both": ("承修方不得超出以上项目施工", "托修方签字、日期"),
}
"""Words of the clause that is signed, and of the place for the signature."""


def test_a_copy_is_marked_on_its_first_page_and_on_every_other(stack: Stack) -> None:
    data = print_pdf(stack.floor, stack.job, Paper.SETTLEMENT, "both", copy=2)
    assert text_of(data).count("副本2") == len(pages(data, 40))
    assert "副本" not in stack.text(Paper.SETTLEMENT, "zh_CN")
    tag = text_of(print_pdf(stack.floor, stack.job, Paper.OLD_PART_TAG, copy=1))
    assert "副本1" in tag


def test_every_page_of_a_history_names_its_vehicle(stack: Stack) -> None:
    found = page_texts(stack.pdf(Paper.VEHICLE_HISTORY, "zh_CN"))
    assert len(found) > 1
    assert all("粤B12345" in page and "LSVAA4180E2123450" in page for page in found)


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_and_nothing_overlaps_on_any_page(stack: Stack, paper: Paper, language: str) -> None:
    assert flaws_of_layout(stack.pdf(paper, language)) == []


def test_what_overlaps_or_is_cut_would_be_seen() -> None:
    canvas = Canvas(100, 50)
    canvas.add_page()
    canvas.write(20, 20, "制动片", 10)
    canvas.write(22, 21, "机油", 10)
    canvas.write(95, 40, "很长的名字", 10)
    assert [flaw.partition(":")[2].count("over the edge") for flaw in flaws_of_layout(canvas.done())] == [0, 1]


@pytest.mark.parametrize("paper", [paper for paper, rule in RULES.items() if rule.is_label])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_shortens_what_stands_on_it(stack: Stack, paper: Paper, language: str) -> None:
    assert "…" not in stack.text(paper, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_signs_a_repair_order_on_a_page_without_what_is_signed(stack: Stack, language: str) -> None:
    found = page_texts(stack.pdf(Paper.REPAIR_ORDER, language))
    clause, signature = CLAUSE[language]
    assert [squeezed(signature) in page for page in found] == [squeezed(clause) in page for page in found]
    assert sum(squeezed(signature) in page for page in found) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_signs_for_parts_on_a_page_without_any(stack: Stack, language: str) -> None:
    *_, last = page_texts(stack.pdf(Paper.ISSUE_SLIP, language))
    assert ("partsreceivedby" if language == "en" else "领料人") in last.replace("Parts", "parts")
    assert stack.floor.rows(OldPart)[-1].number in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_of_a_job_card_is_on_one_page_with_its_whole_checklist(stack: Stack, language: str) -> None:
    found = page_texts(stack.pdf(Paper.JOB_CARD, language))
    assert sum(page.count("110000") for page in found) == ITEMS + 1
    last_line_of_list = "Nobrakenoise" if language == "en" else "制动无异响"
    assert [page.count("110000") for page in found] == [page.count(last_line_of_list) for page in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_box_for_what_was_found_is_whole_and_above_the_signatures(stack: Stack, language: str) -> None:
    found = page_texts(stack.pdf(Paper.JOB_CARD, language))
    box, signature = ("notontheorder", "finalinspection") if language == "en" else ("发现单外问题", "质检员终检")
    assert [page.count(box) for page in found] == [page.count(signature) for page in found]
    assert sum(page.count(box) for page in found) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_over_return_repairs_is_not_left_at_the_foot_of_a_page(stack: Stack, language: str) -> None:
    found = page_texts(stack.pdf(Paper.CERTIFICATE, language))
    head, column = ("withintheguarantee", "Whatwasdone") if language == "en" else ("质量保证期内返修记录", "处理情况")
    assert [page.count(head) for page in found] == [page.count(column) for page in found]
    assert sum(page.count(column) for page in found) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_of_three_items_is_one_page_in_three_parts(floor: Floor, language: str) -> None:
    job = floor.open("BRAKE", "LEVEL2", "GEARBOX").to(Stage.RELEASED)
    data = print_pdf(floor, job, Paper.CERTIFICATE, language, copy=3)
    assert len(page_texts(data)) == 1
    assert flaws_of_layout(data) == []
    assert text_of(data).count(str(job.row.certificate_no)) == 3


@pytest.mark.parametrize("paper", [paper for paper, rule in RULES.items() if not rule.is_label])
def test_no_word_of_a_tables_head_is_broken(stack: Stack, paper: Paper) -> None:
    sheet = made(stack.floor, stack.job, paper, "both")
    assert isinstance(sheet, Sheet)
    canvas = Canvas(*sheet.size.value)
    canvas.add_page()
    broken: list[str] = []
    style = STYLES[sheet.size]
    size = style.label + 0.5
    for table in (block for block in sheet.blocks if isinstance(block, Table)):
        whole = sum(column.share for column in table.columns)
        for column in table.columns:
            room = (sheet.size.value[0] - 2 * style.margin) * column.share / whole - 2 * PAD
            broken += [word for word in column.head.split() if canvas.measure(word, size, bold=True) > room]
    canvas.done()
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_of_a_settlement_stand_on_one_page_under_its_last_part(stack: Stack, language: str) -> None:
    found = page_texts(stack.pdf(Paper.SETTLEMENT, language))
    wanted = "¥39,695.50", "¥1,586,529.10", "PAD2¥88.80"
    assert [all(one in page for one in wanted) for page in found].count(True) == 1
    assert sum("¥39,695.50" in page for page in found) == 1
