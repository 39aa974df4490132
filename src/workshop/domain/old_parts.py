"""The life of an old part after it came off the car (W6b)."""

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.states import OldPartsChoice, OldPartState
from workshop.domain.words import N_

_NEXT = {
    OldPartState.HELD: frozenset(OldPartState) - {OldPartState.HELD},
    OldPartState.SHOWN: frozenset(OldPartState) - {OldPartState.HELD, OldPartState.SHOWN},
}

GONE = ReasonKind("W6b", "old_part_gone", N_("This old part is already {state}; its life is over."))
NOT_AGAIN = ReasonKind("W6b", "old_part_not_again", N_("An old part that is {state} cannot become {target}."))
HAZARDOUS = ReasonKind(
    "W6b", "old_part_hazardous", N_("This is hazardous waste: it goes to the hazardous store or back to the maker.")
)
CUSTOMERS = ReasonKind(
    "W6b", "old_part_customers", N_("The customer wants this part back. It is handed over at delivery.")
)

_FOR_HAZARDOUS = frozenset({OldPartState.SHOWN, OldPartState.HAZARDOUS_WASTE, OldPartState.RETURNED_TO_MAKER})
_DISPOSED = frozenset({OldPartState.SCRAPPED, OldPartState.HAZARDOUS_WASTE})


def objections(state: OldPartState, target: OldPartState, wish: OldPartsChoice, *, hazardous: bool) -> list[Reason]:
    """Why the part may not take this step."""
    if state not in _NEXT:
        return [GONE(state=state.label)]
    if target not in _NEXT[state]:
        return [NOT_AGAIN(state=state.label, target=target.label)]
    if hazardous:
        return [] if target in _FOR_HAZARDOUS else [HAZARDOUS()]
    if wish is OldPartsChoice.CUSTOMER_TAKES and target in _DISPOSED:
        return [CUSTOMERS()]
    return []


def can_be_taken(state: OldPartState, *, hazardous: bool) -> bool:
    """Whether the customer can still take the part home."""
    return state in _NEXT and not hazardous
