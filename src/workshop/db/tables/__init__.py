"""The tables by subject. They validate nothing; commands do. The database holds the last line with constraints."""

from sqlmodel import SQLModel

from workshop.db.tables.catalogue import ChecklistLine, Operation, OperationPart, Part, PartFit
from workshop.db.tables.checks import CheckAnswer, Defect, HandOver, Inspection, SelfCheck
from workshop.db.tables.consent import ChangeLine, ChangeRequest, Finding
from workshop.db.tables.ledger import LedgerHead, LedgerLine
from workshop.db.tables.orders import (
    Discrepancy,
    LabourEntry,
    OrderItem,
    PlateCheck,
    PlateCorrection,
    RepairOrder,
    SafetyConfirmation,
)
from workshop.db.tables.parts import (
    FitException,
    LoanReturn,
    OldPart,
    OldPartMove,
    PartFitting,
    PartIssue,
    PartLine,
    PartReturn,
    StockMovement,
)
from workshop.db.tables.people import Certificate, Person, PersonRole, SignInGuard, Team
from workshop.db.tables.shop import Bay, NumberSeries, Shop
from workshop.db.tables.vehicles import Customer, Vehicle

metadata = SQLModel.metadata

__all__ = [
    "Bay",
    "Certificate",
    "ChangeLine",
    "ChangeRequest",
    "CheckAnswer",
    "ChecklistLine",
    "Customer",
    "Defect",
    "Discrepancy",
    "Finding",
    "FitException",
    "HandOver",
    "Inspection",
    "LabourEntry",
    "LedgerHead",
    "LedgerLine",
    "LoanReturn",
    "NumberSeries",
    "OldPart",
    "OldPartMove",
    "Operation",
    "OperationPart",
    "OrderItem",
    "Part",
    "PartFit",
    "PartFitting",
    "PartIssue",
    "PartLine",
    "PartReturn",
    "Person",
    "PersonRole",
    "PlateCheck",
    "PlateCorrection",
    "RepairOrder",
    "SafetyConfirmation",
    "SelfCheck",
    "Shop",
    "SignInGuard",
    "StockMovement",
    "Team",
    "Vehicle",
    "metadata",
]
