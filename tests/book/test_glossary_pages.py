"""The glossary as built: forms in their language, and a way from each entry to its uses and back."""

from support.builds import soup_of

from casebook.contents import pages


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
