"""Every screen of the terminal, in both languages, small and large, as it stands on the made-up shop at a set moment.

What a screen shows is kept as text under tests/tui/screens, one file a screen. A change of a screen is seen there:

    WORKSHOP_KEEP_SCREENS=1 uv run pytest tests/tui/test_screens.py

writes the files anew, and `git diff` shows what changed. What holds for every screen is asserted of each: see
support/pictures.py.
"""

import difflib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pytest
import time_machine
from support.demo_shop import NOW
from support.pictures import cropped, faults, foreign, latin_data
from tui.at_the_demo import Seat, badge_of, seated

from workshop.commands.base import commands
from workshop.db.database import Database
from workshop.domain.roles import Role
from workshop.i18n import LANGUAGES
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.lock import LockScreen
from workshop.tui.pane import Pane
from workshop.tui.places import PLACES, board, places_of
from workshop.tui.sign_in import SignInScreen
from workshop.tui.wall import WallApp
from workshop.tui.workplace import Workplace

FOLDER: Final = Path(__file__).parent / "screens"
KEEP: Final = os.environ.get("WORKSHOP_KEEP_SCREENS") == "1"
SIZES: Final = ((80, 24), (160, 45))


@dataclass(frozen=True, slots=True)
class Shot:
    """A screen: what it is called, whose it is, the place where it begins; the keys, the paste and the keys to it;
    the signs of units that stand on it in any language."""

    name: str
    role: Role
    place: str
    keys: tuple[str, ...] = ()
    paste: str = ""
    after: tuple[str, ...] = ()
    units: frozenset[str] = frozenset()


def _first_of(place: str) -> Role:
    wanted = next(one for one in PLACES if one.id == place)
    return next(role for role in (Role.ADVISOR, Role.TECHNICIAN, *Role) if role in wanted.roles)


_ADVISOR, _TECHNICIAN, _MANAGER, _LEADER = Role.ADVISOR, Role.TECHNICIAN, Role.MANAGER, Role.TEAM_LEADER
SHOTS: Final = (
    *(Shot(f"place-{place.id.replace('_', '-')}", _first_of(place.id), place.id) for place in PLACES),
    Shot("board-manager", _MANAGER, "board"),
    *(Shot(f"order-{tab}", _ADVISOR, "board", ("enter", tab)) for tab in "12345"),
    Shot("order-acts", _ADVISOR, "board", ("enter", "f4")),
    Shot("form-at-the-order", _ADVISOR, "board", ("enter", "f4", "enter")),
    Shot("form-not-filled-in", _ADVISOR, "board", ("enter", "f4", "enter", "f12")),
    Shot("places", _MANAGER, "board", ("f3",)),
    Shot("other-acts", _MANAGER, "board", ("f3", "end", "enter")),
    Shot("find", _ADVISOR, "board", ("f2",), "粤B"),
    Shot("find-nothing", _ADVISOR, "board", ("f2",), "xyzzy"),
    Shot("palette", _ADVISOR, "board", ("ctrl+p",)),
    Shot("palette-letters", _ADVISOR, "board", ("ctrl+p",), "kd"),
    Shot("palette-nothing", _ADVISOR, "board", ("ctrl+p",), "xyzzy"),
    Shot("help", _ADVISOR, "board", ("f1",)),
    Shot("printing", _ADVISOR, "board", ("enter", "ctrl+o")),
    Shot("printing-language", _ADVISOR, "board", ("enter", "ctrl+o", "enter")),
    Shot("printing-where", _ADVISOR, "board", ("enter", "ctrl+o", "enter", "enter")),
    Shot("paper", _ADVISOR, "board", ("enter", "ctrl+o", "enter", "enter", "end", "enter"), units=frozenset({"km"})),
    Shot("bar-code", _ADVISOR, "board", ("enter", "ctrl+o", "end", "enter")),
    Shot("reception-found", _ADVISOR, "reception", (), "粤B"),
    Shot("work-page", _TECHNICIAN, "bay", ("enter",)),
    Shot("work-acts", _TECHNICIAN, "bay", ("enter", "f4")),
    Shot("cleaning-technician", _TECHNICIAN, "cleaning"),
    Shot("cleaning-month-leader", _LEADER, "cleaning_month"),
    Shot("figure", _MANAGER, "figures", ("enter",)),
    Shot("figures-other-days", _MANAGER, "figures", ("left",)),
    Shot("liability-case-acts", _MANAGER, "liability", ("f4",)),
    Shot("training-roll", _LEADER, "trainings", ("enter",)),
    Shot("person-acts", _MANAGER, "staff", ("f4",)),
    Shot("person-form", Role.ADMINISTRATOR, "staff", ("f4", "enter")),
    Shot("order-form", _ADVISOR, "reception", ("end", "ctrl+u"), "粤B0217警", ("enter",)),
    Shot("lock", _ADVISOR, "board", ("f9",)),
    Shot("somebody-else", _ADVISOR, "board", ("f9", "f6")),
)


_NEVER: Final = 86_400.0


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock stands, and no list turns its pages, however long a screen is looked at."""
    monkeypatch.setattr(board, "TURN", _NEVER)
    with time_machine.travel(NOW, tick=False):
        yield


LOOKS: Final = [
    (language, size)
    for size, languages in zip(SIZES, (tuple(LANGUAGES), tuple(reversed(LANGUAGES))), strict=True)
    for language in languages
]
"""Every language in every size, each look but one change away from the one before."""


@pytest.fixture(scope="module")
def known(demo_file: Path) -> frozenset[str]:
    """The Latin words among the demo's records."""
    db = Database(f"sqlite:///{demo_file}")
    with db.reading() as session:
        words = latin_data(session)
    db.close()
    return words


