"""The tables by subject. They validate nothing; commands do. The database holds the last line with constraints."""

from sqlmodel import SQLModel

from workshop.db.tables.assemblies import RemovedAssembly
from workshop.db.tables.calendar import CalendarDay, CalendarYear, WorkingWeek
from workshop.db.tables.catalogue import ChecklistLine, Operation, OperationPart, Part, PartFit
from workshop.db.tables.checks import CheckAnswer, Defect, HandOver, Inspection, SelfCheck
from workshop.db.tables.cleaning import Area, CleaningExtra, CleaningLine, CleaningList, CleaningPlanLine
from workshop.db.tables.consent import ChangeLine, ChangeRequest, Finding
from workshop.db.tables.exchange import HealthExchange
from workshop.db.tables.high_voltage import HvMeasurement, HvModel, HvPowerUp, HvShutdown
from workshop.db.tables.ledger import LedgerHead, LedgerLine
from workshop.db.tables.liability import (
    LiabilityAnswer,
    LiabilityCase,
    LiabilityDecision,
    LiabilitySettlement,
    LiabilityShare,
    PartWriteOff,
    ToolRelease,
)
from workshop.db.tables.lifting import Lifting
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
from workshop.db.tables.printing import PrintedPaper
from workshop.db.tables.shop import Bay, NumberSeries, Shop
from workshop.db.tables.spot_checks import SpotCheck, Violation
from workshop.db.tables.tool_counts import CheckInstrument, MissingTool, OrderCart, ToolCount, ToolCountLine
from workshop.db.tables.tools import Cart, Tool, ToolModel, ToolMove, ToolService
from workshop.db.tables.training import SessionAttendance, SessionInvitee, TrainingSession
from workshop.db.tables.vehicles import Customer, Vehicle

metadata = SQLModel.metadata

__all__ = [
    "Area",
    "Bay",
    "CalendarDay",
    "CalendarYear",
    "Cart",
    "Certificate",
    "ChangeLine",
    "ChangeRequest",
    "CheckAnswer",
    "CheckInstrument",
    "ChecklistLine",
    "CleaningExtra",
    "CleaningLine",
    "CleaningList",
    "CleaningPlanLine",
    "Customer",
    "Defect",
    "Discrepancy",
    "Finding",
    "FitException",
    "HandOver",
    "HealthExchange",
    "HvMeasurement",
    "HvModel",
    "HvPowerUp",
    "HvShutdown",
    "Inspection",
    "LabourEntry",
    "LedgerHead",
    "LedgerLine",
    "LiabilityAnswer",
    "LiabilityCase",
    "LiabilityDecision",
    "LiabilitySettlement",
    "LiabilityShare",
    "Lifting",
    "LoanReturn",
    "MissingTool",
    "NumberSeries",
    "OldPart",
    "OldPartMove",
    "Operation",
    "OperationPart",
    "OrderCart",
    "OrderItem",
    "Part",
    "PartFit",
    "PartFitting",
    "PartIssue",
    "PartLine",
    "PartReturn",
    "PartWriteOff",
    "Person",
    "PersonRole",
    "PlateCheck",
    "PlateCorrection",
    "PrintedPaper",
    "RemovedAssembly",
    "RepairOrder",
    "SafetyConfirmation",
    "SelfCheck",
    "SessionAttendance",
    "SessionInvitee",
    "Shop",
    "SignInGuard",
    "SpotCheck",
    "StockMovement",
    "Team",
    "Tool",
    "ToolCount",
    "ToolCountLine",
    "ToolModel",
    "ToolMove",
    "ToolRelease",
    "ToolService",
    "TrainingSession",
    "Vehicle",
    "Violation",
    "WorkingWeek",
    "metadata",
]
