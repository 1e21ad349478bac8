"""The pages of the built book, cleared of what only a screen needs.

An edition for paper or for a reading device is made from the HTML that `make book` wrote, so no notebook runs twice.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from casebook.contents import BOOK

from ..errors import PressError
from ..model.book import open_pages

BUILD = BOOK / "_build"
HTML = BUILD / "html"
#: Name of an edition's file, without its ending.
NAME = "paper-tiger-or-safe-choice"
#: The parser of HTML writes names in lower case; these need their capitals in SVG.
SVG_TAGS = {
    "clippath": "clipPath",
    "lineargradient": "linearGradient",
    "radialgradient": "radialGradient",
    "textpath": "textPath",
}
SVG_ATTRIBUTES = {
    name.lower(): name
    for name in (
        "viewBox",
        "preserveAspectRatio",
        "clipPathUnits",
        "gradientUnits",
        "gradientTransform",
        "patternUnits",
        "patternContentUnits",
        "patternTransform",
        "textLength",
        "lengthAdjust",
    )
}
SCREEN_ONLY = (
    "script, style, noscript, nav, button, a.headerlink, details.hide, p.explorer-status, .sd-summary-state-marker, "
    ".no-print, .article-header-buttons, .prev-next-footer"
)
SCREEN_ATTRIBUTES = ("tabindex", "loading", "download", "hidden")


def edition(kind: str, build: Path = BUILD) -> Path:
    """Return where an edition is written: kind is ``"pdf"`` or ``"epub"``."""
    return build / kind / f"{NAME}.{kind}"


class EditionError(PressError):
    """What is missing to make an edition, and what to do about it."""


@dataclass
class Page:
    """A page of the built book.

    Attributes
    ----------
    slug : str
        Name of the page, unique in the book: "index", "origins".
    title : str
        Text of its first heading.
    part : str
        Caption of its part in _toc.yml, or "".
    article : bs4.Tag
        Its content, cleaned. Links to pages are as in the book, relative; `relink` turns them. Addresses of
        pictures start at the folder of the HTML.
    path : str
        Where it is written, without ".html": "chapters/origins".
    address : str
        Where it is published, or "" if the book was built without `html_baseurl`.
    """

    slug: str
    title: str
    part: str
    article: Tag
    path: str
    address: str = ""


def pages(html: Path = HTML) -> list[Page]:
    """Read the pages of the book without answers in the order of _toc.yml: an edition goes from hand to hand.

    Parameters
    ----------
    html : pathlib.Path
        Folder of the built HTML.

    Returns
    -------
    list of Page

    Raises
    ------
    EditionError
        If a page is not in the folder.
    """
    found, slugs = [], set()
    for path, part in open_pages():
        file = Path(html) / f"{path}.html"
        if not file.is_file():
            raise EditionError(f"{file} is missing: run `make book` first")
        text = file.read_text(encoding="utf-8")
        article = BeautifulSoup(re.search(r"<article.*?</article>", text, re.S)[0], "html.parser").article
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', text)
        slug = posixpath.basename(path)
        slug = path.replace("/", "-") if slug in slugs else slug
        slugs.add(slug)
        page = Page(slug, "", part, article, path, canonical[1] if canonical else "")
        clean(page)
        page.title = article.h1.get_text(" ", strip=True)
        found.append(page)
    return found


def relink(
    page: Page, book: list[Page], inside: Callable[[Page, str], str], edit: Callable[[Tag, str], None] | None = None
) -> None:
    """Turn the links of a page as an edition needs them.

    Parameters
    ----------
    page : Page
        The page whose article is changed.
    book : list of Page
        All pages.
    inside : callable
        Takes the page that a link leads to and the id there ("" for its start); returns the new address.
    edit : callable, optional
        Takes a link to a file that is not a page of the book, and its published address or "". By default the link
        gets that address, or becomes plain text if there is none.
    """
    by_path = {f"{each.path}.html": each for each in book}
    for link in page.article.find_all("a", href=True):
        scheme, host, path, _, target = urlsplit(link["href"])
        if scheme or host:
            continue
        file = (
            posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path)))
            if path
            else f"{page.path}.html"
        )
        if file in by_path:
            place = unquote(target).partition("?")[0]  # what follows "?" is a choice on the screen
            link["href"] = inside(by_path[file], place)
        else:
            (edit or _lead_to_the_web)(link, f"{_root(page)}{file}{'#' * bool(target)}{target}" if page.address else "")


def _lead_to_the_web(link: Tag, address: str) -> None:
    if address:
        link["href"] = address
    else:
        link.name, link.attrs = "span", {}


def _root(page: Page) -> str:
    """Published address of the book's folder."""
    return page.address.removesuffix(f"{page.path}.html")


# --- cleaning, one function a kind of content


