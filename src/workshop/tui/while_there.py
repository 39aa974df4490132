"""Work in the background of a screen or field that may be gone before the work is done."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import Any

from textual.css.query import NoMatches
from textual.dom import DOMNode
from textual.worker import Worker


class WhileThere:
    """A screen, widget or app whose background work ends quietly when it finds that it has been taken off the screen.

    Textual takes the parts away before it ends the work; what comes back in between has nowhere to be shown.
    """

    def run_worker(self, work: Any, *args: Any, **more: Any) -> Worker[Any]:
        """As Textual's, for what is yet to be called: work that ends before it began then leaves nothing unawaited.

        A part that is missing while the screen is still there remains the fault that it is.
        """
        done = work if more.get("thread") else ending_quietly(self, work)  # type: ignore[arg-type]
        worker: Worker[Any] = super().run_worker(done, *args, **more)  # type: ignore[misc]
        return worker

    def call_after_refresh(self, callback: Callable[..., Any], *args: Any, **more: Any) -> bool:
        """As Textual's, which hands the call to the screen on top: it may be made when this one has gone."""

        async def call() -> None:
            called = callback(*args, **more)
            if isawaitable(called):
                await called

        there: bool = super().call_after_refresh(ending_quietly(self, call))  # type: ignore[misc, arg-type]
        return there


def ending_quietly(node: DOMNode, work: Callable[[], Awaitable[Any]]) -> Callable[[], Awaitable[Any]]:
    """The work, which does nothing more once the node is being taken away."""

    async def run() -> Any:
        try:
            return await work()
        except NoMatches:
            if node.display:
                raise
            return None

    return run
