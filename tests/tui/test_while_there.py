"""What comes back for a screen that is gone is dropped; what a screen lacks while it is there is a fault."""

import asyncio

import pytest
from textual.app import App
from textual.css.query import NoMatches
from textual.screen import Screen

from workshop.tui.app import WorkshopApp
from workshop.tui.forms.pin import PinDialog
from workshop.tui.pane import Pane
from workshop.tui.spoken import Spoken
from workshop.tui.while_there import WhileThere, ending_quietly


class Page(WhileThere, Screen[None]):
    """A screen without the part that its work wants."""


async def test_work_that_ends_after_its_screen_has_gone_ends_quietly() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        page, answer = Page(), asyncio.Event()
        await app.push_screen(page)

        async def work() -> None:
            await answer.wait()
            page.query_one("#gone")

        pending = asyncio.create_task(ending_quietly(page, work)())  # type: ignore[arg-type]
        app.pop_screen()
        await pilot.pause()
        answer.set()
        await pending


async def test_a_part_that_is_missing_on_a_screen_that_is_there_is_a_fault() -> None:
    app: App[None] = App()
    async with app.run_test():
        page = Page()
        await app.push_screen(page)

        async def work() -> None:
            page.query_one("#gone")

        with pytest.raises(NoMatches):
            await ending_quietly(page, work)()


async def test_work_that_is_ended_before_it_began_is_never_called() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        page, called = Page(), []
        await app.push_screen(page)

        async def work() -> None:
            called.append(page)

        page.run_worker(lambda: called.append(page) or work()).cancel()
        await pilot.pause()
    assert called == []


async def test_what_was_to_be_drawn_on_a_screen_that_has_gone_is_drawn_no_more() -> None:
    app: App[None] = App()
    async with app.run_test() as pilot:
        page = Page()
        await app.push_screen(page)
        await pilot.pause()
        page.call_after_refresh(lambda: page.query_one("#gone"))
        await app.pop_screen()
        await pilot.pause()


async def test_what_is_to_be_drawn_on_a_screen_that_is_there_finds_its_parts_or_fails() -> None:
    async def draw() -> None:
        app: App[None] = App()
        async with app.run_test() as pilot:
            page = Page()
            await app.push_screen(page)
            page.call_after_refresh(lambda: page.query_one("#gone"))
            await pilot.pause()

    with pytest.raises(NoMatches):
        await draw()


def test_every_screen_every_field_and_the_app_work_that_way() -> None:
    from workshop.tui.forms.entry import FieldEntry

    assert issubclass(WorkshopApp, WhileThere)
    assert issubclass(Spoken, WhileThere)
    assert issubclass(FieldEntry, WhileThere)
    assert issubclass(Pane, WhileThere)
    assert PinDialog.run_worker is WhileThere.run_worker
