"""Work that is asked for while it is under way is done once more, never twice at once."""

import asyncio

import pytest

from workshop.tui.once_more import OnceMore


async def test_asked_for_meanwhile_it_is_done_once_more_however_often_that_was() -> None:
    at_work, done, let_go = 0, 0, asyncio.Event()

    async def work() -> None:
        nonlocal at_work, done
        at_work += 1
        assert at_work == 1
        await let_go.wait()
        at_work, done = at_work - 1, done + 1

    more = OnceMore(work)
    assert more.ask()
    running = asyncio.create_task(more.run())
    await asyncio.sleep(0)
    assert [more.ask() for _ in range(3)] == [False] * 3
    let_go.set()
    await running
    assert done == 2
    assert more.ask()


async def test_after_an_error_it_can_be_asked_for_again() -> None:
    async def fail() -> None:
        raise ValueError

    more = OnceMore(fail)
    more.ask()
    with pytest.raises(ValueError):  # noqa: PT011 — it has no text
        await more.run()
    assert more.ask()
