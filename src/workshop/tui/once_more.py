"""Work that takes a while: asked for while it is under way, it is done once more, never twice at once."""

from collections.abc import Awaitable, Callable


class OnceMore:
    """Does one thing over and over. `ask`, and where it says so, let `run` go in a worker."""

    def __init__(self, do: Callable[[], Awaitable[None]]) -> None:
        self._do = do
        self._asked = False
        self._running = False

    def ask(self) -> bool:
        """Ask for it; True if nothing is under way, and `run` has to be started."""
        self._asked = True
        if self._running:
            return False
        self._running = True
        return True

    async def run(self) -> None:
        """Do it until nobody has asked again. An error ends it; the next to ask starts it anew."""
        try:
            while self._asked:
                self._asked = False
                await self._do()
        finally:
            self._running = False
