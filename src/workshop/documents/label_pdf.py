"""Labels as PDF, one to a page."""

from workshop.documents.blocks import Label, Labels
from workshop.documents.canvas import Canvas
from workshop.documents.label_layout import CODE_HEIGHT, place


def labels_pdf(labels: Labels) -> bytes:
    """The labels as a PDF file."""
    width, height = labels.size.value
    first = labels.labels[0]
    canvas = Canvas(width, height, title=f"{first.title} {first.number}", author=first.shop)
    for label in labels.labels:
        canvas.add_page()
        _draw(canvas, label)
    return canvas.done()


def _draw(canvas: Canvas, label: Label) -> None:
    texts, code = place(canvas, label)
    for one in texts:
        canvas.write(one.x, one.y, one.text, one.size, bold=one.bold, align=one.align)
    canvas.code(code.x, code.y, label.number, code.module, CODE_HEIGHT)
