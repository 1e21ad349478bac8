"""Sheets to print for class, cut from the built chapters as teaching/packets.yml says.

The book writes them as teaching/<chapter>-before.html and -after.html, so the words have no second source.
"""

import re
from copy import copy
from pathlib import Path

from bs4 import BeautifulSoup, Tag
from markupsafe import Markup

from ..files import write_if_changed
from ..model.packets import SOURCE, TIMES, PacketError, load
from .pages import Page, clean, new_tag
from .templates import render

ANSWER = "My answer: number ____  Name: ______________________  Group: ____________"


def read_chapter(path: Path) -> Tag:
    """Read the article of a built chapter."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").article


def packet(slug: str, time: str, sheets: list[dict], article: Tag) -> str:
    """The page of one packet.

    Parameters
    ----------
    slug : str
        Name of the chapter.
    time : str
        "before" or "after".
    sheets : list of dict
        Title and parts of each sheet.
    article : bs4.Tag
        The chapter, as `read_chapter` gives it; it is not changed.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    PacketError
        If a part is not in the chapter.
    """
    chapter = article.h1.get_text().removesuffix("#").partition(":")[0]
    cut = []
    for number, sheet in enumerate(sheets, start=1):
        holder = new_tag("section")
        for part in sheet["parts"]:
            try:
                holder.extend(_part(article, part))
            except PacketError as error:
                raise PacketError(f"{SOURCE.name}, {slug}, {time}, sheet {number}: {error}") from None
        _prepare(holder, slug)
        cut.append((sheet["title"], Markup(holder.decode_contents())))
    return render("packet.html", title=f"{chapter}, {time} the box", note=TIMES[time], sheets=cut)


def _part(article: Tag, part: str | dict) -> list[Tag]:
    """Copies of what a part of a sheet names."""
    if isinstance(part, dict):
        return [_table(article, **part)]
    if part.startswith("questions "):
        return [
            new_tag("h3", "Questions"),
            new_tag("ol", *(_question(article, int(each)) for each in part.split()[1:])),
        ]
    found = article.find(id=part)
    if found is None:
        raise PacketError(f"the chapter has no place {part!r}")
    copied = copy(found)
    for later in copied.select("details, .admonition:not(.source-card)"):  # boxes with the outcome, and links to them
        later.decompose()
    return [copied, _slip()] if part == "decide" else [copied]


def _slip() -> Tag:
    """Lines for the answer that a student hands in."""
    slip = new_tag("p", ANSWER, class_="lines")
    for name in ("Reason 1", "Reason 2", "Risk"):
        slip.extend([new_tag("br"), f"{name}: {'_' * 60}"])
    return slip


def _question(article: Tag, number: int) -> Tag:
    for numbered in article.find(id="documents").find_all("ol"):
        items = numbered.find_all("li", recursive=False)
        place = number - int(numbered.get("start", 1))
        if 0 <= place < len(items):
            question = copy(items[place])
            question["value"] = str(number)
            return question
    raise PacketError(f"the chapter has no question {number}")


def _table(article: Tag, table: str, rows: list[str] | None = None, columns: list[str] | None = None) -> Tag:
    """A table by the beginning of its caption, with some of its rows or columns."""
    captions = [caption for caption in article.find_all("caption") if _caption(caption).startswith(table)]
    if len(captions) != 1:
        raise PacketError(f"{len(captions)} tables have a caption that begins with {table!r}; it must be one")
    copied = copy(captions[0].find_parent("table"))
    copied.caption.string = _caption(copied.caption)
    heads = [cell.get_text(strip=True) for cell in copied.thead.find_all("th")]
    lines = [
        (line, " | ".join(cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"])))
        for line in copied.tbody.find_all("tr")
    ]
    for start in rows or []:
        if not any(text.startswith(start) for _, text in lines):
            raise PacketError(f"the table {table!r} has no row that begins with {start!r}")
    for line, text in lines:
        if rows and not text.startswith(tuple(rows)):
            line.decompose()
    for name in columns or []:
        if name not in heads:
            raise PacketError(f"the table {table!r} has no column {name!r}; it has {', '.join(heads)}")
    for line in copied.find_all("tr"):
        for name, cell in zip(heads, line.find_all(["th", "td"])):
            if columns and name not in columns:
                cell.decompose()
    return copied


def _caption(caption: Tag) -> str:
    words = caption.find(class_="caption-text") or caption
    return words.get_text(strip=True)


def _prepare(holder: Tag, slug: str) -> None:
    """Clear what only the chapter needs: links into the book, marks, ids; set headings below that of the sheet."""
    clean(Page(slug, "", "", holder, f"chapters/{slug}"))
    for heading in holder.find_all(["h2", "h3", "h4"]):
        heading.name = "h3"
    for heading in holder.select("p.admonition-title"):
        heading.name = "h3"
    for link in holder.find_all("a"):
        if re.match("https?://", link.get("href", "")):
            link.attrs = {"href": link["href"]}
        else:
            link.unwrap()
    for span in holder.find_all("span"):
        span.unwrap()
    for tag in holder.find_all(True):
        kept = {name: value for name, value in tag.attrs.items() if name in ("scope", "start", "value", "lang", "href")}
        tag.attrs = kept | {"class": [name for name in tag.get("class", []) if name in ("source-card", "lines")]}
        if not tag["class"]:
            del tag["class"]
    for table in holder.find_all("table"):  # wider than a phone: moved by touch or by arrow keys
        table.wrap(new_tag("div", class_="wide", role="region", tabindex="0", **{"aria-label": table.caption.string}))
    holder.smooth()


def write(folder: Path, chapters: Path, slugs: set[str]) -> None:
    """Write the packets of some chapters into a folder.

    Parameters
    ----------
    folder, chapters : pathlib.Path
        Where the packets go, and where the built chapters are.
    slugs : set of str
        Chapters that are in the book.
    """
    for slug, times in load().items():
        if slug in slugs:
            article = read_chapter(chapters / f"{slug}.html")
            for time, sheets in times.items():
                write_if_changed(folder / f"{slug}-{time}.html", packet(slug, time, sheets, article))
