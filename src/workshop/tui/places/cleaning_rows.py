"""The rows of the cleaning screen: tools in hand, lists with their lines, what waits to be countersigned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rich.text import Text

from workshop.domain.calendar import Weekday
from workshop.domain.cleaning import LineFacts, ListState
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.cleaning import AsNeeded, CleaningPage, DayView, ListView
from workshop.queries.spot_checks import SpotCheckView
from workshop.queries.tools import ToolRow
from workshop.tui.table import Column, Row

WORKING_DAY = N_("{weekday} {day}: working day {name}")
DAY_OFF = N_("{weekday} {day}: day off {name}. Nothing is due; what was done goes into “as needed”.")
YEAR_UNKNOWN = N_("The holidays of {year} are not entered yet: this follows the regular week.")
NO_AREA = N_("No area is yours, and no list is everybody's. The workshop manager enters the areas.")
BRING_BACK = N_("? 1 back in the tool crib")
INTO_CART = N_("? 1 back in {cart}")
OPEN_LINE = N_("? 1 done  2 not done")
TO_GO = N_("{lines} to go")
UNTIL = N_("until {day}")
COMPLETE = N_("complete: F6 signs")
SIGNED_BY = N_("{state}, signed: {person}")
SECOND = N_("? 1 marks it, F6 countersigns")
MARKED = N_("marked: F6 countersigns")
SECOND_BY = N_("{state}: {first} / {second}")
FOUND = N_("found: {finding}")
REMEDY = N_("? 1 say how it was remedied")
THIS_WEEK = N_("1 done now; this week: {times}")
LATE_ENTRY = N_("entered late")
TOOL = N_("tool in hand: {name}")

COLUMNS = (
    Column("what", N_("what"), grow=True),
    Column("state", N_("state"), 26, most=34),
    Column("who", N_("by"), 10, most=18, from_width=100),
)


@dataclass(frozen=True, slots=True)
class Spot:
    """What a row stands for; `position` for a line of a list."""

    of: ListView | ToolRow | AsNeeded | SpotCheckView
    position: int = 0


def list_key(one: ListView) -> str:
    """What a list's row is known by."""
    return f"list:{one.area.number}:{one.due.day}:{one.due.moment}"


