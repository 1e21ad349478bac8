"""What the book says of itself: title, authors, version, address, and the front matter of its pages."""

import functools
import uuid
from datetime import date
from typing import NamedTuple

import frontmatter
import yaml

from casebook.contents import BOOK, reading_order

LICENSE = "CC BY 4.0"
LICENSE_ADDRESS = "https://creativecommons.org/licenses/by/4.0/"


class Citation(NamedTuple):
    """CITATION.cff and _config.yml in one."""

    title: str  #: such as "Paper Tiger or Safe Choice?"
    subtitle: str
    authors: list[str]
    version: str
    released: date
    abstract: str
    keywords: list[str]
    publisher: str
    language: str
    rights: str  #: the line at the foot of a page, as plain text

    @property
    def full_title(self) -> str:
        return f"{self.title} {self.subtitle}"

    @property
    def day(self) -> str:
        """The day of the release as prose: "21 November 2026"."""
        return day_in_words(self.released)


def day_in_words(day: date) -> str:
    """Return a day as prose: "21 November 2026"."""
    return f"{day.day} {day:%B %Y}"


@functools.cache
def config() -> dict:
    """Read _config.yml."""
    return yaml.safe_load((BOOK / "_config.yml").read_text(encoding="utf-8"))


@functools.cache
def citation() -> Citation:
    """Read who wrote the book, what it is called and which version it is."""
    file = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    title = config()["title"]
    return Citation(
        title=title,
        subtitle=file["title"].removeprefix(title).strip(),
        authors=[each.get("name") or f"{each['given-names']} {each['family-names']}" for each in file["authors"]],
        version=file["version"],
        released=file["date-released"],
        abstract=file["abstract"],
        keywords=file["keywords"],
        publisher=config()["author"],
        language=config()["sphinx"]["config"]["language"],
        rights=config()["html"]["extra_footer"],
    )


def repository() -> str:
    """Return the address of the repository."""
    return config()["repository"]["url"].rstrip("/").removesuffix(".git")


def repository_name() -> str:
    """Return the name of the folder that a clone of the repository makes."""
    return repository().rsplit("/", 1)[1]


def identifier() -> str:
    """Return a name for the book that is unique in the world, as a URN; it follows from the repository."""
    return uuid.uuid5(uuid.NAMESPACE_URL, repository()).urn


def site() -> str:
    """Return the address of the published book, without a slash at its end."""
    return config()["html"]["baseurl"].rstrip("/")


def page_address(name: str) -> str:
    """Return the published address of a page, such as ``"chapters/origins"``."""
    return f"{site()}/{name}.html"


def html_meta(name: str) -> dict[str, str]:
    """Read what the front matter of a page says to search engines: `description`, `robots` if it holds answers."""
    page = frontmatter.load(str(BOOK / f"{name}.md"))
    return page.get("myst", {}).get("html_meta", {})


def holds_answers(name: str) -> bool:
    """Whether a page stays out of search engines and editions because it holds answers for teachers."""
    return html_meta(name).get("robots") == "noindex"


def open_pages() -> list[tuple[str, str]]:
    """List the pages without answers in reading order, as (name, caption of its part)."""
    return [(name, part) for name, part in reading_order() if not holds_answers(name)]
