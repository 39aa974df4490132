"""Every paper, as PDF: its codes read back by a decoder that is not ours, its text in both languages, nothing cut."""

from calendar import monthrange
from datetime import timedelta

import pytest
from support.acting import ALL_ON, Floor
from support.catalogue import IN_CART
from support.paper_shop import (
    LONG_CUSTOMER,
    LONG_EN,
    LONG_PART_ZH,
    LONG_ZH,
    REQUEST,
    codes_in,
    last_line,
    pages,
    print_pdf,
    subject,
    text_of,
)
from support.paper_stack import ITEMS, PARTS, Stack, squeezed

from workshop.db.tables import OldPart
from workshop.domain import numbers
from workshop.domain.command_codes import every_code
from workshop.domain.papers import RULES, About, Paper
from workshop.domain.states import Stage


@pytest.mark.parametrize("paper", Paper)
def test_every_code_on_every_paper_is_read_back_from_the_page(stack: Stack, paper: Paper) -> None:
    found = [code for page in pages(stack.pdf(paper, "both")) for code in codes_in(page)]
    about = subject(stack.floor, stack.job, paper)
    if paper is Paper.JOB_CARD:
        assert sorted(found) == sorted([about, *(item.number for item in stack.job.facts.items if item.agreed)])
    elif paper is Paper.COMMAND_SHEET:
        assert sorted(found) == sorted(code.number for code in every_code())
    else:
        coded = RULES[paper].about not in {About.VEHICLE, About.DAY}
        assert found == ([about[:10]] if coded else [])
    assert all(numbers.parse(code) for code in found)


def test_the_repair_order_bears_the_quote_the_clause_and_room_for_both_signatures(stack: Stack) -> None:
    text = stack.text(Paper.REPAIR_ORDER, "zh_CN")
    for wanted in (
        LONG_CUSTOMER,
        "粤B12345",
        "LSVAA4180E2123450",
        "用户需求描述",
        "预计交车时间",
        "需增加维修项目或扩大维修范围时，承修方应当事先征得托修方同意",
        "壹佰伍拾捌万",
        "托修方签字",
        "服务顾问签字",
    ):
        assert squeezed(wanted) in text, wanted
    assert text.count(squeezed(LONG_ZH)) == ITEMS + 1  # the item that the customer agreed to later stands with them
    assert text.count(squeezed(LONG_PART_ZH)) == PARTS


@pytest.mark.parametrize("paper", [Paper.REPAIR_ORDER, Paper.SETTLEMENT])
def test_what_a_customer_signs_has_the_parts_as_the_official_forms_do(stack: Stack, paper: Paper) -> None:
    text = stack.text(paper, "zh_CN")
    assert "配件名称配件编号原厂/同质/修复" in text
    assert "备件" not in text


def test_an_area_is_cleaned_by_somebody_and_a_cart_holds_so_many_tools(stack: Stack) -> None:
    assert "负责清扫:一组" in stack.text(Paper.AREA_LABEL, "zh_CN")
    assert "负责清扫一组" in stack.text(Paper.CLEANING_MONTH, "zh_CN")
    assert "工具数量" in stack.text(Paper.CART_CONTENTS, "zh_CN")


def test_papers_are_in_the_language_asked_for(stack: Stack) -> None:
    english, both = stack.text(Paper.SETTLEMENT, "en"), stack.text(Paper.SETTLEMENT, "both")
    assert "机动车维修费用结算清单" not in english
    assert english.count(squeezed(LONG_EN)) == both.count(squeezed(LONG_EN))
    for wanted in ("机动车维修费用结算清单", "Settlement list of repair costs", LONG_ZH, LONG_EN):
        assert squeezed(wanted) in both, wanted
    assert "元整" not in english  # capital numerals are Chinese


def test_a_job_card_does_not_tell_the_plate_that_is_still_to_be_proven(stack: Stack) -> None:
    blind, proven = text_of(stack.blind), stack.text(Paper.JOB_CARD, "zh_CN")
    assert "12345" not in blind.replace("1000000018", "")
    assert "E2123450" not in blind
    assert "车牌（按实车填写）" in blind
    assert "粤B12345" in proven


def test_an_issue_slip_names_units_and_signatures_in_its_language(stack: Stack) -> None:
    chinese, english = (stack.text(Paper.ISSUE_SLIP, language) for language in ("zh_CN", "en"))
    assert "2个旧件已交" in chinese
    assert "领料人张技师" in chinese
    assert "2pcoldpart" in english
    assert "Partsreceivedby张技师" in english


def test_a_history_tells_what_was_done_apart_from_what_was_declined(stack: Stack) -> None:
    visits, _, waiting = stack.text(Paper.VEHICLE_HISTORY, "zh_CN").partition("暂缓或拒绝、下次再提示的项目")
    assert "清洗客户拒绝" in waiting
    assert "清洗" not in visits
    assert visits.count("更换前后制动片") == ITEMS + 1


def test_the_job_card_bears_what_must_be_worn_and_the_checklist_of_every_item(stack: Stack) -> None:
    text = stack.text(Paper.JOB_CARD, "zh_CN")
    assert text.count("手套、护目镜、作业下方的接油盘") == ITEMS + 1
    assert text.count("100–130.5Nm") == ITEMS + 1
    assert "单外问题" in text


