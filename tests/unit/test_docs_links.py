"""The pages of the repository lead where they say: their links name files that are there, and headings in them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from workshop.domain.roles import Role

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")])
_CODE = re.compile(r"^(?:```.*?^```|(?: {4}|\t)[^\n]*)$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s+(\S+)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def links(page: str) -> Iterator[str]:
    """Where the links and pictures of a page lead, without those to other sites."""
    for inline, defined in _LINK.findall(_CODE.sub("", page)):
        target = inline or defined
        if not re.match(r"[a-z][a-z+.-]*:", target):
            yield unquote(target)


def anchors(page: str) -> set[str]:
    """The anchors that a reader of Markdown makes of a page's headings; a repeated one is numbered."""
    found: set[str] = set()
    for heading in _HEADING.findall(re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL)):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        repeats = [f"{words}-{count}" for count in range(1, 100)]
        found.add(next(one for one in (words, *repeats) if one not in found))
    return found


def broken(page: Path) -> list[str]:
    """The links of a page that lead nowhere."""
    text = page.read_text(encoding="utf-8")
    return [target for target in links(text) if not leads_somewhere(page, target)]


def leads_somewhere(page: Path, target: str) -> bool:
    """Whether the file is there, inside the repository, and has the heading."""
    name, _, anchor = target.partition("#")
    there = (page.parent / name).resolve() if name else page
    if not there.exists() or not there.is_relative_to(ROOT):
        return False
    return not anchor or (there.suffix == ".md" and anchor in anchors(there.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file_and_its_heading(page: Path) -> None:
    assert broken(page) == []


def test_a_link_to_no_file_or_no_heading_is_noticed(tmp_path: Path) -> None:
    page = ROOT / "docs" / "keys.md"
    assert leads_somewhere(page, "#scanning")
    assert leads_somewhere(page, "../README.md")
    assert not leads_somewhere(page, "#nowhere")
    assert not leads_somewhere(page, "nowhere.md")
    assert not leads_somewhere(page, "../README.md#nowhere")
    assert not leads_somewhere(page, str(tmp_path))


def test_links_are_found_in_text_and_pictures_but_not_in_code() -> None:
    page = "[a](x.md) ![b](y.png) [c](https://example.org) `[d](z.md)`\n\n    [e](w.md)\n\n[f]: v.md\n"
    assert list(links(page)) == ["x.md", "y.png", "v.md"]


def test_headings_become_anchors_as_readers_of_markdown_make_them() -> None:
    assert anchors("# Who may do what, and when\n## `keys`\n## 清洁 (W9)\n## Same\n## Same\n") == {
        "who-may-do-what-and-when",
        "keys",
        "清洁-w9",
        "same",
        "same-1",
    }


@pytest.mark.parametrize("role", Role)
def test_every_role_has_its_page_and_the_readme_leads_to_it(role: Role) -> None:
    page = f"docs/roles/{role.value}.md"
    assert (ROOT / page).is_file()
    assert page in links((ROOT / "README.md").read_text(encoding="utf-8"))
