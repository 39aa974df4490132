"""Tools, instruments and equipment: what kinds there are, where one piece can be, when it is due (W8a, W8b, S2)."""

from workshop.domain.words import N_, Labelled


class ToolClass(Labelled):
    """Whose a tool is, and whether it carries a vehicle."""

    PERSONAL = "personal", N_("personal tool")
    SHARED = "shared", N_("shared tool")
    SPECIAL = "special", N_("special tool")
    INSTRUMENT = "instrument", N_("measuring instrument")
    LIFT = "lift", N_("lift or stand")
    EQUIPMENT = "equipment", N_("equipment")


class Service(Labelled):
    """What a tool must undergo at intervals: an instrument is calibrated, a lift or a stand inspected."""

    CALIBRATION = "calibration", N_("calibration")
    INSPECTION = "inspection", N_("inspection")


class ToolPlace(Labelled):
    """Where one piece is (W8a: custody is known). Out of use: written off, replaced, or worn out."""

    CRIB = "crib", N_("tool crib")
    PERSON = "person", N_("person")
    CART = "cart", N_("tool cart")
    BAY = "bay", N_("bay")
    OUT_OF_USE = "out_of_use", N_("out of use")


class CartKind(Labelled):
    """What holds tools together."""

    CART = "cart", N_("tool cart")
    KIT = "kit", N_("kit")


class CountMoment(Labelled):
    """The three times at which an order's tools are counted against the record."""

    BEFORE_WORK = "before_work", N_("before work")
    BEFORE_CLOSE = "before_close", N_("before the covers close")
    AFTER_WORK = "after_work", N_("after work")
