"""Vehicle identification numbers after ISO 3779 and GB 16735: form, check digit, maker, model year.

A wrong check digit never refuses a VIN: real cars carry such numbers, and outside China and North America place 9 is
free. Where the rule binds, `Vin.doubtful` says that the number was probably misread.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.domain.plates import fold
from workshop.domain.words import N_, Labelled

LENGTH: Final = 17

_VALUES: Final = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGH", range(1, 9), strict=True)),
    **dict(zip("JKLMN", range(1, 6), strict=True)),
    "P": 7,
    "R": 9,
    **dict(zip("STUVWXYZ", range(2, 10), strict=True)),
}
_WEIGHTS: Final = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_YEAR_CODES: Final = "ABCDEFGHJKLMNPRSTVWXY123456789"
_FIRST_YEAR: Final = 1980
# China (L, H) and North America (1 to 5, and 7F onwards) prescribe the check digit and the year code.
_CHECKED_REGIONS: Final = re.compile(r"[LH1-5]|7[F-Z]")
_MISREAD: Final = str.maketrans("IOQ", "100")

MAKERS: Final[Mapping[str, str]] = {
    "L1N": "Xpeng",
    "L6T": "Geely",
    "LB3": "Geely",
    "LBE": "Beijing Hyundai",
    "LBV": "BMW Brilliance",
    "LC0": "BYD",
    "LDC": "Dongfeng Peugeot Citroën",
    "LE4": "Beijing Benz",
    "LFM": "FAW Toyota",
    "LFP": "FAW",
    "LFV": "FAW-Volkswagen",
    "LGB": "Dongfeng Nissan",
    "LGW": "Great Wall",
    "LGX": "BYD",
    "LHG": "GAC Honda",
    "LJD": "Yueda Kia",
    "LMG": "GAC Motor",
    "LNB": "BAIC Motor",
    "LRW": "Tesla Shanghai",
    "LS5": "Changan",
    "LSG": "SAIC-GM",
    "LSJ": "SAIC Roewe and MG",
    "LSV": "SAIC Volkswagen",
    "LVG": "GAC Toyota",
    "LVH": "Dongfeng Honda",
    "LVR": "Changan Mazda",
    "LVS": "Changan Ford",
    "LVV": "Chery",
    "LW4": "Li Auto",
    "LWV": "GAC Fiat Chrysler",
    "LYV": "Volvo Cars China",
    "LZW": "SAIC-GM-Wuling",
    "HLX": "Li Auto",
    "JF1": "Subaru",
    "JF2": "Subaru",
    "JM3": "Mazda",
    "JTD": "Toyota",
    "JTE": "Toyota",
    "KMH": "Hyundai",
    "KNA": "Kia",
    "VF1": "Renault",
    "VF7": "Citroën",
    "W1K": "Mercedes-Benz",
    "W1N": "Mercedes-Benz",
    "WAU": "Audi",
    "WBA": "BMW",
    "WDC": "Mercedes-Benz",
    "WDD": "Mercedes-Benz",
    "WME": "Smart",
    "WVW": "Volkswagen",
    "YV1": "Volvo Cars",
    "1FA": "Ford",
    "1FM": "Ford",
    "1HG": "Honda",
    "5UX": "BMW",
}


class VinFault(Labelled):
    """Why a text is no VIN."""

    EMPTY = "empty", N_("There is no VIN. Type or scan it.")
    WRONG_LENGTH = "wrong_length", N_("A VIN has 17 characters. Type or scan it again.")
    I_O_OR_Q = "i_o_or_q", N_("A VIN has no I, O or Q. Use the digits 1 and 0.")
    BAD_CHARACTER = "bad_character", N_("A VIN has only digits and letters. Type or scan it again.")


class VinError(ValueError):
    """The text is no VIN. `suggestion` has 1 and 0 for I, O and Q, and is given only if its check digit is right."""

    def __init__(self, code: VinFault, suggestion: str | None = None) -> None:
        super().__init__(code.label)
        self.code = code
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True)
class Vin:
    """A well-formed VIN. `model_year_code` is place 10 where that is a year code; `maker` is None if not known."""

    text: str
    expected_check_digit: str
    model_year_code: str | None
    maker: str | None

    @property
    def check_digit_ok(self) -> bool:
        """Whether place 9 is the check digit of the rest."""
        return self.text[8] == self.expected_check_digit

    @property
    def check_digit_binding(self) -> bool:
        """Whether the maker's region prescribes the check digit (and the year code)."""
        return _CHECKED_REGIONS.match(self.text) is not None

    @property
    def doubtful(self) -> bool:
        """Whether the VIN was probably misread: compare it with the car."""
        return self.check_digit_binding and not self.check_digit_ok


def normalise(text: str) -> str:
    """The one spelling of a VIN: half width, upper case, no spaces or separators."""
    return fold(text)


def parse(text: str) -> Vin:
    """Read a VIN. Raises `VinError` for its form only; see `Vin.doubtful` for the check digit."""
    vin = normalise(text)
    if fault := _fault(vin):
        raise VinError(fault, _suggestion(vin))
    year_code = vin[9] if vin[9] in _YEAR_CODES else None
    return Vin(vin, _check_digit(vin), year_code, MAKERS.get(vin[:3]))


def last8(text: str) -> str:
    """The last eight characters, the part people say and write on job cards."""
    return normalise(text)[-8:]


def with_check_digit(text: str) -> str:
    """The VIN with the right check digit in place 9, whatever stood there. Raises `VinError` for the other places."""
    draft = normalise(text)
    draft = f"{draft[:8]}0{draft[9:]}" if len(draft) == LENGTH else draft
    vin = parse(draft)
    return f"{vin.text[:8]}{vin.expected_check_digit}{vin.text[9:]}"


def model_year(text: str, latest: int = 2030) -> int | None:
    """The newest model year not after `latest` that place 10 can mean; codes return after 30 years.

    None for a text that is no VIN, and where the region does not prescribe the code.
    """
    try:
        vin = parse(text)
    except VinError:
        return None
    if vin.model_year_code is None or not vin.check_digit_binding:
        return None
    first = _FIRST_YEAR + _YEAR_CODES.index(vin.model_year_code)
    return first + (latest - first) // 30 * 30 if first <= latest else None


def _fault(vin: str) -> VinFault | None:
    if not vin:
        return VinFault.EMPTY
    if len(vin) != LENGTH:
        return VinFault.WRONG_LENGTH
    strange = set(vin) - _VALUES.keys()
    if strange - set("IOQ"):
        return VinFault.BAD_CHARACTER
    return VinFault.I_O_OR_Q if strange else None


def _suggestion(vin: str) -> str | None:
    repaired = vin.translate(_MISREAD)
    return repaired if _fault(repaired) is None and repaired[8] == _check_digit(repaired) else None


def _check_digit(vin: str) -> str:
    total = sum(_VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True))
    return "0123456789X"[total % 11]
