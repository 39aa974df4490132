"""Trainings: badges scanned one after another fill the roll, and it is signed (W11)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from support.shop import PIN, SmallShop

from workshop.commands.perform import utc_now
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places import go_to
from workshop.tui.places.roll import RollPage
from workshop.tui.places.training import Certificates, Trainings
from workshop.tui.places.training_record import RecordPage
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


def planned(shop: SmallShop, begin: datetime | None = None, **more: object) -> None:
    """A session that starts this moment, for two technicians."""
    at = begin or utc_now() - timedelta(seconds=1)  # so that it has begun, however soon its roll is closed
    given = {"topic": "高压安全 [/]", "starts_at": at + timedelta(seconds=1), "ends_at": at + timedelta(hours=1)}
    invited = [shop.badge("technician2"), shop.badge("technician3")]
    more = {"room": "培训室", "held_by": "讲师", "invited": invited} | more
    shop.act("manager", "plan-session", clock=lambda: at, **given, **more)  # type: ignore[arg-type]


async def trainings(terminal: "Terminal", who: str) -> None:
    """The screen, as the menu of places opens it."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)
    assert isinstance(terminal.screen, Workplace)
    go_to(terminal.screen, "trainings")
    await terminal.on(Trainings)


async def test_badges_one_after_another_fill_the_roll_and_it_is_signed(sit: "Sit", tui_shop: SmallShop) -> None:
    planned(tui_shop, gives="gas", certificate_days=30)
    async with sit(size=(100, 30)) as terminal:
        await trainings(terminal, "leader")
        await terminal.shows("高压安全 [/]", "0 / 2")
        await terminal.press("enter")
        await terminal.on(RollPage)
        await terminal.shows("expected 2", "gives the certificate: gas")
        for who, seen in (("technician2", "on time 1"), ("clerk", "not invited")):
            await terminal.scan(tui_shop.badge(who))
            await terminal.shows(seen)
        await terminal.type(tui_shop.badge("clerk"))
        await terminal.press("enter")
        await terminal.shows("孙备件 is on the roll already")
        await terminal.press("f6")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.on(RollPage)
        await terminal.shows("[closed]", "absent 1", "came: 2, absent: 1, certificates: 2")


async def test_everybody_sees_the_sessions_and_only_the_own_record(sit: "Sit", tui_shop: SmallShop) -> None:
    planned(tui_shop)
    async with sit() as terminal:
        await trainings(terminal, "technician2")
        await terminal.shows("高压安全 [/]", "expected")
        assert "Plan session" not in terminal.text()
        await terminal.press("f7")
        await terminal.on(RecordPage)
        await terminal.shows("周技师", "高压安全 [/]")


async def test_certificates_that_run_out_are_told_to_those_who_plan(sit: "Sit", tui_shop: SmallShop) -> None:
    last = utc_now().date() + timedelta(days=5)
    given = {"badge": tui_shop.badge("technician3"), "training": "airbag", "valid_from": "2024-01-01"}
    tui_shop.do("manager", "grant-certificate", **given, valid_until=last)
    async with sit() as terminal:
        await trainings(terminal, "manager")
        await terminal.shows("run out soon: 1 (F7)", "No training or meeting")
        await terminal.press("f7")
        await terminal.on(Certificates)
        await terminal.shows("吴技师", "runs out soon")
        await terminal.press("enter")
        await terminal.on(RecordPage)
        await terminal.shows(f"until {last}")
