"""The glossary: every term that is used has an entry, every form its language, every entry its way back."""

import re

import pytest
import yaml
from bs4 import BeautifulSoup
from conftest import BOOK, build
from pages import chapters, line_of, prose_pages

HEADINGS = ["Treaties and terms", "Organizations and forces", "People", "Places"]


def glossary() -> str:
    return (BOOK / "chapters" / "glossary.md").read_text(encoding="utf-8")


def entries() -> dict[str, list[str]]:
    """Terms under each heading, as they stand."""
    parts = re.split(r"^## (.+)$", glossary(), flags=re.M)[1:]
    return {heading: re.findall(r"^(\w.*)\n  \S", body, re.M) for heading, body in zip(parts[::2], parts[1::2])}


def all_terms() -> list[str]:
    return [term for terms in entries().values() for term in terms]


def used_terms(text: str) -> set[str]:
    return {match[2] or match[1] for match in re.finditer(r"\{term\}`([^`<]+?)(?: <([^>`]+)>)?`", text)}


def test_the_entries_stand_under_four_headings_in_order_of_the_alphabet():
    assert list(entries()) == HEADINGS
    for heading, terms in entries().items():
        key = (lambda term: term.split()[-1].lower()) if heading == "People" else str.lower
        assert terms == sorted(terms, key=key), f"{heading}: not sorted"
    assert len(set(map(str.lower, all_terms()))) == len(all_terms()), "a term stands twice"


def test_every_term_that_a_page_uses_has_an_entry():
    known = {term.lower() for term in all_terms()}
    for page in prose_pages():
        missing = {term for term in used_terms(page.read_text(encoding="utf-8")) if term.lower() not in known}
        assert not missing, f"{page.name}: no entry for {sorted(missing)}"


def test_every_form_in_another_script_carries_its_language():
    scripts = {r"[\u0400-\u04ff]": {"ru", "tg", "ky", "kk", "be"}, r"[\u0530-\u058f]": {"hy"}, r"[\u0600-\u06ff]": {"fa-AF", "ps"}}
    text = glossary()
    for line in re.finditer(r"^.*[\u0400-\u06ff].*$", text, re.M):
        place = f"glossary.md, line {line_of(text, line.start())}"
        forms = re.findall(r'<span lang="([\w-]+)">([^<]*)</span>', line[0])
        rest = re.sub(r"<span lang.*?</span>", "", line[0])
        if re.search(r"[\u0400-\u06ff]", rest):
            assert re.match(r"  [a-z]{2}\S*: |  [a-z]{2}, ", line[0]), f"{place}: a form without the mark of its language"
            marked = [form.split(": ", 1) for form in line[0].strip().split("; ")]
            forms += [(mark, words) for marks, words in marked for mark in marks.split(", ")]
        for mark, words in forms:
            for script, marks in scripts.items():
                assert mark in marks or not re.search(script, words), f"{place}: {words!r} is not written like {mark}"


def test_every_entry_is_of_use_to_a_chapter_or_names_what_stands_in_a_table():
    pages = [page.read_text(encoding="utf-8") for page in prose_pages() if page.stem != "glossary"]
    used = {term.lower() for text in pages for term in used_terms(text)}
    tables = "".join(path.read_text(encoding="utf-8") for path in (BOOK / "data").glob("*.csv"))
    text = "".join(pages) + tables
    idle = [term for term in all_terms() if term.lower() not in used and term not in text]
    assert not idle, f"no page links or names {idle}"
    assert sum(term.lower() in used for term in all_terms()) >= 125


@pytest.mark.parametrize("page", chapters(), ids=lambda page: page.stem)
def test_terms_are_linked_neither_in_headings_nor_in_quotations(page):
    text = page.read_text(encoding="utf-8")
    for match in re.finditer(r"^(?:#+|>) .*\{term\}.*$", text, re.M):
        pytest.fail(f"{page.name}, line {line_of(text, match.start())}: {match[0]}")


# --- as built


def page_of(book, name):
    return BeautifulSoup((book / "chapters" / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_the_forms_are_marked_for_voices(book):
    entry = page_of(book, "glossary").find(id="term-CSTO").find_next_sibling("dd")
    assert [form["lang"] for form in entry.select(".forms [lang]")] == ["ru", "tg", "ky", "kk", "hy", "be"]
    assert entry.select_one(".forms").get_text().startswith("Russian: Организация Договора")


def test_terms_lead_to_the_glossary_and_back(book):
    listed = yaml.safe_load((BOOK / "_toc.yml").read_text(encoding="utf-8"))["parts"]
    order = [page["file"].split("/")[-1] for part in listed for page in part["chapters"] if page["file"].startswith("chapters/")]
    pages = {name: page_of(book, name) for name in order if name != "glossary"}
    back = set()
    for entry in page_of(book, "glossary").select("dl.glossary > dd"):
        label = entry.find_previous_sibling("dt")["id"]
        links = [link["href"].split(".html#") for link in entry.select(".uses a")]
        assert [name for name, _ in links] == sorted((name for name, _ in links), key=order.index), f"{label}: not in reading order"
        for name, address in links:
            use = pages[name].find(id=address)
            assert use and use.find_parent("a")["href"] == f"glossary.html#{label}", f"{label}: no way back from {name}"
            back.add((name, label))
    there = {(name, link["href"].split("#")[1]) for name, page in pages.items() for link in page.select('a[href^="glossary.html#term-"]')}
    assert there == back


def test_the_glossary_is_written_anew_only_when_its_links_change(tmp_path):
    """One page edited: the list of the pages that use a term follows, and nothing is written for nothing."""
    copy, output = tmp_path / "copy", tmp_path / "out"
    copy.mkdir()
    for name in ("_config.yml", "references.bib", "web"):
        (copy / name).symlink_to(BOOK / name)
    (copy / "_toc.yml").write_text("format: jb-book\nroot: first\nchapters:\n- file: words\n- file: second\n", encoding="utf-8")
    (copy / "words.md").write_text("# Words\n\n```{glossary}\nally\n  One who helps.\n\n  ru: союзник\n```\n", encoding="utf-8")
    (copy / "first.md").write_text("# First: a page\n\nAn {term}`ally`.\n", encoding="utf-8")

    def read(second):
        (copy / "second.md").write_text(f"# Second: a page\n\n{second}\n", encoding="utf-8")
        result = build(copy, output)
        assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-2000:]
        written = re.findall(r"writing output\.\.\. \[\s*\d+%\] (\w+)", re.sub(r"\x1b\[[\d;]*m", "", result.stdout))
        page = BeautifulSoup((output / "_build" / "html" / "words.html").read_text(encoding="utf-8"), "html.parser")
        return "words" in written, page.select_one("dl.glossary .uses").get_text()

    assert read("No word.") == (True, "In: First")
    assert read("Still none.") == (False, "In: First")
    assert read("Two {term}`allies <ally>`.") == (True, "In: First, Second")
    assert read("Three {term}`allies <ally>`.") == (False, "In: First, Second")
    assert read("None left.") == (True, "In: First")
