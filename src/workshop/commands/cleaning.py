"""The lists of the day: answered line by line, signed, countersigned; and what is done as needed (W9, W10a-W10e)."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from workshop.commands.areas import area_by, require_own
from workshop.commands.base import Command, Outcome
from workshop.commands.cleaning_day import has_closed, lay_out, still_open_areas
from workshop.commands.fields import AreaNumber, Day, Note, problem
from workshop.commands.tx import Tx
from workshop.db.cleaning_facts import load_calendar, load_plans
from workshop.db.tables import CleaningExtra, CleaningLine, CleaningList, Person
from workshop.domain.calendar import monday_of
from workshop.domain.cleaning import Area, CleaningMoment, Due, PlanLine, lines_of, named
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.words import N_, told

DAY_OFF = ReasonKind("W10a", "day_off", N_("{day} is a day off; no list is due. What was done goes in “as needed”."))
NOT_DUE = ReasonKind("W10a", "list_not_due", N_("The list “{moment}” is not due on {day} for this area."))
NOT_YET = ReasonKind("W10a", "list_not_yet", N_("This list is answered from {day} on."))
NO_LINE = ReasonKind("W10b", "no_such_line", N_("The list has no line {position}."))
LIST_SIGNED = ReasonKind("W10b", "list_signed", N_("This list is signed by {person}; nothing in it changes any more."))
IN_TIME_STAYS = ReasonKind(
    "W10b", "in_time_stays", N_("This line was answered before the day closed; it stays as it was answered.")
)
LINES_OPEN = ReasonKind("W10b", "lines_open", N_("Answer every line first: {lines} to go."))
LATE_UNTOLD = ReasonKind(
    "W10b", "late_untold", N_("The day of this list has closed, so it is marked late. Say why it comes late.")
)
AREAS_OPEN = ReasonKind(
    "W10e",
    "areas_open",
    N_("Not signed before leaving: {areas}. Have them signed, or say why you close without them."),
)
NOT_SIGNED = ReasonKind("W10b", "list_not_signed", N_("Nobody has signed this list yet; its people sign it first."))
COUNTERSIGNED = ReasonKind("W10b", "list_countersigned", N_("This list is countersigned already."))
OWN_LIST = ReasonKind("W10b", "own_list", N_("You signed this list yourself; somebody else must countersign it."))
OTHER_TEAM = ReasonKind(
    "W10b", "other_teams_list", N_("Only the leader of the area's own team or the workshop manager countersigns this.")
)
REASON_MISSING = N_("A line that was not done needs its reason.")
DONE, NOT_DONE = N_("was done"), N_("not done")


class _OnList(Command):
    """An act on a list, named by its area, its day (of a weekly one: any day of its week) and its moment."""

    rule = "W10b"
    area: AreaNumber = Field(title=N_("area"))
    list_day: Day = Field(title=N_("day"))
    moment: CleaningMoment = Field(title=N_("when"))

    @property
    def day(self) -> date:
        """The day by which the list is kept."""
        return monday_of(self.list_day) if self.moment is CleaningMoment.WEEKLY else self.list_day

    def the_area(self, tx: Tx) -> Area:
        """The area by its number; refused unless this person answers for it."""
        area = area_by(tx, self.area)
        require_own(tx, area)
        return area

    def due(self, tx: Tx, area: Area) -> tuple[Due, tuple[PlanLine, ...]]:
        """The list with the plan's lines; refused if it is not due, or not yet."""
        calendar = load_calendar(tx.session)
        due = named(calendar, self.moment, self.day)
        if due is None and not calendar.is_working(self.day):
            raise Refused(DAY_OFF(day=self.day.isoformat()))
        lines = lines_of(due, area, load_plans(tx.session, [area.plan])[area.plan]) if due else ()
        if due is None or not lines:
            raise Refused(NOT_DUE(moment=self.moment.label, day=self.day.isoformat()))
        if due.day > tx.today:
            raise Refused(NOT_YET(day=due.day.isoformat()))
        return due, lines

    def row(self, tx: Tx, area: Area) -> CleaningList | None:
        """The list, if anybody has answered a line of it."""
        return tx.find(
            CleaningList,
            CleaningList.area_id == area.id,
            CleaningList.day == self.day,
            CleaningList.moment == self.moment,
        )


