"""The states that the shop's records can be in, each with the word shown for it."""

from workshop.domain.words import N_, Labelled


class Stage(Labelled):
    """Where a repair order stands between reception and delivery."""

    OPENED = "opened", N_("opened")
    DISPATCHED = "dispatched", N_("dispatched")
    PLATE_VERIFIED = "plate_verified", N_("plate verified")
    ITEMS_CONFIRMED = "items_confirmed", N_("items confirmed")
    IN_WORK = "in_work", N_("in work")
    SELF_CHECKED = "self_checked", N_("self-checked")
    HANDED_OVER = "handed_over", N_("handed over")
    RELEASED = "released", N_("released")
    DELIVERED = "delivered", N_("delivered")
    CANCELLED = "cancelled", N_("cancelled")


ENDED = frozenset({Stage.DELIVERED, Stage.CANCELLED})
BEFORE_WORK = frozenset({Stage.OPENED, Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED})
ON_THE_FLOOR = frozenset(
    {
        Stage.DISPATCHED,
        Stage.PLATE_VERIFIED,
        Stage.ITEMS_CONFIRMED,
        Stage.IN_WORK,
        Stage.SELF_CHECKED,
        Stage.HANDED_OVER,
    }
)


class ItemState(Labelled):
    """What has become of an item on the order (W3, W5)."""

    PROPOSED = "proposed", N_("awaiting approval")
    APPROVED = "approved", N_("to do")
    STARTED = "started", N_("started")
    DONE = "done", N_("done")
    DECLINED = "declined", N_("declined")
    DEFERRED = "deferred", N_("deferred")
    REMOVED = "removed", N_("removed")


AGREED = frozenset({ItemState.APPROVED, ItemState.STARTED, ItemState.DONE})
TO_DO = frozenset({ItemState.APPROVED, ItemState.STARTED})


class Severity(Labelled):
    """How urgent a finding is (W4)."""

    SAFETY = "safety", N_("safety")
    SOON = "soon", N_("soon")
    ADVISORY = "advisory", N_("advisory")


class Answer(Labelled):
    """The answer to one line of a checklist (W7a). There is no answer for all lines at once."""

    OK = "ok", N_("OK")
    NOT_OK = "not_ok", N_("not OK")
    NOT_APPLICABLE = "not_applicable", N_("not applicable")


class ChangeKind(Labelled):
    """What a line of a change request asks for (W5)."""

    ADD_ITEM = "add_item", N_("add item")
    ADD_PART = "add_part", N_("add part")
    REMOVE_ITEM = "remove_item", N_("remove item")
    REPRICE_ITEM = "reprice_item", N_("change price or hours")


class Decision(Labelled):
    """How the front desk decided a line (W5)."""

    APPROVED = "approved", N_("approved")
    DECLINED = "declined", N_("declined")
    DEFERRED = "deferred", N_("deferred")


class Channel(Labelled):
    """How the customer consented (W5)."""

    IN_PERSON = "in_person", N_("in person")
    TELEPHONE = "telephone", N_("telephone")
    MESSAGE = "message", N_("message")
    SIGNATURE = "signature", N_("signature")


class FindingEnd(Labelled):
    """How an advisor closed a finding (W4)."""

    ADDED = "added", N_("turned into an added item")
    DECLINED = "declined", N_("declined")
    NEXT_VISIT = "next_visit", N_("kept for the next visit")


class OldPartClass(Labelled):
    """Whether a part leaves an old one behind (W6b); the catalogue says so."""

    RETURNABLE = "returnable", N_("old part returned")
    CONSUMABLE = "consumable", N_("consumable")
    FIRST_FITTING = "first_fitting", N_("first fitting")


class IssueBasis(Labelled):
    """On what ground a new part left the counter (W6b)."""

    OLD_PART = "old_part", N_("old part on the counter")
    LOAN = "loan", N_("on loan")
    CONSUMABLE = "consumable", N_("consumable")
    FIRST_FITTING = "first_fitting", N_("first fitting")


class OldPartState(Labelled):
    """Where an old part is in its own life (W6b)."""

    HELD = "held", N_("held at the counter")
    SHOWN = "shown", N_("shown to the customer")
    TAKEN = "taken", N_("taken by the customer")
    RETURNED_TO_MAKER = "returned_to_maker", N_("returned to the maker")
    SCRAPPED = "scrapped", N_("scrapped")
    HAZARDOUS_WASTE = "hazardous_waste", N_("scrapped as hazardous waste")


class OldPartsChoice(Labelled):
    """What the customer wants done with the old parts: the three outcomes of the official settlement form."""

    CUSTOMER_TAKES = "customer_takes", N_("taken back by the customer")
    SHOP_KEEPS = "shop_keeps", N_("kept by the shop")
    NO_OLD_PARTS = "no_old_parts", N_("no old parts")


class RepairClass(Labelled):
    """The class of a repair; it decides the guarantee and whether a completion certificate is due."""

    MINOR = "minor", N_("minor repair")
    SPECIAL = "special", N_("specialised repair")
    LEVEL1 = "level1", N_("level-1 maintenance")
    LEVEL2 = "level2", N_("level-2 maintenance")
    ASSEMBLY = "assembly", N_("assembly repair")
    WHOLE = "whole", N_("whole-vehicle repair")


class VehicleClass(Labelled):
    """The classes of vehicle that the guarantee periods tell apart."""

    CAR = "car", N_("car")
    MOTORCYCLE = "motorcycle", N_("motorcycle")
    OTHER = "other", N_("other")


class MovementKind(Labelled):
    """Why the stock of a part changed."""

    RECEIPT = "receipt", N_("receipt")
    ISSUE = "issue", N_("issue")
    RETURN = "return", N_("return to stock")
    COUNT = "count", N_("stock count")


class DefectClass(Labelled):
    """How grave a defect found at the final inspection is."""

    SAFETY = "safety", N_("safety")
    FUNCTION = "function", N_("function")
    APPEARANCE = "appearance", N_("appearance")


class Training(Labelled):
    """The certificates some operations ask for (W11)."""

    HIGH_VOLTAGE = "high_voltage", N_("high voltage")
    AIRBAG = "airbag", N_("airbag")
    GAS = "gas", N_("gas and refrigerant")


class PauseReason(Labelled):
    """Why a labour clock was stopped before the item was done."""

    WAITING_PARTS = "waiting_parts", N_("waiting for parts")
    WAITING_APPROVAL = "waiting_approval", N_("waiting for approval")
    WAITING_BAY = "waiting_bay", N_("waiting for the bay")
    BREAK = "break", N_("break")
    OTHER_ORDER = "other_order", N_("called to another order")
    SHIFT_END = "shift_end", N_("end of the shift")


class Hold(Labelled):
    """What holds an order up; derived from what is open, never stored."""

    PLATE = "plate", N_("plate")
    DISCREPANCY = "discrepancy", N_("discrepancy")
    APPROVAL = "approval", N_("approval")
    PARTS = "parts", N_("parts")
    INSPECTION = "inspection", N_("inspection")
