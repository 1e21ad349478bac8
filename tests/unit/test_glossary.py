"""The glossary: its order, and entries that a page needs; a build finds terms without an entry."""

import re

from support.pages import chapters, line_of, prose_pages

from casebook.contents import DATA, source

TEXT = source("chapters/glossary")
HEADINGS = ["Treaties and terms", "Organizations and forces", "People", "Places"]


def entries() -> dict[str, list[str]]:
    """Terms under each heading, in the order of the page."""
    parts = re.split(r"^## (.+)$", TEXT, flags=re.M)[1:]
    return {heading: re.findall(r"^(\w.*)\n  \S", body, re.M) for heading, body in zip(parts[::2], parts[1::2])}


def terms() -> dict[str, str]:
    """Term in lower case -> term."""
    return {term.lower(): term for under in entries().values() for term in under}


def used_terms(text: str) -> set[str]:
    links = re.finditer(r"\{term\}`([^`<]+?)(?: <([^>`]+)>)?`", text)
    return {(link[2] or link[1]).lower() for link in links}


def test_the_entries_are_in_alphabetical_order_under_four_headings():
    assert list(entries()) == HEADINGS
    for heading, under in entries().items():
        by_last_name = heading == "People"
        keys = [(term.split()[-1] if by_last_name else term).lower() for term in under]
        assert keys == sorted(keys), f"{heading}: not sorted"


def test_every_entry_is_linked_by_a_page_or_named_on_a_page_or_in_a_table():
    pages = [page.read_text(encoding="utf-8") for page in prose_pages() if page.stem != "glossary"]
    used = set().union(*map(used_terms, pages))
    text = "".join(pages) + "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.csv"))
    idle = [term for key, term in terms().items() if key not in used and term not in text]
    assert not idle, f"no page links or names {idle}"
    assert len(used & set(terms())) >= 125


def test_terms_are_linked_neither_in_headings_nor_in_quotations():
    for page in chapters():
        text = page.read_text(encoding="utf-8")
        link = re.search(r"^(?:#+|>) .*\{term\}.*$", text, re.M)
        assert not link, f"{page.name}, line {line_of(text, link.start())}: {link[0]}"
