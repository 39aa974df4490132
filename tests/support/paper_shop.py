"""Orders as large as they come, with the longest names that people give, for looking at papers."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image
from sqlmodel import col, select

from support.acting import CONSENT, Floor, Job
from support.catalogue import IN_CART, IN_KIT, VEHICLES
from workshop.db.tables import LedgerLine, LiabilityCase, OldPart, Part
from workshop.documents.blocks import Document
from workshop.documents.pdf import pdf
from workshop.documents.printing import Print, document
from workshop.domain.papers import RULES, About, Paper
from workshop.domain.states import Stage

LONG_CUSTOMER = "深圳市前海新能源汽车供应链管理服务（集团）股份有限公司南山分公司车队管理部"
LONG_ZH = "更换前后制动片及制动盘（含电子驻车制动器维修模式退出、制动液排气与低速磨合试车）"
LONG_EN = "Replace front and rear brake pads and discs, bleed, bed in"
LONG_PART_ZH = "前制动摩擦片总成（带磨损报警传感器及消音垫片，适用于二十寸运动轮毂车型）"
LONG_PART_EN = "Front brake pad set, wear sensors, shims, 20-inch wheels"
REQUEST = "低速制动时前轮有尖锐异响，踏板偏软；客户称上周在别处更换过制动液。请一并检查空调出风有异味。🚗 [/red] " * 3
_RIM = 5.0  # points that no printer reaches


def stock_up(floor: Floor) -> None:
    """Long-named operation and parts, of which there are enough."""
    operation = {"category": "maintenance", "minutes": 90, "price": "1280.50", "checklist": "brakes"}
    floor.do(
        "manager",
        "put-operation",
        code="LONG",
        name_zh=LONG_ZH,
        name_en=LONG_EN,
        repair_class="assembly",
        gear="gloves;goggles",
        hoist_watcher=True,
        drip_pan=True,
        **operation,
    )
    for number in (1, 2):
        part_no = f"8K0-698-151-LONG-NUMBER-ABCDEFGHIJK-{number}"
        names = {"name_zh": LONG_PART_ZH, "name_en": LONG_PART_EN}
        floor.do("clerk", "put-part", part_no=part_no, old_part="returnable", price="12888.80", **names)
        floor.do("clerk", "put-fits", part_no=part_no, fits=[{}])
        floor.do("clerk", "receive-stock", part_no=part_no, quantity=500)


def grand_order(floor: Floor, stage: Stage, items: int = 30) -> Job:
    """An order of so many items with two parts each, of the longest names."""
    stock_up(floor)
    car = VEHICLES[0]
    known = {name: car[name] for name in ("vin", "plate", "model_year", "vehicle_class")}
    floor.do(
        "advisor",
        "register-vehicle",
        **known,
        make="Volkswagen",
        model="Lavida XR Plus 1.5L DSG Luxury Panorama Edition",
        plate_colour="蓝",
        engine="CSR-EA211-1498cc",
        customer=LONG_CUSTOMER,
        phone="13800000000",
    )
    parts = [{"part_no": f"8K0-698-151-LONG-NUMBER-ABCDEFGHIJK-{number}", "quantity": 2} for number in (1, 2)]
    given: list[dict[str, Any]] = [{"operation": "LONG", "parts": parts} for _ in range(items)]
    job = floor.open(
        *given,
        request=REQUEST,
        brought_by="欧阳娜娜·买买提",
        belongings="后备箱有儿童座椅、三角警示牌、备胎、随车工具一套；手套箱有行驶证",
        fuel="3/4",
        old_parts="customer_takes",
    )
    return job.to(stage)


def added_items(job: Job, operation: str = "LONG") -> None:
    """A finding with proposals: one approved, one declined, one still open."""
    found = job.do(
        "technician",
        "report-finding",
        what="转向横拉杆球头防尘套破裂，润滑脂外漏" * 4,
        where="左前",
        severity="safety",
        proposals=[{"operation": operation, "parts": [{"part_no": "PAD", "quantity": 2}]}, {"operation": "WASH"}],
    )
    lines = found["lines"]
    assert isinstance(lines, list)
    job.floor.do("advisor", "decide-line", line=lines[0], decision="approved", **CONSENT)
    job.floor.do("advisor", "decide-line", line=lines[1], decision="declined", **CONSENT)
    job.do("leader", "request-change", reason="建议一并处理", add_items=[{"operation": "OIL"}])


def liability(floor: Floor) -> None:
    """A tool is reported damaged; shares are decided, one is acknowledged, one objected to."""
    story = "拆卸右前半轴螺母时加长杆打滑，棘轮头崩齿；" * 6
    given = {"tool": floor.tool(IN_KIT), "cause": "improper_use", "circumstances": story}
    case = floor.do("advisor", "report-damage", **given)["case"]
    shares = [
        {"badge": floor.badge("technician"), "percent": "66.67"},
        {"badge": floor.badge("leader"), "percent": "33.33"},
    ]
    terms = {"cause": "improper_use", "amount": "45", "reason": "未按规定使用加长杆"}
    floor.do("all_rounder", "decide-liability", case=case, shares=shares, **terms)
    floor.do("technician", "acknowledge-liability", case=case)
    floor.do("leader", "object-to-liability", case=case, statement="当时不在场")


def subject(floor: Floor, job: Job, paper: Paper) -> str:
    """What such a paper is about, near this order."""
    about = RULES[paper].about
    if about is About.OLD_PART:
        return str(floor.rows(OldPart)[0].number)
    if about is About.CASE:
        return str(floor.rows(LiabilityCase)[-1].number)
    if about is About.PART:
        return str(floor.rows(Part)[0].number)
    return {
        About.ORDER: job.number,
        About.BADGE: floor.badge("technician"),
        About.VEHICLE: VEHICLES[job.vehicle]["vin"],
        About.BAY: next(iter(floor.shop.bays.values())),
        About.DAY: (floor.now + timedelta(hours=8)).date().isoformat(),
        About.NOTHING: "",
        About.TOOL: floor.tool(IN_CART),
        About.CART: next(iter(floor.shop.carts.values())),
        About.AREA: floor.area("一组工位"),
        About.MONTH: f"{floor.area('一组工位')} {floor.now + timedelta(hours=8):%Y-%m}",
    }[about]


def made(floor: Floor, job: Job, paper: Paper, language: str = "zh_CN", copy: int = 0) -> Document:
    """The paper as a document."""
    wanted = Print(paper, subject(floor, job, paper), language, floor.now, "李顾问", "bench", copy)
    return document(floor.session, wanted)


def pages(data: bytes, dots: int = 150) -> list[Image.Image]:
    """A PDF's pages as pictures of so many dots an inch."""
    return [page.render(scale=dots / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(data)]


def text_of(data: bytes) -> str:
    """The text of a PDF, its lines joined, so that what was broken into lines is found again."""
    found = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(data)]
    return "".join("".join(found).split())