class CleaningRows:
    """Lays the rows out, and remembers which lists are open on the screen and which are marked."""

    def __init__(self) -> None:
        self.spots: dict[str, Spot] = {}
        self._turned: set[str] = set()
        self._marked: set[str] = set()
        self._asking: list[str] = []
        self._today = date.min

    def turn(self, key: str) -> None:
        """Open a list that is closed, close one that is open."""
        self._turned ^= {key}

    def mark(self, key: str) -> None:
        """Mark a list to be countersigned, or take the mark away."""
        self._marked ^= {key.removeprefix("second:")}

    def is_marked(self, key: str) -> bool:
        """Whether a list is marked to be countersigned."""
        return key in self._marked

    def is_open(self, key: str) -> bool:
        """Whether a list that is closed by itself was opened."""
        return key in self._turned

    def first_in(self, key: str) -> str | None:
        """The first row that asks for an answer, of a list that has just been opened or (empty) of all."""
        return next((one for one in self._asking if not key or one.startswith(f"line:{key}:")), None)

    def first_of(self, area_number: str) -> str | None:
        """The first list of an area."""
        return next((key for key in self.spots if key.startswith(f"list:{area_number}:")), None)

    def next_open(self, key: str) -> str | None:
        """The next row that asks for an answer after this one, else the first."""
        places = list(self.spots)
        here = places.index(key) if key in self.spots else -1
        others = [one for one in self._asking if one != key]
        return next((one for one in others if places.index(one) > here), next(iter(others), None))

    def whole(self, key: str, t: Translator) -> Text:
        """What a row says, in full."""
        match self.spots.get(key):
            case Spot(of=ListView(lines=lines), position=position) if position:
                line = next(one for one in lines if one.position == position)
                return Text("  ".join(filter(None, (t.name(line.text), line.reason))))
            case Spot(of=AsNeeded(line=line)):
                return Text(t.name(line.text))
            case Spot(of=SpotCheckView(finding=finding)):
                return Text(finding)
            case Spot(of=ListView(late_reason=late, open_reason=left)):
                return Text("  ".join(filter(None, (late, left))))
        return Text()

    def head(self, day: DayView, t: Translator) -> Text:
        """The day in words, and what is not known of it."""
        weekday = Weekday(str(day.day.isoweekday())).label
        words = {"weekday": weekday, "day": day.day, "name": day.name}
        lines = [t(WORKING_DAY if day.working else DAY_OFF, **words).rstrip()]
        if not day.known:
            lines.append(t(YEAR_UNKNOWN, year=str(day.day.year)))
        if not day.lists and day.working:
            lines.append(t(NO_AREA))
        return Text("\n".join(lines))

    def lay_out(self, page: CleaningPage, tools: Sequence[ToolRow], t: Translator) -> list[Row]:
        """Every row, in order."""
        self.spots, self._asking, self._today = {}, [], page.today.day
        rows = [self._tool(one, t) for one in tools]
        for one in page.today.lists:
            rows += self._list(one, t, opened=_opened(one, self._today))
        rows += [self._finding(one, t) for one in page.findings]
        for one in page.to_countersign:
            rows += self._second(one, t)
        rows += [self._as_needed(one, t) for one in page.as_needed]
        for one in page.missed:
            rows += self._list(one, t, opened=False)
        return rows

    def _add(self, key: str, spot: Spot, *, asks: bool = False) -> None:
        self.spots[key] = spot
        if asks:
            self._asking.append(key)

    def _tool(self, one: ToolRow, t: Translator) -> Row:
        key = f"tool:{one.piece.number}"
        self._add(key, Spot(one), asks=True)
        state = t(INTO_CART, cart=one.home) if one.home_number else t(BRING_BACK)
        return Row(key, (t(TOOL, name=one.piece.name), state, one.piece.number))

    def _list(self, one: ListView, t: Translator, *, opened: bool) -> Iterator[Row]:
        key = list_key(one)
        self._add(key, Spot(one))
        yield Row(key, (Text(self._title(one, t), style="bold"), _state(one, t), one.area.whose))
        if opened is not (key in self._turned):
            for line in one.lines:
                yield self._line(one, line, t)

    def _line(self, one: ListView, line: LineFacts, t: Translator) -> Row:
        key = f"line:{list_key(one)}:{line.position}"
        self._add(key, Spot(one, line.position), asks=line.done is None)
        mark = "-" if line.done is None else "v" if line.done else "x"
        state = t(OPEN_LINE) if line.done is None else line.reason
        late = f" ({t(LATE_ENTRY)})" if line.late else ""
        return Row(key, (f"  [{mark}] {t.name(line.text)}", state + late, line.answered_by))

    def _finding(self, one: SpotCheckView, t: Translator) -> Row:
        key = f"check:{one.id}"
        self._add(key, Spot(one))
        return Row(key, (f"{one.area}  {t(FOUND, finding=one.finding)}", t(REMEDY), one.checked_by))

    def _second(self, one: ListView, t: Translator) -> Iterator[Row]:
        """A list that waits for its second signature, with what was not done."""
        key = f"second:{list_key(one)}"
        marked = list_key(one) in self._marked
        self._add(key, Spot(one), asks=not marked)
        title = Text(f"[{'v' if marked else '-'}] {self._title(one, t)}", style="bold")
        yield Row(key, (title, t(MARKED if marked else SECOND), one.signed_by))
        for line in one.lines:
            if not line.done:
                words = f"      [x] {t.name(line.text)}"
                yield Row(f"{key}:{line.position}", (words, line.reason, line.answered_by))

    def _as_needed(self, one: AsNeeded, t: Translator) -> Row:
        key = f"needed:{one.area.number}:{one.line.position}"
        self._add(key, Spot(one))
        return Row(key, (f"{one.area.name}  {t.name(one.line.text)}", t(THIS_WEEK, times=one.times), ""))

    def _title(self, one: ListView, t: Translator) -> str:
        """The area and the list, with the day where it is over."""
        day = f"  {one.due.until.isoformat()}" if one.due.until < self._today else ""
        return f"{one.area.name}  {t(one.due.moment.label)}{day}"


def _opened(one: ListView, today: date) -> bool:
    """Whether a list's lines are shown without being asked for: what is everybody's is for the last one out (W10e)."""
    return not one.signed and one.due.until <= today and not one.area.is_common


def _state(one: ListView, t: Translator) -> str:
    if one.countersigned_by:
        return t(SECOND_BY, state=one.state.label, first=one.signed_by, second=one.countersigned_by)
    if one.signed:
        return t(SIGNED_BY, state=one.state.label, person=one.signed_by)
    words = [t(TO_GO, lines=one.open_lines) if one.open_lines else t(COMPLETE)]
    words += [t(UNTIL, day=one.due.until)] if one.due.until > one.due.day else []
    return "  ".join([t(one.state.label), *words] if one.state is ListState.MISSED else words)
