"""Cuts the fonts that papers are printed in out of Noto Sans SC:

    uv run --no-sync --with justmytype-intl-cjk python tests/support/fonts.py

That package carries the variable font of all weights, too large and too slow to open for every paper. What is kept is
static: the regular weight with every character of GBK, of the table of standard characters for names and places
(通用规范汉字表) and of the Latin alphabets; the bold one, for headings, with those of GB 2312. Made once and kept here,
so that a shop prints without any network and without fonts of its own.
"""

from importlib.util import find_spec
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

import workshop

FOLDER = Path(workshop.__file__).parent / "documents" / "fonts"
SOURCE = "fonts/ofl/notosanssc"
# Of the table of standard characters: what stands in CJK extension A. The rest is in GBK, or beyond the first plane.
_NAMES = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)
_LATIN = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x250),
    *range(0x1EA0, 0x1EFA),
    *range(0x2010, 0x2027),
    0x2212,
    0x20AC,
    0x2122,
}


def encoded_in(name: str) -> set[int]:
    """The characters that an encoding has."""
    return {point for point in range(0x20, 0x10000) if chr(point).encode(name, errors="ignore")}


def cut(weight: int, points: set[int], target: Path) -> None:
    """Keep these characters at this weight."""
    found = find_spec("justmytype_intl_cjk")
    assert found is not None
    assert found.origin is not None
    font = TTFont(Path(found.origin).parent / SOURCE / "NotoSansSC[wght].ttf")
    options = subset.Options()
    options.layout_features, options.hinting, options.notdef_outline = [], False, True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.drop_tables += ["GSUB", "GPOS", "vmtx", "vhea", "VORG", "STAT", "BASE"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=points)
    cutter.subset(font)
    static = instantiateVariableFont(font, {"wght": weight})
    style = {400: "Regular", 700: "Bold"}[weight]
    for number, text in ((1, "Noto Sans SC"), (2, style), (4, f"Noto Sans SC {style}"), (6, f"NotoSansSC-{style}")):
        static["name"].setName(text, number, 3, 1, 0x409)
    static.save(target)
    print(target, target.stat().st_size)


if __name__ == "__main__":
    beyond = {*range(0x4E00, 0xA000), *range(0x20000, 0x32000), *map(ord, _NAMES)}
    cut(400, encoded_in("gbk") | beyond | _LATIN, FOLDER / "NotoSansSC-Regular.ttf")
    cut(700, encoded_in("gb2312") | _LATIN, FOLDER / "NotoSansSC-Bold.ttf")
