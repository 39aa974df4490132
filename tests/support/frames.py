"""Frames that nobody looks at are not painted, only counted: a screen for which none is due is as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from textual._compositor import Compositor
from textual._context import visible_screen_stack

_painted: Final = Compositor.render_update


class Frames:
    """How many frames were due so far; whether they are painted."""

    def __init__(self) -> None:
        self.due = 0
        self.are_painted = False

    @contextmanager
    def passed_over(self) -> Iterator[None]:
        """Frames are counted instead of painted, except those that a test asks for."""

        def pass_over(
            compositor: Compositor, full: bool = False, screen_stack: Any = None, simplify: bool = False
        ) -> Any:
            if full:  # asked for by a test
                return _painted(compositor, full, screen_stack, simplify)
            self.due += 1
            visible_screen_stack.set(screen_stack or [])
            compositor._dirty_regions.clear()
            return None

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Compositor, "render_update", pass_over)
            yield


FRAMES: Final = Frames()
