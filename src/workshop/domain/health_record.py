"""The vehicle health record (汽车维修电子健康档案) as shops send it: field names of the national exchange.

Source: JT/T 1132.3 and .4 (data elements, exchange), as the receiving systems of Shanghai and Chengdu name the fields;
sent in real time after the settlement (交办运〔2021〕82号).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from workshop.domain.words import N_, JsonValue, Labelled

LONGEST_PART: Final = 50
NO_CODE: Final = "N/A"
ACCEPTED_CODE: Final = "1"


class ExchangeResult(Labelled):
    """What the receiver made of a record."""

    ACCEPTED = "accepted", N_("accepted")
    REFUSED = "refused", N_("refused")
    UNANSWERED = "unanswered", N_("sent, no answer")


@dataclass(frozen=True, slots=True)
class HealthPart:
    """A part that was used."""

    name: str
    code: str
    quantity: int


@dataclass(frozen=True, slots=True)
class HealthItem:
    """A repair item with its hours."""

    name: str
    minutes: int


@dataclass(frozen=True, slots=True)
class HealthRecord:
    """One settled repair; dates are the shop's own days."""

    plate: str
    company: str
    vin: str
    repaired: date
    mileage: int
    settled: date
    fault: str
    settlement: str
    parts: tuple[HealthPart, ...]
    items: tuple[HealthItem, ...]

    def as_json(self) -> dict[str, JsonValue]:
        """The record with the names of the exchange."""
        return {
            "basicInfo": {
                "vehicleplatenumber": self.plate,
                "companyname": self.company,
                "vin": self.vin,
                "repairdate": f"{self.repaired:%Y%m%d}",
                "repairmileage": str(self.mileage),
                "settledate": f"{self.settled:%Y%m%d}",
                "faultdescription": self.fault,
                "costlistcode": self.settlement,
            },
            "vehiclepartslist": [
                {
                    "partsname": part.name[:LONGEST_PART],
                    "partscode": part.code or NO_CODE,
                    "partsquantity": str(part.quantity),
                }
                for part in self.parts
            ],
            "repairprojectlist": [
                {"repairproject": item.name, "workinghours": f"{Decimal(item.minutes) / 60:.2f}"} for item in self.items
            ],
        }


def verdict(answer: Mapping[str, object]) -> ExchangeResult:
    """What an answer says: its code is `1` where the record was taken; some wrap it in respInfo."""
    inner = answer.get("respInfo")
    told = inner if isinstance(inner, Mapping) else answer
    return ExchangeResult.ACCEPTED if str(told.get("code")) == ACCEPTED_CODE else ExchangeResult.REFUSED