def test_the_supplement_bears_the_finding_every_line_and_the_customers_answers(stack: Stack) -> None:
    text = stack.text(Paper.SUPPLEMENT, "zh_CN")
    for wanted in (
        "左前:转向横拉杆",
        "[安全]",
        "2×制动片单价¥",
        "客户同意电话:周先生",
        "客户拒绝电话:周先生",
        "同意/拒绝/暂不",
    ):
        assert squeezed(wanted) in text, wanted


def test_the_settlement_ticks_one_of_the_three_official_outcomes(stack: Stack) -> None:
    text = stack.text(Paper.SETTLEMENT, "zh_CN")
    assert "旧件处理结果：由托修方收回由承修方收回无旧配件" in text  # the words of the form, not of the screens
    assert "原厂/同质/修复" in text
    tags = [row.number for row in stack.floor.rows(OldPart)]
    assert len(tags) == PARTS + 1
    assert all(tag in text for tag in tags)


def test_the_certificate_has_three_parts_with_the_inspector_and_the_guarantee(stack: Stack) -> None:
    text = stack.text(Paper.CERTIFICATE, "zh_CN")
    number = str(stack.job.row.certificate_no)
    assert [text.count(part) for part in ("正联（托修方存）", "副联（承修方存）", "质量保证卡", number)] == [1, 1, 1, 3]
    assert text.count("陈质检") == 2
    assert "总成修理" in text
    assert "21,100km" in text  # 20,000 km from the release at 1,100
    assert "质量保证期内返修记录" in text


def test_the_inspection_report_bears_values_and_the_three_signatures(stack: Stack) -> None:
    text = stack.text(Paper.INSPECTION_REPORT, "zh_CN")
    assert text.count("100Nm") == ITEMS + 1
    for person in ("张技师", "刘组长", "陈质检"):
        assert person in text


def test_the_closing_report_seals_the_ledger(stack: Stack) -> None:
    line = last_line(stack.floor)
    text = stack.text(Paper.CLOSING_REPORT, "zh_CN")
    assert line.hash in text
    assert f"当日末行时间{line.number}" in text or str(line.number) in text


def test_the_cart_is_listed_with_room_to_count_three_times(stack: Stack) -> None:
    text = stack.text(Paper.CART_CONTENTS, "zh_CN")
    assert stack.floor.tool(IN_CART) in text
    for column in ("作业前", "合盖前", "作业后"):
        assert column in text


def test_the_cleaning_record_has_every_day_of_the_month(stack: Stack) -> None:
    text = stack.text(Paper.CLEANING_MONTH, "zh_CN")
    here = stack.floor.now + timedelta(hours=8)
    assert all(f"{here:%m}-{day:02d}" in text for day in range(1, monthrange(here.year, here.month)[1] + 1))
    assert "一组工位" in text


def test_the_liability_statement_has_every_debit_and_credit_and_the_balance(stack: Stack) -> None:
    text = stack.text(Paper.LIABILITY_STATEMENT, "zh_CN")
    for wanted in ("赔偿对账单", "张技师", "棘轮扳手", "应赔", "¥109.99", "付款", "¥60.01", "肆拾玖元玖角捌分"):
        assert squeezed(wanted) in text, wanted
    assert text.count("¥49.98") == 2


def test_the_liability_record_tells_shares_answers_and_amounts(stack: Stack) -> None:
    text = stack.text(Paper.LIABILITY_RECORD, "zh_CN")
    for wanted in ("棘轮头崩齿", "66.67%", "33.33%", "¥30.00", "¥15.00", "肆拾伍元整", "当时不在场", "蒋全能"):
        assert wanted in text, wanted


def test_what_the_font_lacks_is_marked_and_told(stack: Stack) -> None:
    text = stack.text(Paper.REPAIR_ORDER, "en")
    assert "〓[/red]" in text
    assert "U+1F697" in text


def test_two_running_clocks_and_a_split_table_cell_are_all_told(floor: Floor) -> None:
    job = floor.open("LEVEL2", "OIL", request="\n".join(f"第{number}行" for number in range(200))).to(
        Stage.ITEMS_CONFIRMED
    )
    for item in job.items:
        floor.do("technician", "start-item", item=item, confirmed=ALL_ON)
        floor.do("technician", "pause-item", item=item, reason="break")
    text = text_of(print_pdf(floor, job, Paper.JOB_CARD))
    assert text.count("张技师") == 4
    assert all(f"第{number}行" in text for number in range(200))


def test_a_certificate_speaks_of_the_client_as_the_official_one_does(stack: Stack) -> None:
    text = stack.text(Paper.CERTIFICATE, "zh_CN")
    assert text.count("合格证编号" + str(stack.job.row.certificate_no)) == 3
    assert text.count("托修方" + LONG_CUSTOMER[:8]) == 2


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        (Paper.JOB_CARD, f"2×{LONG_PART_ZH}"),
        (Paper.SUPPLEMENT, "2×制动片"),
        (Paper.SETTLEMENT, f"2×{LONG_PART_ZH}"),
    ],
)
def test_papers_say_how_many_as_the_screens_do(stack: Stack, paper: Paper, said: str) -> None:
    text = stack.text(paper, "zh_CN")
    assert squeezed(said) in text
    assert "×2" not in text


def test_a_warranty_tag_tells_the_whole_request(stack: Stack) -> None:
    text = stack.text(Paper.WARRANTY_TAG, "zh_CN")
    assert text.count("空调出风有异味") == REQUEST.count("空调出风有异味")
    assert "索赔单号:____" in text


def test_a_closing_report_says_that_no_order_is_open(stack: Stack) -> None:
    assert "当前在厂工单无台账" in stack.text(Paper.CLOSING_REPORT, "zh_CN")