async def look(seat: Seat, name: str, known: frozenset[str]) -> list[str]:
    """Look at a screen in both languages and sizes; what is wrong with it, or not as it was."""
    seen: dict[str, list[str]] = {}
    wrong: list[str] = []
    for language, (width, height) in LOOKS:
        if seat.app.size != (width, height):
            seat.resize(width, height)
            await seat.settle()
        if seat.app.t.language != language:
            seat.app._speak(language)
            await seat.settle()
        lines = await seat.painted()
        title = f"{name} {language} {width}x{height}"
        wrong += [f"{title}: {fault}" for fault in faults(seat.screen, lines)]
        if language == "zh_CN":
            wrong += [f"{title}: not Chinese: {word}" for word in foreign(cropped(seat.screen, lines), known)]
        seen[title] = [line.rstrip() for line in cropped(seat.screen, lines)]
    stands = [
        line
        for width, height in SIZES
        for language in LANGUAGES
        for line in (f"=== {language} {width}x{height}", *seen[f"{name} {language} {width}x{height}"])
    ]
    file = FOLDER / f"{name}.txt"
    if KEEP:
        FOLDER.mkdir(exist_ok=True)
        file.write_text("\n".join(stands) + "\n", encoding="utf-8")
    before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    changed = difflib.unified_diff(before, stands, f"{name} as kept", f"{name} as it is", lineterm="")
    return [*wrong, *changed]


class Visit:
    """Somebody of a role at a terminal, on the way from screen to screen."""

    def __init__(self, seat: Seat, role: Role) -> None:
        self.seat = seat
        with seat.db.reading() as session:
            self.badge = badge_of(session, role)
        self.order = [place.id for place in places_of(frozenset({role}))]

    async def lead_to(self, shot: Shot) -> None:
        """To the screen of a shot, by the keys that lead there."""
        seat = self.seat
        seat.resize(*SIZES[0])
        await seat.settle()
        for _ in range(8):
            if isinstance(seat.screen, LockScreen | SignInScreen):
                await seat.admit_badge(self.badge)
            elif isinstance(seat.screen, Workplace):
                break
            await seat.go("escape")
        assert seat.app.gateway is not None
        seat.app.gateway.drafts.clear()
        seat.app._speak("zh_CN")
        await seat.go("f3", "home", *["down"] * self.order.index(shot.place), "enter")
        for key in shot.keys:
            await seat.go(key)
        if shot.paste:
            seat.paste(shot.paste)
            await seat.settle()
        for key in shot.after:
            await seat.go(key)


_WALK: Final = 9
"""Screens that are looked at in one walk."""
WALKS: Final = [
    mine[first : first + _WALK]
    for role in sorted({shot.role for shot in SHOTS})
    for mine in [[shot for shot in SHOTS if shot.role is role]]
    for first in range(0, len(mine), _WALK)
]


@pytest.mark.usefixtures("set_clock")
@pytest.mark.parametrize("shots", WALKS, ids=[f"{shots[0].role}-{shots[0].name}" for shots in WALKS])
async def test_screens_stand_as_they_were_looked_at(shots: list[Shot], own_demo: Path, known: frozenset[str]) -> None:
    wrong: list[str] = []
    async with seated(own_demo, SIZES[0], paper_folder=Path("/单据")) as seat:
        visit = Visit(seat, shots[0].role)
        await seat.admit_badge(visit.badge)
        for shot in shots:
            await visit.lead_to(shot)
            wrong += await look(seat, shot.name, known | {shot.paste} | shot.units)
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("set_clock")
async def test_screens_before_anybody_has_signed_in(own_demo: Path, known: frozenset[str]) -> None:
    async with seated(own_demo, SIZES[0]) as seat:
        await seat.until(lambda: seat.screen.query_one("#people").display, "the people of the demo")
        wrong = await look(seat, "sign-in", known)
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("set_clock")
async def test_screens_of_a_shop_that_is_not_set_up(prepared_file: Path, tmp_path: Path) -> None:
    empty = Path(shutil.copyfile(prepared_file, tmp_path / "empty.db"))
    async with seated(empty, SIZES[0]) as seat:
        await seat.until(lambda: isinstance(seat.screen, FormDialog), "the first start")
        wrong = await look(seat, "first-start", frozenset())
        await seat.go("escape")
        wrong += await look(seat, "sign-in-empty", frozenset())
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("set_clock")
async def test_the_wall(own_demo: Path, known: frozenset[str]) -> None:
    async with seated(own_demo, SIZES[0], partial(WallApp, turn=_NEVER)) as seat:
        await seat.until(lambda: all(pane.rows for pane in seat.screen.query(Pane)), "the floor is there")
        wrong = await look(seat, "wall", known)
    assert not wrong, "\n".join(wrong)


@pytest.mark.usefixtures("set_clock")
async def test_a_signature(own_demo: Path, known: frozenset[str]) -> None:
    async with seated(own_demo, SIZES[0]) as seat:
        gateway = await seat.admit_badge(Visit(seat, Role.TECHNICIAN).badge)
        seat.app.push_screen(PinDialog(gateway, commands()["sign-self-check"].label))
        await seat.settle()
        wrong = await look(seat, "signature", known)
    assert not wrong, "\n".join(wrong)


def test_no_screen_is_kept_that_nobody_looks_at_any_more() -> None:
    others = {"sign-in", "sign-in-empty", "first-start", "wall", "signature"}
    assert {file.stem for file in FOLDER.iterdir()} == {shot.name for shot in SHOTS} | others
