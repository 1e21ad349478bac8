"""Sheets to print for class, cut from the built chapters as teaching/packets.yml says: one page for before the decision, one for after.

The book writes them as teaching/<chapter>-before.html and -after.html, so the words have no second source.
"""

import html
import re
from copy import copy
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag
from editions import Page, clean, new_tag

BOOK = Path(__file__).resolve().parents[1]
SOURCE = BOOK / "teaching" / "packets.yml"
#: When a packet is given out -> what stands under its title.
TIMES = {
    "before": "Give these sheets out before the decision. They do not tell how it came out.",
    "after": "Give these sheets out only when the box is open. They tell what came later.",
}
UNUSED = re.compile(r'<form class="explorer".*?</form>|<svg.*?</svg>|<pre.*?</pre>', re.S)  # nine tenths of a page, on no sheet
ANSWER = "My answer: number ____  Name: ______________________  Group: ____________"
FROM = "From the casebook Paper Tiger or Safe Choice?, CC BY 4.0; quotations remain with their owners."
STYLE = (
    "@page{size:A4;margin:13mm}body{font:11pt/1.45 sans-serif;color:#1b1f24;background:#fff;margin:0 auto;padding:1rem;max-width:46rem;"
    "overflow-wrap:break-word}p{margin:.5rem 0}li p{margin:0}h1{font-size:1.5rem}"
    "h2{font-size:1.2rem;border-bottom:2px solid #1b1f24}h3{font-size:1rem;break-after:avoid}"
    "main>section+section{margin-top:3rem}.source-card{border:1px solid #5f6670;padding:0 .8rem;margin:1rem 0}"
    "blockquote{margin:.8rem 0 .8rem 1.2rem}"
    "table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:bold;padding:.4rem 0}"
    "th,td{border:1px solid #5f6670;padding:.3rem;text-align:left;vertical-align:top}td p,th p{margin:0}"
    "tr,li,blockquote,.lines{break-inside:avoid}"
    "li{margin:.3rem 0}.from{font-size:.8rem;margin-top:-.6rem}.lines{line-height:2;margin-bottom:0}a{color:#0b5394}"
    ".wide{overflow-x:auto}@media screen and (max-width:40rem){table{min-width:34rem}}"
    "@media print{body{padding:0;max-width:none;font-size:10.5pt;line-height:1.4}header,nav{display:none}"
    "main>section+section{break-before:page;margin:0}"
    'a[href]{color:inherit}a[href]::after{content:" (" attr(href) ")"}}'
)


class PacketError(ValueError):
    """A sheet names something that its chapter does not have; the message says what and where."""


def load(path: Path = SOURCE) -> dict[str, dict[str, list[dict]]]:
    """Read and check the list of sheets.

    Parameters
    ----------
    path : pathlib.Path
        A file like teaching/packets.yml.

    Returns
    -------
    dict
        Chapter -> "before" and "after" -> sheets, each with `title` and `parts`.

    Raises
    ------
    PacketError
        Naming the chapter and the field.
    """
    packets = yaml.safe_load(path.read_text(encoding="utf-8"))
    for slug, times in packets.items():
        if list(times) != list(TIMES):
            raise PacketError(f"{path.name}, {slug}: {', '.join(times)} found; accepted: {' and '.join(TIMES)}")
        for time, sheets in times.items():
            for number, sheet in enumerate(sheets, start=1):
                if set(sheet) != {"title", "parts"}:
                    raise PacketError(f"{path.name}, {slug}, {time}, sheet {number}: it needs `title` and `parts` and nothing else")
    return packets


def read_chapter(path: Path) -> Tag:
    """The article of a built chapter, without its explorers, pictures and code."""
    article = re.search(r"<article.*?</article>", path.read_text(encoding="utf-8"), re.S)
    return BeautifulSoup(UNUSED.sub("", article[0]), "html.parser").article


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
    title = f"{chapter}, {time} the box"
    body = []
    for number, sheet in enumerate(sheets, start=1):
        holder = new_tag("section", id=f"sheet-{number}")
        for part in sheet["parts"]:
            try:
                holder.extend(_part(article, part))
            except PacketError as error:
                raise PacketError(f"{SOURCE.name}, {slug}, {time}, sheet {number}: {error}") from None
        _prepare(holder, slug)
        holder.insert(0, new_tag("h2", f"{title}. Sheet {number}: {sheet['title']}"))
        holder.insert(1, new_tag("p", FROM, class_="from"))
        body.append(str(holder))
    links = "".join(f'<li><a href="#sheet-{number}">{html.escape(sheet["title"])}</a></li>' for number, sheet in enumerate(sheets, start=1))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8" />'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\" />"
        '<meta name="viewport" content="width=device-width, initial-scale=1" /><meta name="robots" content="noindex" />'
        f"<title>{html.escape(title)}: sheets to print</title><style>{STYLE}</style></head><body>"
        f"<header><h1>{html.escape(title)}: sheets to print</h1><p>{TIMES[time]} Each sheet starts on a new page.</p></header>"
        f'<nav aria-label="Sheets"><ol>{links}</ol></nav><main>{"".join(body)}</main>'
        "</body></html>\n"
    )


def _part(article: Tag, part: str | dict) -> list[Tag]:
    """Copies of what a part of a sheet names."""
    if isinstance(part, dict):
        return [_table(article, **part)]
    if part.startswith("questions "):
        return [new_tag("h3", "Questions"), new_tag("ol", *(_question(article, int(each)) for each in part.split()[1:]))]
    found = article.find(id=part)
    if found is None:
        raise PacketError(f"the chapter has no place {part!r}")
    copied = copy(found)
    for later in copied.select("details, .admonition:not(.source-card)"):  # the boxes with the outcome, and the sign that leads to them
        later.decompose()
    return [copied, _slip()] if part == "decide" else [copied]


def _slip() -> Tag:
    """Room for what is handed in."""
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
    lines = [(line, " | ".join(cell.get_text(" ", strip=True) for cell in line.find_all(["th", "td"]))) for line in copied.tbody.find_all("tr")]
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
    """Clear what only the chapter needs: links into the book, marks, ids; headings one level below that of the sheet."""
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
    """Write the packets of some chapters into a folder, each whole or not at all; those that are newer than what they are cut from stay.

    Parameters
    ----------
    folder, chapters : pathlib.Path
        Where the packets go, and where the built chapters are.
    slugs : set of str
        Chapters that are in the book.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for slug, times in load().items():
        if slug in slugs:
            sources = (chapters / f"{slug}.html", SOURCE, Path(__file__))
            newest = max(path.stat().st_mtime_ns for path in sources)
            written = [folder / f"{slug}-{time}.html" for time in times]
            if all(path.exists() and path.stat().st_mtime_ns > newest for path in written):
                continue
            article = read_chapter(sources[0])
            for time, sheets in times.items():
                half = folder / f"{slug}-{time}.html.part"
                half.write_text(packet(slug, time, sheets, article), encoding="utf-8")
                half.replace(folder / f"{slug}-{time}.html")
