"""Everything that this person may do here, found by its words in either language or by pinyin initials."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.widgets import Input, OptionList, Static

from workshop.domain.initials import initials
from workshop.domain.reasons import Reason
from workshop.domain.words import N_, Message
from workshop.i18n import LANGUAGES, translator
from workshop.tui.acts import PLACES, free_offers, offers
from workshop.tui.keystrokes import DOING
from workshop.tui.numbered import Entry
from workshop.tui.printing import WHICH_FREE, papers_of, print_paper
from workshop.tui.seek import Seek

if TYPE_CHECKING:
    from workshop.tui.workplace import Workplace

TITLE = N_("Do anything")
HOW = N_("A few letters of what you want to do, in Chinese, English or pinyin initials; Enter does it.")
NOTHING = N_("Nothing that you may do here is called that. Try other letters.")
NOT_NOW = N_("Not now:")
KEYS = N_("keys")


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done: its words, what tells it from others, why it must wait, and the doing."""

    label: Message
    run: Callable[[], Awaitable[object] | object]
    group: Message | None = None
    rule: str = ""
    blocked: Reason | None = None


class Palette(Seek[Deed]):
    """Type a few letters of what you want to do. What must wait is listed last, with the reason."""

    def __init__(self, deeds: Sequence[Deed]) -> None:
        super().__init__()
        self._deeds = sorted(deeds, key=lambda deed: deed.blocked is not None)
        self._searched: list[str] = []

    def on_mount(self) -> None:
        """Learn the initials of the words."""
        self._learn()

    def render_texts(self) -> None:
        """Title, and what the letters find."""
        self.query_one(".title", Static).update(self.t(TITLE))
        self._show()

    def typed(self, text: str) -> None:
        """Show what the letters find."""
        del text
        self._show()

    @work(exclusive=True, group=DOING)
    async def _learn(self) -> None:
        self._searched = await asyncio.to_thread(lambda: [_searched(deed) for deed in self._deeds])
        self._show()

    def _show(self) -> None:
        found = self._found()
        self.query_one(".hint", Static).update(self.t(HOW if found else NOTHING))
        free = [place for place in found if self._deeds[place].blocked is None]
        waiting = [place for place in found if self._deeds[place].blocked is not None]
        heading = [Entry("", self.t(NOT_NOW), heading=True)] if waiting else []
        self.entries.show([*map(self._entry, free), *heading, *map(self._entry, waiting)])

    def _found(self) -> list[int]:
        wanted = self.line.value.casefold().split()
        texts = self._searched or [_words(deed) for deed in self._deeds]
        return [place for place, text in enumerate(texts) if all(one in text for one in wanted)]

    def _entry(self, place: int) -> Entry:
        deed = self._deeds[place]
        group = f"  ({self.t(deed.group)})" if deed.group else ""
        rule = f"  {deed.rule}" if deed.rule not in ("", "-") else ""
        detail = self.t.reason(deed.blocked) if deed.blocked else ""
        return Entry(str(place), f"{self.t(deed.label)}{rule}{group}", detail)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose(self.entries.current_key)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Do what was chosen."""
        event.stop()
        self._choose(event.option_id)

    def _choose(self, key: str | None) -> None:
        if key:
            self.close(self._deeds[int(key)])


def _words(deed: Deed) -> str:
    told = [translator(language)(text) for language in LANGUAGES for text in (deed.label, deed.group) if text]
    return "\n".join([*told, deed.rule]).casefold()


def _searched(deed: Deed) -> str:
    return f"{_words(deed)}\n{initials(translator('zh_CN')(deed.label))}"


def deeds_of(here: "Workplace") -> Iterator[Deed]:
    """Everything that a person may do at a workplace: acts, papers, other places, what needs nothing, its keys."""
    from workshop.tui.places import TITLE, go_to, places_of

    subject, roles = here.subject(), here.gateway.person.roles
    on_it = set()
    if subject is not None:
        for offer in offers(roles, subject):
            on_it.add(offer.command)
            run = partial(here.do_offer, offer, subject)
            yield Deed(offer.command.label, run, rule=offer.command.rule, blocked=offer.blocked)
    for paper, about in [*(papers_of(here, subject) if subject else ()), *papers_of(here, None)]:
        yield Deed(paper.label, partial(print_paper, here, paper, about), WHICH_FREE)
    for place in places_of(roles):
        yield Deed(place.label, partial(go_to, here, place.id), TITLE)
    for offer in free_offers(roles):
        if offer.command in on_it:
            continue
        group = PLACES.get(offer.command.place)
        yield Deed(offer.command.label, partial(here.do, offer.command), group, offer.command.rule)
    for one in here.declared_bindings.values():
        binding = one.binding
        if one.enabled and binding.id and binding.description and binding.id != "palette":
            yield Deed(Message(binding.description), partial(here.house.run_action, binding.action, one.node), KEYS)
