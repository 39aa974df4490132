"""Labels for printers that speak ZPL. The text goes as a picture in our own font, so that Chinese comes out of every
printer whatever fonts are in it; the number goes as the printer's own Code 128, the sharpest it can print.
"""

from typing import TYPE_CHECKING, Final

from workshop.documents.blocks import Label, Labels
from workshop.documents.canvas import BASELINE, POINT, Canvas
from workshop.documents.fonts import BOLD, REGULAR
from workshop.documents.label_layout import CODE_HEIGHT, Placed, place

if TYPE_CHECKING:
    from PIL import Image, ImageFont

DOTS: Final = 8  # a millimetre, at 203 dots an inch


def zpl(labels: Labels, dots: int = DOTS) -> bytes:
    """The labels as the bytes that the printer wants; `dots` a millimetre."""
    width, height = labels.size.value
    with Canvas(width, height) as canvas:
        canvas.add_page()
        return b"".join(_label(canvas, label, dots) for label in labels.labels)


def notice(text: str, dots: int = DOTS) -> bytes:
    """A label in front of others, such as that they may have been printed before."""
    with Canvas(60, 12) as canvas:
        canvas.add_page()
        placed = [Placed(2, 2, canvas.clean(text), 9, bold=True)]
        return _framed(60 * dots, 12 * dots, _picture(canvas, placed, dots))


def _label(canvas: Canvas, label: Label, dots: int) -> bytes:
    texts, code = place(canvas, label)
    module = max(2, round(code.module * dots))
    wide = 110 * module
    left = max(0, (round(canvas.width * dots) - wide) // 2) + 10 * module
    bars = (
        f"^BY{module}^FO{left},{round(code.y * dots)}^BCN,{round(CODE_HEIGHT * dots)},Y,N,N^FD>;{label.number}^FS"
    ).encode()
    size = round(canvas.width * dots), round(canvas.height * dots)
    return _framed(*size, _picture(canvas, texts, dots) + bars)


def _framed(width: int, height: int, inside: bytes) -> bytes:
    return f"^XA^PW{width}^LL{height}^LH0,0".encode() + inside + b"^XZ\n"


def _picture(canvas: Canvas, texts: list[Placed], dots: int) -> bytes:
    """The texts as one graphic field, as low as they reach."""
    from PIL import Image, ImageDraw

    bottom = max((one.y + canvas.leading(one.size) for one in texts), default=1.0)
    picture = Image.new("L", (round(canvas.width * dots), round(bottom * dots)), 255)
    draw = ImageDraw.Draw(picture)
    draw.fontmode = "1"
    for one in texts:
        draw.text(
            (one.x * dots, (one.y + canvas.leading(one.size) * BASELINE) * dots),
            one.text,
            fill=0,
            font=_font(one, canvas, dots),
            anchor="rs" if one.align == "right" else "ls",
        )
    return _graphic(picture)


def _font(one: Placed, canvas: Canvas, dots: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    file = BOLD if one.bold and canvas.is_in_bold(one.text) else REGULAR
    return ImageFont.truetype(file, one.size * POINT * dots)


def _graphic(picture: "Image.Image") -> bytes:
    """A picture in black and white as ^GFA: rows of whole bytes in hexadecimal, a set bit is a dot."""
    row = (picture.width + 7) // 8
    data = picture.point([255] * 128 + [0] * 128, "1").tobytes()
    return f"^FO0,0^GFA,{len(data)},{len(data)},{row},{data.hex().upper()}^FS".encode()