class AnswerCleaningLine(_OnList):
    """Answer one line of a list: done, or not done with the reason. After the day has closed it is marked late."""

    roles = EVERYONE
    label = N_("answer cleaning line")
    story = N_("{actor}, {where}, {list_day}: {text}: {answer}. {reason}")

    position: int = Field(ge=1, le=60, title=N_("line"))
    done: bool = Field(title=N_("it was done"))
    reason: Note = Field(default="", title=N_("reason"))

    @model_validator(mode="after")
    def _reasons(self) -> Self:
        if not self.done and not self.reason:
            raise problem(REASON_MISSING)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Lay the list out at its first answer, and keep the answer."""
        area = self.the_area(tx)
        row = self.row(tx, area)
        if row is None:
            row = lay_out(tx, area, *self.due(tx, area))
        if row.signed_by_id is not None:
            raise Refused(LIST_SIGNED(person=tx.get(Person, row.signed_by_id).name))
        line = tx.find(CleaningLine, CleaningLine.list_id == row.id, CleaningLine.position == self.position)
        if line is None:
            raise Refused(NO_LINE(position=self.position))
        late = has_closed(tx, area, row)
        if late and line.done is not None and not line.late:
            raise Refused(IN_TIME_STAYS())
        line.done, line.reason, line.late = self.done, "" if self.done else self.reason, late
        line.answered_by_id, line.answered_at, line.answered_on = tx.actor.id, tx.now, tx.today
        tx.session.add(line)
        return {
            "where": area.name,
            "text": {"zh": line.text_zh, "en": line.text_en},
            "answer": told(DONE if self.done else NOT_DONE),
            "late": late,
        }


class SignCleaningList(_OnList):
    """Sign a list of which every line is answered. The closing list is signed by the last one out."""

    roles = EVERYONE
    label = N_("sign cleaning list")
    story = N_("{actor} signed the list “{moment}” of {list_day}, {where}. {late_reason} {open_reason} {left_open}")
    signature = True

    late_reason: Note = Field(default="", title=N_("why it comes late"))
    open_reason: Note = Field(default="", title=N_("why areas are still open"))

    def handle(self, tx: Tx) -> Outcome:
        """Stand for it with one's name."""
        area = self.the_area(tx)
        row = self.row(tx, area)
        if row is None:
            raise Refused(LINES_OPEN(lines=len(self.due(tx, area)[1])))
        if row.signed_by_id is not None:
            raise Refused(LIST_SIGNED(person=tx.get(Person, row.signed_by_id).name))
        lines = tx.all(CleaningLine, CleaningLine.list_id == row.id)
        unanswered = sum(line.done is None for line in lines)
        if unanswered:
            raise Refused(LINES_OPEN(lines=unanswered))
        row.late = has_closed(tx, area, row) or any(line.late for line in lines)
        if row.late and not self.late_reason:
            raise Refused(LATE_UNTOLD())
        still_open = still_open_areas(tx, area, row.day) if row.moment is CleaningMoment.CLOSING else []
        if still_open and not self.open_reason:
            raise Refused(AREAS_OPEN(areas=tuple(still_open)))
        row.signed_by_id, row.signed_at, row.signed_on = tx.actor.id, tx.now, tx.today
        row.late_reason = self.late_reason if row.late else ""
        row.open_reason = self.open_reason if still_open else ""
        tx.session.add(row)
        return {
            "where": area.name,
            "late": row.late,
            "late_reason": row.late_reason,
            "open_reason": row.open_reason,
            "left_open": [*still_open],
        }


class CountersignCleaningList(_OnList):
    """Countersign a list that somebody else has signed: the leader of the area's team, or the workshop manager."""

    roles = frozenset({Role.TEAM_LEADER, Role.MANAGER})
    label = N_("countersign cleaning list")
    story = N_("{actor} countersigned the list “{moment}” of {list_day}, {where}.")
    signature = True

    def handle(self, tx: Tx) -> Outcome:
        """Stand for it as the second one."""
        area = area_by(tx, self.area)
        row = self.row(tx, area)
        if row is None or row.signed_by_id is None:
            raise Refused(NOT_SIGNED())
        if row.countersigned_by_id is not None:
            raise Refused(COUNTERSIGNED())
        if row.signed_by_id == tx.actor.id:
            raise Refused(OWN_LIST())
        if not area.is_led_by(tx.actor.team_id) and Role.MANAGER not in tx.actor.roles:
            raise Refused(OTHER_TEAM())
        row.countersigned_by_id, row.countersigned_at = tx.actor.id, tx.now
        tx.session.add(row)
        return {"where": area.name}


class RecordAsNeeded(Command):
    """Enter what was done as needed, such as soiled covers and rags washed before their weekly day (W9)."""

    roles = EVERYONE
    rule = "W9"
    label = N_("done as needed")
    story = N_("{actor}, {where}: {text}. {note}")

    area: AreaNumber = Field(title=N_("area"))
    position: int = Field(ge=1, le=60, title=N_("line"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Add it to the area's record, on any day."""
        area = area_by(tx, self.area)
        require_own(tx, area)
        due = Due(CleaningMoment.AS_NEEDED, tx.today, tx.today)
        lines = lines_of(due, area, load_plans(tx.session, [area.plan])[area.plan])
        line = next((one for one in lines if one.position == self.position), None)
        if line is None:
            raise Refused(NO_LINE(position=self.position))
        tx.session.add(
            CleaningExtra(
                area_id=area.id,
                text_zh=line.text.zh,
                text_en=line.text.en,
                note=self.note,
                done_by_id=tx.actor.id,
                done_at=tx.now,
                done_on=tx.today,
            )
        )
        return {"where": area.name, "text": line.text.as_json()}
