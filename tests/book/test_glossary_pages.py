"""The glossary as built: forms in their language, and a way from each entry to its uses and back."""

from bs4 import BeautifulSoup
from support.builds import build, copy_of_the_book, keep_pages, soup_of

from casebook.contents import pages

WORDS = "# Words\n\n```{glossary}\nally\n  One who helps.\n\n  ru: союзник\n```\n"


def test_the_forms_of_an_entry_are_marked_with_their_languages(book):
    entry = soup_of(book, "chapters/glossary.html").find(id="term-CSTO").find_next_sibling("dd")
    assert [form["lang"] for form in entry.select(".forms [lang]")] == ["ru", "tg", "ky", "kk", "hy", "be"]
    assert entry.select_one(".forms").get_text().startswith("Russian: Организация Договора")


def test_terms_lead_to_the_glossary_and_back(book):
    order = [slug for slug in pages() if slug != "glossary"]
    soups = {slug: soup_of(book, f"chapters/{slug}.html") for slug in order}
    back = set()
    for entry in soup_of(book, "chapters/glossary.html").select("dl.glossary > dd"):
        label = entry.find_previous_sibling("dt")["id"]
        links = [link["href"].split(".html#") for link in entry.select(".uses a")]
        assert links == sorted(links, key=lambda link: order.index(link[0])), f"{label}: not in reading order"
        for slug, anchor in links:
            use = soups[slug].find(id=anchor)
            assert use and use.find_parent("a")["href"] == f"glossary.html#{label}", f"{label}: no way back from {slug}"
            back.add((slug, label))
    there = {
        (slug, link["href"].partition("#")[2])
        for slug, soup in soups.items()
        for link in soup.select('a[href^="glossary.html#term-"]')
    }
    assert there == back


def test_an_entry_follows_when_a_page_begins_or_ceases_to_use_its_term(tmp_path):
    copy = copy_of_the_book(tmp_path / "copy", "*.ipynb", "tests")
    keep_pages(copy, "first", "words", "second", "third")
    (copy / "words.md").write_text(WORDS, encoding="utf-8")
    (copy / "third.md").write_text("# Third: a page\n\nAn {term}`ally`.\n", encoding="utf-8")
    none, some = "None.", "Two {term}`allies <ally>`."
    for first, second, uses in ((some, none, "In: First, Third"), (none, some, "In: Second, Third")):
        (copy / "first.md").write_text(f"# First: a page\n\n{first}\n", encoding="utf-8")
        (copy / "second.md").write_text(f"# Second: a page\n\n{second}\n", encoding="utf-8")
        code, log = build(copy, tmp_path)
        assert code == 0, log[-3000:]
        page = BeautifulSoup((tmp_path / "_build" / "html" / "words.html").read_text(encoding="utf-8"), "html.parser")
        assert page.select_one("dl.glossary .uses").get_text() == uses, f"after a build with {first!r} and {second!r}"