def clean(page: Page) -> None:
    """Clear the article of a page of what only a screen needs, and lay out what a screen folds away."""
    article = page.article
    for tag in article.select(SCREEN_ONLY):
        tag.decompose()
    for cell in article.select(".tag_web-only"):
        cell.replace_with(new_tag("p", "The ", _on_the_web(page.address), " has it as a table, too."))
    for form in article.select("form.explorer"):
        _lay_out_explorer(form, page.address)
    for form in article.select("form.filter"):
        _drop_filter(form)
    for quiz in article.select("ol.quiz"):
        _lay_out_quiz(quiz)
    for details in article.find_all("details"):
        _open(details)
    for cell in article.select("div.cell"):
        if not cell.get_text(strip=True) and not cell.find(["img", "svg"]):
            cell.decompose()
    for tag in article.find_all(True):
        _drop_screen_attributes(tag)
    for image in article.find_all("img"):
        image["src"] = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(image["src"])))
    for svg in article.find_all("svg"):
        _restore_capitals(svg)
    for link in article.find_all("a", href=True):
        holder = link.find_parent(id=link["href"].removeprefix("#"))
        if link["href"].startswith("#") and holder:  # an address to copy
            link.name, link.attrs = "strong", {}


def new_tag(name: str, *content, **attributes) -> Tag:
    """A tag with its content; a trailing underscore in the name of an attribute is dropped."""
    tag = BeautifulSoup("", "html.parser").new_tag(
        name, attrs={key.rstrip("_"): value for key, value in attributes.items()}
    )
    tag.extend(content)
    return tag


def _on_the_web(address: str, target: str = "") -> Tag | str:
    """The words "page on the web", linked if the book has an address."""
    words = "page on the web"
    return new_tag("a", words, href=f"{address}#{target}" if target else address) if address else words


def _lay_out_explorer(form: Tag, address: str) -> None:
    """Turn an explorer into a block: title, choice made, the frame shown with its table, how many views are left."""
    frames = form.select("div.explorer-frame")
    frame = next(each for each in frames if not each.has_attr("hidden"))
    title = form.legend.get_text()
    chosen = "; ".join(_choices(form))
    frame.find(class_="explorer-state").decompose()
    for table in frame.select("caption"):
        details = table.find_parent("details")
        table.string = f"{details.summary.get_text().partition(': ')[0]} ({chosen})" if details else chosen
    for details in frame.find_all("details"):
        details.summary.decompose()
        details.unwrap()
    block = new_tag(
        "div", new_tag("p", new_tag("strong", title), class_="explorer-title"), class_="explorer", id=form["id"]
    )
    if not frame.find("caption", string=chosen):
        block.append(new_tag("p", chosen, class_="explorer-choice"))
    block.extend(list(frame.children))
    if len(frames) > 1:
        more = f" has {len(frames) - 1} more {'view' if len(frames) == 2 else 'views'}, one for each choice."
        block.append(new_tag("p", "The ", _on_the_web(address, form["id"]), more, class_="explorer-more"))
    form.replace_with(block)


def _choices(form: Tag):
    """What is chosen in each control of an explorer: "Year: 2007"."""
    for control in form.select(".explorer-control"):
        field = control.find(["select", "input"])
        if field.name == "select":
            chosen = (field.find("option", selected=True) or field.option)["value"]
        elif field["type"] == "radio":
            chosen = control.find("input", checked=True)["value"]
        else:
            chosen = field["value"]
        yield f"{control.find(['label', 'legend']).get_text()}: {chosen}"


def _drop_filter(form: Tag) -> None:
    """Drop the form that filters a list; links to the form lead to the list."""
    form.replace_with(new_tag("div", id=form["id"]))


def _lay_out_quiz(quiz: Tag) -> None:
    """Write the options of each question as a list, and all answers after the last question."""
    answers = new_tag("ol")
    for question in quiz.find_all("li", recursive=False):
        options, answer = new_tag("ul", class_="quiz-options"), new_tag("li")
        for option in question.select("details.quiz-option"):
            words = option.summary.get_text()
            options.append(new_tag("li", words))
            feedback = option.p.extract()
            feedback.insert(0, new_tag("b", f"{words.partition('.')[0]}. "))
            answer.append(feedback)
            option.decompose()
        question.append(options)
        answers.append(answer)
    quiz.insert_after(
        new_tag(
            "div",
            new_tag("p", new_tag("strong", "Answers"), class_="quiz-answers-title"),
            answers,
            class_="quiz-answers",
        )
    )


def _open(details: Tag) -> None:
    """Open a folded part: its summary becomes a bold line, or the caption if the part is one table."""
    words = details.summary.get_text(" ", strip=True)
    details.summary.decompose()
    caption = details.find("caption")
    details.name, details.attrs = (
        "div",
        {"class": ["unfolded"]} | ({"id": details["id"]} if details.has_attr("id") else {}),
    )
    if caption and words.endswith(caption.get_text(strip=True)) and not details.has_attr("id"):
        details.unwrap()
    else:
        details.insert(0, new_tag("p", new_tag("strong", words), class_="unfolded-title"))


def _drop_screen_attributes(tag: Tag) -> None:
    for name in SCREEN_ATTRIBUTES:
        del tag[name]
    if tag.name == "a":
        del tag["title"]  # the entry of the bibliography, which the link leads to
    if tag.get("role") in ("region", "list", "heading"):
        for name in ("role", "aria-label", "aria-level"):
            del tag[name]


def _restore_capitals(svg: Tag) -> None:
    for tag in (svg, *svg.find_all(True)):
        tag.name = SVG_TAGS.get(tag.name, tag.name)
        tag.attrs = {SVG_ATTRIBUTES.get(name, name): value for name, value in tag.attrs.items()}
