"""Reads a page's Markdown file: its facts at the top, then a body of plain prose and `:::` blocks.

---
type: programmes.ProgrammePage
title: NExT Director
---
::: glance            Length | 12 months        (a programme's facts)
## A heading
A paragraph with **bold** words and a [link](page:guidance/mentoring).
::: inset | warning TITLE | do TITLE | dont TITLE | faq | details TITLE | facts | table CAPTION | cards | action TEXT
::: bars TITLE | pages HEADING | domain TITLE    (a framework's)
...lines of the block...
:::
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

PAGES = Path(__file__).parent / "pages"

# From "guidance/mentoring" to the primary key of that page.
Finder = Callable[[str], int]
Block = tuple[str, Any]

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_ITEM = re.compile(r"^(?:-|\d+\.)\s+")


@dataclass(frozen=True, slots=True)
class Source:
    """One page as written down: `path` is its place in the tree (programmes/next-director); "" is the home page."""

    path: str
    facts: dict[str, str]
    text: str

    @property
    def parent(self) -> str:
        return self.path.rpartition("/")[0]

    @property
    def slug(self) -> str:
        return self.path.rpartition("/")[2]


def sources() -> list[Source]:
    """Every page of the demonstration, parents before children, in the order of `order:`."""
    found = [_source(file) for file in PAGES.rglob("*.md")]
    return sorted(found, key=lambda s: (s.path.count("/"), s.parent, int(s.facts.get("order", 99)), s.path))


def _source(file: Path) -> Source:
    _, head, text = file.read_text().split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in head.strip().splitlines())
    path = file.relative_to(PAGES).with_suffix("").as_posix()
    return Source("" if path == "home" else path, facts, text.strip())


def blocks(text: str, find: Finder) -> list[Block]:
    """The body's blocks as StreamField data."""
    result: list[Block] = []
    for part in re.split(r"(?ms)^(::: .*?^:::)$", text):
        if part.startswith("::: "):
            head, _, inner = part[4:].removesuffix(":::").partition("\n")
            name, _, title = head.strip().partition(" ")
            result.append(_BUILDERS[name](title.strip(), inner.strip(), find))
        elif part.strip():
            result.append(("text", prose(part, find)))
    return result


def prose(text: str, find: Finder) -> str:
    """Paragraphs, headings and lists as the HTML that a rich text block stores."""
    return "".join(_paragraph(part.strip(), find) for part in text.strip().split("\n\n") if part.strip())


def _paragraph(part: str, find: Finder) -> str:
    marks, _, words = part.partition(" ")
    if marks in ("##", "###", "####"):
        return f"<h{len(marks)}>{_inline(words, find)}</h{len(marks)}>"
    lines = part.splitlines()
    if _ITEM.match(part):
        kind = "ul" if part.startswith("-") else "ol"
        items = "".join(f"<li>{_inline(item, find)}</li>" for item in _items(part))
        return f"<{kind}>{items}</{kind}>"
    return f"<p>{_inline(' '.join(lines), find)}</p>"


def _inline(words: str, find: Finder) -> str:
    html = _BOLD.sub(r"<b>\1</b>", escape(words, quote=False))
    return _LINK.sub(lambda m: _link(m[1], m[2], find), html)


def _link(words: str, target: str, find: Finder) -> str:
    if target.startswith("page:"):
        return f'<a linktype="page" id="{find(target.removeprefix("page:"))}">{words}</a>'
    return f'<a href="{target}">{words}</a>'


def _rows(inner: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in inner.splitlines() if line.strip()]


def _items(inner: str) -> list[str]:
    return [_ITEM.sub("", line) for line in inner.splitlines() if line.strip()]


def facts(inner: str, find: Finder) -> list[dict[str, str]]:
    return [{"key": key, "value": prose(value, find)} for key, value in _rows(inner)]


def _rich(inner: str, find: Finder) -> list[dict[str, str]]:
    return [{"type": "richtext", "value": prose(inner, find)}]


def _faq(title: str, inner: str, find: Finder) -> Block:
    parts = [part.partition("\n") for part in re.split(r"(?m)^### ", inner) if part.strip()]
    return "expander_group", {"expanders": [{"title": q.strip(), "body": _rich(a, find)} for q, _, a in parts]}


def _table(title: str, inner: str, find: Finder) -> Block:
    head, *rows = _rows(inner)
    return "table", {"caption": title, "head": head, "rows": rows, "first_cell_is_header": True}


def _cards(title: str, inner: str, find: Finder) -> Block:
    cards = [{"heading": h, "page": find(page.removeprefix("page:")), "text": t} for h, page, t in _rows(inner)]
    return "card_group", {"column": "one-half", "heading_level": 3, "cards": cards}


def _action(title: str, inner: str, find: Finder) -> Block:
    return "action_link", {"text": title, "external_url": "", "internal_page": find(inner.removeprefix("page:"))}


def _bars(title: str, inner: str, find: Finder) -> Block:
    """`says:`, `source:` and `unit:` first, then a label and a figure a line."""
    facts = dict(line.split(": ", 1) for line in inner.splitlines() if ": " in line and " | " not in line)
    bars = [{"label": label, "value": float(value)} for label, value in _rows(_without_facts(inner))]
    return "bar_chart", {"title": title, "unit": "", **facts, "bars": bars}


def _without_facts(inner: str) -> str:
    return "\n".join(line for line in inner.splitlines() if " | " in line)


def _pages(title: str, inner: str, find: Finder) -> Block:
    chosen = [find(line.removeprefix("page:")) for line in inner.splitlines()]
    return "page_list", {"heading": title, "heading_level": 2, "intro": "", "pages": chosen}


def _domain(title: str, inner: str, find: Finder) -> Block:
    """An introduction, then each statement after "- " with what shows it below, after "* "."""
    intro, *rest = re.split(r"(?m)^- ", inner)
    statements = []
    for part in rest:
        text, *evidence = (line.strip() for line in part.strip().splitlines())
        statements.append({"text": text, "evidence": [line.removeprefix("* ") for line in evidence]})
    return "domain", {"title": title, "intro": prose(intro, find), "statements": statements}


_BUILDERS: dict[str, Callable[[str, str, Finder], Block]] = {
    "inset": lambda t, i, f: ("inset_text", {"body": prose(i, f)}),
    "warning": lambda t, i, f: ("warning_callout", {"title": t, "heading_level": 3, "body": prose(i, f)}),
    "do": lambda t, i, f: ("do_list", {"heading_level": 3, "label": t, "do": _items(i)}),
    "dont": lambda t, i, f: ("dont_list", {"heading_level": 3, "label": t, "dont": _items(i)}),
    "details": lambda t, i, f: ("details", {"title": t, "body": _rich(i, f)}),
    "facts": lambda t, i, f: ("summary_list", {"rows": facts(i, f), "no_border": False}),
    "faq": _faq,
    "table": _table,
    "bars": _bars,
    "pages": _pages,
    "domain": _domain,
    "cards": _cards,
    "action": _action,
}