def flaws_of_layout(data: bytes) -> list[str]:
    """Runs of text that overlap others on their page, or reach over its edge."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(data), 1):
        text = page.get_textpage()
        width, height = page.get_size()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        for index, (left, bottom, right, top) in enumerate(boxes):
            if left < _RIM or bottom < _RIM or right > width - _RIM or top > height - _RIM:
                found.append(f"page {number}: over the edge: {text.get_text_bounded(left, bottom, right, top)}")
            for other in boxes[index + 1 :]:
                wide = min(right, other[2]) - max(left, other[0])
                tall = min(top, other[3]) - max(bottom, other[1])
                if wide > 1 and tall > 1:
                    said = text.get_text_bounded(left, bottom, right, top), text.get_text_bounded(*other)
                    found.append(f"page {number}: {said}")
    return found


def codes_in(picture: Image.Image) -> list[str]:
    """Every Code 128 that an independent decoder finds in a picture."""
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.Code128)
    return sorted(one.text for one in found)


def last_line(floor: Floor) -> LedgerLine:
    """The ledger's last line."""
    row: LedgerLine = floor.session.exec(select(LedgerLine).order_by(col(LedgerLine.number).desc())).first()  # type: ignore[assignment]
    return row


def picture(png: bytes) -> Image.Image:
    """A PNG as a picture."""
    return Image.open(BytesIO(png)).convert("L")


def print_pdf(floor: Floor, job: Job, paper: Paper, language: str = "zh_CN", copy: int = 0) -> bytes:
    """The paper as PDF."""
    return pdf(made(floor, job, paper, language, copy))
