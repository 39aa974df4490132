"""Liability for tools, equipment and parts: what a case is about and where it stands in its life (W8a, W6c).

Reported, decided, acknowledged by everybody concerned or objected to by one of them, then decided by a second manager
for good, being settled, settled. A case in which nobody is liable ends at once; worn out is nobody's debt.
"""

from dataclasses import dataclass
from decimal import Decimal

from workshop.domain.words import N_, Labelled


class CaseSubject(Labelled):
    """What was damaged or lost."""

    TOOL = "tool", N_("tool")
    OLD_PART = "old_part", N_("old part owed")
    NEW_PART = "new_part", N_("new part issued")


class PartSide(Labelled):
    """Which of the two parts of an issue was lost or damaged (W6c)."""

    OLD = "old", N_("the old part that is owed")
    NEW = "new", N_("the new part that was issued")


class Cause(Labelled):
    """What a damage or loss came from."""

    WEAR = "wear", N_("worn out in normal use")
    IMPROPER_USE = "improper_use", N_("improper use")
    LOSS = "loss", N_("loss")
    WILFUL = "wilful", N_("wilful damage")


class Ground(Labelled):
    """Why nobody is liable."""

    WEAR = "wear", N_("worn out in normal use")
    NO_FAULT = "no_fault", N_("nobody's fault")
    UNFOUNDED = "unfounded", N_("it is here and whole after all")


class Method(Labelled):
    """How a debt is made good. Money settles any debt; a replacement or a repair only where it was so decided."""

    PAY = "pay", N_("payment")
    REPLACE = "replace", N_("replacement")
    REPAIR = "repair", N_("repair at own cost")


class ToolFate(Labelled):
    """What becomes of the tool when its freeze ends."""

    IN_SERVICE = "in_service", N_("back in service")
    OUT_OF_USE = "out_of_use", N_("out of use")


class CaseState(Labelled):
    """Where a case stands."""

    REPORTED = "reported", N_("to be decided")
    DECIDED = "decided", N_("to be answered")
    OBJECTED = "objected", N_("objected to")
    SETTLING = "settling", N_("being settled")
    SETTLED = "settled", N_("settled")
    NOBODY = "nobody", N_("nobody liable")


TO_DECIDE = frozenset({CaseState.REPORTED, CaseState.OBJECTED})
FINAL = frozenset({CaseState.SETTLING, CaseState.SETTLED, CaseState.NOBODY})


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """One person's share: `amount` of it are yuan, `acknowledged` is None until the person has answered."""

    id: int
    person_id: int
    percent: Decimal
    amount: Decimal
    acknowledged: bool | None = None
    settled: Decimal = Decimal(0)

    @property
    def owed(self) -> Decimal:
        """What is still to be made good once the decision is final."""
        return self.amount - self.settled


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """One of the at most two decisions of a case; without shares nobody is liable."""

    decided_by: int
    shares: tuple[ShareFacts, ...] = ()
    method: Method | None = None
    ground: Ground | None = None

    @property
    def liable(self) -> bool:
        """Whether anybody is."""
        return bool(self.shares)

    @property
    def holders(self) -> frozenset[int]:
        """Everybody with a share."""
        return frozenset(share.person_id for share in self.shares)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as its rules see it. `price` is the thing's at the report; `released`: a tool's freeze has ended."""

    id: int
    subject: CaseSubject
    price: Decimal
    custodian_id: int | None = None
    decisions: tuple[DecisionFacts, ...] = ()
    released: bool = False

    @property
    def last(self) -> DecisionFacts | None:
        """The decision that counts."""
        return self.decisions[-1] if self.decisions else None

    @property
    def state(self) -> CaseState:
        """Where it stands, from what has been done."""
        last = self.last
        if last is None:
            return CaseState.REPORTED
        if not last.liable:
            return CaseState.NOBODY
        if len(self.decisions) == 1:
            answers = {share.acknowledged for share in last.shares}
            if False in answers:
                return CaseState.OBJECTED
            if None in answers:
                return CaseState.DECIDED
        return CaseState.SETTLING if any(share.owed for share in last.shares) else CaseState.SETTLED

    @property
    def final(self) -> bool:
        """Whether the decision stands for good: only then is anything owed, written off or released."""
        return self.state in FINAL

    @property
    def shares(self) -> tuple[ShareFacts, ...]:
        """The shares that count."""
        return self.last.shares if self.last else ()

    @property
    def concerned(self) -> frozenset[int]:
        """Who must not decide: the custodian, and everybody who has or had a share."""
        keeper = frozenset() if self.custodian_id is None else frozenset({self.custodian_id})
        return keeper.union(*(decision.holders for decision in self.decisions))

    @property
    def writes_off(self) -> bool:
        """Whether its end closes the debt of parts: any final decision but one that found them here after all (W6c)."""
        ground = self.last.ground if self.last else None
        return self.final and self.subject is not CaseSubject.TOOL and ground is not Ground.UNFOUNDED

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do: the debt is settled, or nobody's, and a tool is no longer frozen."""
        settled = self.state in {CaseState.SETTLED, CaseState.NOBODY}
        return settled and (self.released or self.subject is not CaseSubject.TOOL)

    def share_of(self, person_id: int) -> ShareFacts | None:
        """The share of a person that counts, if there is one."""
        return next((share for share in self.shares if share.person_id == person_id), None)
