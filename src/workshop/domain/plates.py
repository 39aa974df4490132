"""Number plates of mainland China: one spelling, the kind, and what to check by eye.

Forms after GA 36-2018, with the older forms still on the road, the plates of the forces, and two forms from outside
that standard (tractors of NY 345, airport vehicles). Nothing is corrected silently: a refused plate carries the
`suggestion` a person may accept.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from typing import Final

from workshop.domain.words import N_, Labelled

PROVINCES: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"

# GA 36-2018, appendix A. New letters are added and old ones stay on cars, so it only ever warns.
# O (provincial bodies) is missing from the table and real everywhere.
AUTHORITIES: Final[Mapping[str, str]] = {
    **dict.fromkeys("京津沪渝粤", "ABCDEFGHJKLMNPQRSTUVWXYZ"),
    "冀": "ABCDEFGHJRT",
    "晋": "ABCDEFHJKLM",
    "蒙": "ABCDEFGHJKLM",
    "辽": "ABCDEFGHJKLMNP",
    "吉": "ABCDEFGHJK",
    "黑": "ABCDEFGHJKLMNPR",
    "苏": "ABCDEFGHJKLMN",
    "浙": "ABCDEFGHJKL",
    "皖": "ABCDEFGHJKLMNPRS",
    "闽": "ABCDEFGHJK",
    "赣": "ABCDEFGHJKLM",
    "鲁": "ABCDEFGHJKLMNPQRSUVWY",
    "豫": "ABCDEFGHJKLMNPQRSU",
    "鄂": "ABCDEFGHJKLMNPQRS",
    "湘": "ABCDEFGHJKLMNSU",
    "桂": "ABCDEFGHJKLMNPR",
    "琼": "ABCDEF",
    "川": "ABCDEFGHJKLMQRSTUVWXYZ",
    "贵": "ABCDEFGHJ",
    "云": "ACDEFGHJKLMNPQRS",
    "藏": "ABCDEFG",
    "陕": "ABCDEFGHJKV",
    "甘": "ABCDEFGHJKLMNP",
    "青": "ABCDEFGH",
    "宁": "ABCDE",
    "新": "ABCDEFGHJKLMNPQR",
}

MARKS: Final = "挂学警港澳试超使领应急民航临"
_INVISIBLE = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
_SEPARATORS = "·・•‧∙⋅.-–—‐−_"
_SIMPLIFIED = str.maketrans("遼滬蘇閩贛魯粵瓊貴雲陝甯寧晉領學掛應試臨", "辽沪苏闽赣鲁粤琼贵云陕宁宁晋领学挂应试临")
_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")


class PlateKind(StrEnum):
    """What sort of plate the text is; large, small and motor-cycle plates differ in colour only and share CIVIL."""

    CIVIL = "civil"
    NEV_SMALL = "nev_small"
    NEV_LARGE = "nev_large"
    TRAILER = "trailer"
    COACH = "coach"
    POLICE = "police"
    HONG_KONG = "hk"
    MACAU = "macau"
    TEST = "test"
    OVERSIZE = "oversize"
    EMBASSY = "embassy"
    EMBASSY_OLD = "embassy_old"
    CONSULATE = "consulate"
    CONSULATE_OLD = "consulate_old"
    ARMED_POLICE = "armed_police"
    ARMED_POLICE_HQ = "armed_police_hq"
    EMERGENCY = "emergency_rescue"
    EMERGENCY_MINISTRY = "emergency_rescue_ministry"
    AVIATION = "aviation_internal"
    TRACTOR = "agri_tractor"
    MILITARY = "military"
    TEMPORARY = "temporary"


class PlateWarning(Labelled):
    """Why a person should look at an accepted plate once more."""

    UNKNOWN_AUTHORITY = "unknown_authority", N_("This letter is not in the province's list. Compare it with the plate.")
    UNUSUAL_AGENCY = "unusual_agency", N_("Embassy numbers usually begin with 1, 2 or 3. Compare it with the plate.")
    READ_AS_MILITARY = "read_as_military", N_("Read as a military plate. If it is not one, put the province in front.")
    NOT_A_ROAD_PLATE = "not_a_road_plate", N_("This is not an ordinary road plate. Confirm that it is meant.")
    FORM_NOT_CHECKED = (
        "form_not_checked",
        N_("The form of a temporary plate cannot be checked. Compare it with the paper."),
    )


class PlateFault(Labelled):
    """Why a text is no plate."""

    EMPTY = "empty", N_("There is no plate. Type or scan it.")
    BAD_CHARACTER = "bad_character", N_("There is a character that no plate has. Type the plate again.")
    EMBASSY_FORM = "embassy_form", N_("An embassy plate has 使 and exactly six digits.")
    ARMED_POLICE_FORM = (
        "armed_police_form",
        N_("A plate of the armed police is WJ, perhaps a province or a letter, and a number."),
    )
    EMERGENCY_FORM = "emergency_form", N_("A rescue plate is a province, X, S or a digit, four digits and 应急.")
    UNKNOWN_PROVINCE = "unknown_province", N_("A plate begins with its province. Put the right one in front.")
    TOO_SHORT = "too_short", N_("The plate is too short. It has seven characters, or eight if green.")
    TOO_LONG = "too_long", N_("The plate is too long. It has seven characters, or eight if green.")
    AUTHORITY = "authority", N_("After the province stands a letter, and it is never I.")
    CROSS_BORDER = "cross_border", N_("粤Z goes with 港 or 澳 at the end, and only with them.")
    SERIAL_I_OR_O = "serial_i_or_o", N_("The number has no I and no O. Use the digits 1 and 0.")
    CONSULATE_FORM = "consulate_form", N_("A consulate plate is a province, four digits, one digit or letter, and 领.")
    MARK = "mark", N_("Before a character like 挂 or 学 stand exactly four digits or letters.")
    TOO_MANY_LETTERS = "too_many_letters", N_("The number has at most two letters.")
    NEV_LETTER = "nev_letter", N_("Eight characters are a green plate, with one letter from A to K third or last.")
    NO_SUCH_FORM = "no_such_form", N_("No plate has this form. Type the plate again.")


class PlateError(ValueError):
    """The text is no plate. `suggestion` is the one plate that loss-free repairs lead to, for a person to accept."""

    def __init__(self, code: PlateFault, suggestion: str | None = None) -> None:
        super().__init__(code.label)
        self.code = code
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate in its one spelling, as it is stored, compared and shown."""

    text: str
    kind: PlateKind
    warnings: tuple[PlateWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place, counted from 1, where two plates differ; a missing character is the empty string."""

    position: int
    left: str
    right: str
    confusable: bool


_P = f"[{PROVINCES}]"
_S = "[0-9A-HJ-NP-Z]"
_PA = f"(?!粤Z){_P}[A-HJ-Z]"
_TWO_LETTERS = "(?!(?:[^A-Z]*[A-Z]){3})"  # looks at the number behind it: no three letters
_SERIAL_4 = f"{_TWO_LETTERS}{_S}{{4}}"

_FORMS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (PlateKind.CIVIL, f"{_PA}{_TWO_LETTERS}{_S}{{5}}"),
        (PlateKind.NEV_SMALL, f"{_PA}[A-HJK]{_S}[0-9]{{4}}"),
        (PlateKind.NEV_LARGE, f"{_PA}[0-9]{{5}}[A-HJK]"),
        (PlateKind.TRAILER, f"{_PA}{_SERIAL_4}挂"),
        (PlateKind.COACH, f"{_PA}{_SERIAL_4}学"),
        (PlateKind.POLICE, f"{_PA}{_SERIAL_4}警"),
        (PlateKind.HONG_KONG, f"粤Z{_SERIAL_4}港"),
        (PlateKind.MACAU, f"粤Z{_SERIAL_4}澳"),
        (PlateKind.TEST, f"{_PA}{_SERIAL_4}试"),
        (PlateKind.OVERSIZE, f"{_PA}{_SERIAL_4}超"),
        (PlateKind.EMBASSY, "[0-9]{6}使"),
        (PlateKind.EMBASSY_OLD, "使[0-9]{6}"),
        (PlateKind.CONSULATE, f"{_P}[0-9]{{4}}{_S}领"),
        (PlateKind.CONSULATE_OLD, f"{_PA}{_SERIAL_4}领"),
        (PlateKind.ARMED_POLICE, f"WJ{_P}[0-9]{{4}}[0-9BDGHJSTX]"),
        (PlateKind.ARMED_POLICE_HQ, "WJ(?:[0-9]{4}[0-9BDGHJSTX]|[A-HJ-NP-Z][0-9]{4,5})"),
        (PlateKind.EMERGENCY, f"{_P}[XS][0-9]{{4}}应急|应急{_P}[0-9]{{3}}{_S}"),
        (PlateKind.EMERGENCY_MINISTRY, f"{_P}[0-9]{{5}}应急"),
        (PlateKind.AVIATION, f"民航{_S}{{5}}"),
        (PlateKind.TRACTOR, f"{_P}[0-9]{{7}}"),
        (PlateKind.MILITARY, "(?!WJ)[A-Z]{2}[0-9]{5}"),
        # Printed on paper, different in every province: one 临, one province, the rest free.
        (PlateKind.TEMPORARY, f"(?=[^临]*临[^临]*$)临?{_P}[0-9A-Z临]{{5,10}}"),
    )
)
_WITH_AUTHORITY: Final = re.compile(f"{_P}[A-Z]")
_ALWAYS_WARNED: Final = {
    PlateKind.MILITARY: PlateWarning.READ_AS_MILITARY,
    PlateKind.AVIATION: PlateWarning.NOT_A_ROAD_PLATE,
    PlateKind.TRACTOR: PlateWarning.NOT_A_ROAD_PLATE,
    PlateKind.TEMPORARY: PlateWarning.FORM_NOT_CHECKED,
}
# Asked only of texts that fit no form; the first sign found names the fault.
_SIGNS: Final = tuple(
    (fault, re.compile(pattern, re.DOTALL))
    for fault, pattern in (
        (PlateFault.EMPTY, "^$"),
        (PlateFault.BAD_CHARACTER, f"^.+[^0-9A-Z{PROVINCES}{MARKS}]"),
        (PlateFault.EMBASSY_FORM, "^使|使$"),
        (PlateFault.ARMED_POLICE_FORM, "^WJ"),
        (PlateFault.EMERGENCY_FORM, "[应急]"),
        (PlateFault.UNKNOWN_PROVINCE, f"^[^{PROVINCES}]"),
        (PlateFault.TOO_SHORT, "^.{1,6}$"),
        (PlateFault.TOO_LONG, "^.{9}"),
        (PlateFault.AUTHORITY, "^.(?:I|[^A-Z](?!.*领$))"),
        (PlateFault.CROSS_BORDER, "^粤Z.*[^港澳]$|^(?!粤Z).*[港澳]"),
        (PlateFault.SERIAL_I_OR_O, "^.{2,}[IO]"),
        (PlateFault.CONSULATE_FORM, "^.[0-9]"),
        (PlateFault.MARK, f"[{MARKS}].|^.{{7}}[{MARKS}]"),
        (PlateFault.TOO_MANY_LETTERS, f"^..[0-9A-Z]{{4}}[0-9A-Z{MARKS}]$"),
        (PlateFault.NEV_LETTER, "^..[0-9A-Z]{6}$"),
        (PlateFault.NO_SUCH_FORM, ""),
    )
)

# Seen in recognition output, and provinces that look or sound alike.
_CONFUSED: Final = tuple(map(frozenset, ("0DOQ", "1IL", "2Z", "38", "4A", "5S", "6G", "7TF", "8B"))) + tuple(
    map(frozenset, ("鲁鄂粤", "琼京", "冀吉", "桂贵", "豫渝粤", "晋津京"))
)
_TO_DIGITS: Final = str.maketrans("IO", "10")


def fold(text: str) -> str:
    """Take away what keyboards, scanners and input methods add: full width, spaces, separators, lower case.

    What is folded folds to itself: only ASCII letters are raised, and the second NFKC joins what the first left apart.
    """
    wide = unicodedata.normalize("NFKC", text).translate(_UPPER)
    kept = (c for c in wide if unicodedata.category(c) not in _INVISIBLE and c not in _SEPARATORS)
    return unicodedata.normalize("NFKC", "".join(kept))


def normalise(text: str) -> str:
    """The one spelling of a plate: folded, and in simplified characters."""
    return fold(text).translate(_SIMPLIFIED)


def parse(text: str) -> Plate:
    """Read a plate. Raises `PlateError` with the reason and, where a loss-free repair exists, a suggestion."""
    plate = normalise(text)
    kind = _kind(plate)
    if kind is None:
        code = next(fault for fault, sign in _SIGNS if sign.search(plate))
        raise PlateError(code, _suggestion(plate))
    return Plate(plate, kind, tuple(_warnings(plate, kind)))


def differences(left: str, right: str) -> tuple[Difference, ...]:
    """Where two plates differ, place by place, and whether the two characters are often taken for each other."""
    pairs = zip_longest(normalise(left), normalise(right), fillvalue="")
    return tuple(
        Difference(position, a, b, any({a, b} <= group for group in _CONFUSED))
        for position, (a, b) in enumerate(pairs, start=1)
        if a != b
    )


def _kind(plate: str) -> PlateKind | None:
    return next((kind for kind, form in _FORMS if form.fullmatch(plate)), None)


def _warnings(plate: str, kind: PlateKind) -> Iterator[PlateWarning]:
    if kind in _ALWAYS_WARNED:
        yield _ALWAYS_WARNED[kind]
    elif kind is PlateKind.EMERGENCY:
        return
    elif _WITH_AUTHORITY.match(plate) and plate[1] not in AUTHORITIES[plate[0]] + "O":
        yield PlateWarning.UNKNOWN_AUTHORITY
    elif kind in {PlateKind.EMBASSY, PlateKind.EMBASSY_OLD} and plate.strip("使")[0] not in "123":
        yield PlateWarning.UNUSUAL_AGENCY


def _suggestion(plate: str) -> str | None:
    found = {repair for repair in _repairs(plate) if _kind(repair) is not None}
    return found.pop() if len(found) == 1 else None


def _repairs(plate: str) -> Iterator[str]:
    """I and O for digits in the number, 0 for O of the authority, 0 for D at either end of a green number."""
    yield plate.translate(_TO_DIGITS)
    digits = plate[2:].translate(_TO_DIGITS)
    for head in {plate[:2], plate[:1] + plate[1:2].replace("0", "O")}:
        yield head + digits
        if len(digits) == 6 and head[0] in PROVINCES:
            yield head + re.sub("^0", "D", digits)
            yield head + re.sub("0$", "D", digits)
