"""The built pages: every link leads somewhere, every figure to its data, and nothing is heavy."""

import gzip
import json
import re
from collections import Counter
from operator import itemgetter
from pathlib import Path
from urllib.parse import parse_qsl, unquote

from bs4 import Tag
from support.builds import PAGES, anchors_of, soup_of

from casebook import uses
from casebook.contents import BOOK, chapters, pages
from casebook.datapackage import rows
from press.editions import twins
from press.editions.datapackage import PACKAGE, package
from press.model.book import citation, repository
from press.sphinx.reader_view import SIDE_MATTER, TEXT

#: Chapter -> what the first edition could be linked at: parts, documents, figures and explorers.
OLD_ANCHORS = {
    "origins": """briefing a-promise-19921999 an-organization-20002005 forces-exercises-and-a-return-20042007
        dushanbe-october-2007 test-and-repair-20082012 documents document-a document-b document-c document-d document-e
        document-f questions-on-the-documents sourcing context close-reading corroboration evidence
        how-long-does-paper-take who-turned-up where-sources-disagree how-large-was-the-rapid-deployment-force
        who-signed-in-1992-and-when-did-georgia-join what-the-core-reading-got-right-and-wrong explore
        who-was-in-year-by-year read-the-promise decide check-yourself discussion key-points assignment
        one-class-of-90-minutes further-reading data-and-code figure-1 figure-2 figure-3 figure-4 figure-5
        membership promise""",
    "rasht-insurgency": """briefing a-war-and-its-peace-19921999 signs-2009
        five-weeks-19-august-to-23-september-2010 what-the-rules-allowed-that-week what-came-of-it-2010 documents
        documents-a-to-d document-a document-b document-c document-d documents-e-and-f document-e document-f
        questions-on-the-documents sourcing context close-reading corroboration evidence how-did-one-number-move
        what-does-a-data-set-count what-was-it-said-to-be where-sources-disagree the-dead-of-kamarob-number-by-number
        the-helicopter-of-6-october two-deaths-two-stories-each what-could-not-be-known-and-why what-the-article-chose
        who-asked-who-offered-who-came explore one-ambush-many-numbers the-valley-month-by-month internal-or-external
        decide check-yourself discussion key-points assignment one-class-of-90-minutes further-reading data-and-code
        figure-1 figure-2 figure-3 figure-4 figure-5 figure-6 toll valley rules""",
    "afghan-border-2021": """briefing a-border-and-its-guards-19932012 the-promise-20132020
        2015-the-threat-that-was-talked-up sixteen-days-22-june-to-7-july-2021 what-the-rules-allowed-that-week
        documents documents-a-to-d document-a document-b document-c document-d document-e document-f
        questions-on-the-documents sourcing context close-reading corroboration documents-e-and-f
        questions-on-documents-e-and-f evidence do-the-parts-add-up how-much-of-the-border
        how-long-does-a-promise-take-and-what-was-paid where-sources-disagree not-a-penny-or-122-million
        how-many-fighters 2015-two-readings-of-one-autumn what-the-articles-left-out
        who-asked-who-offered-who-came explore the-border-day-by-day follow-the-promise audit-the-aid decide
        what-came-of-it-2021 check-yourself discussion key-points assignment one-class-of-90-minutes further-reading
        data-and-code figure-1 figure-2 figure-3 figure-4 figure-5 figure-6 border program audit""",
    "comparison": """briefing seventeen-cases kazakhstan-january-2022 where-no-soldiers-came seven-explanations
        13-september-2022 what-came-of-it-2022 documents document-a document-b document-c document-d document-e
        document-f questions-on-the-documents sourcing context close-reading corroboration evidence how-many-days
        a-truth-table what-seventeen-cases-cannot-show who-sent-how-many where-sources-disagree explore
        predict-before-you-peek conditions-and-outcomes write-the-rule decide check-yourself discussion key-points
        assignment one-class-of-90-minutes further-reading data-and-code figure-1 figure-2 figure-3 figure-4 figure-5
        figure-6 predict conditions rule""",
}
#: What the part on the memo could be linked at while it was in the chapter on 2010.
MOVED_TO_THE_MEMO = """optional-a-memo-on-tajikistan-and-its-money tajikistan-as-a-memo-saw-it-on-1-april check-the-memo
    how-much-money-and-who-says-so if-the-money-stops figure-6 figure-7 memo money"""
#: Chapter -> the letters that its documents had, in the order of their numbers; some share a card now.
OLD_LETTERS = {"origins": list("bghiaedcf"), "crisis-2010": list("bhcgfdea"), "comparison": ["a", "bc", "de", "f"]}


def packed_size(*parts: bytes) -> int:
    """Bytes that go over the line, since every server of static pages compresses them."""
    return sum(len(gzip.compress(part, 6)) for part in parts)


def test_nothing_is_loaded_from_elsewhere_or_by_firefox_in_advance(book):
    for page in PAGES:
        soup = soup_of(book, page)
        assert not soup.select("link[rel=next], link[rel=prev], link[rel=prefetch]"), page
        loaded = [tag["src"] for tag in soup.select(":is(script, img, iframe, source)[src]")]
        loaded += [tag["href"] for tag in soup.select("link:is([rel~=stylesheet], [rel~=preload], [rel~=icon])")]
        assert [address for address in loaded if re.match(r"(https?:)?//", address)] == [], page


def test_images_tables_and_headings_are_accessible_in_the_source(book):
    for page in PAGES:
        article = soup_of(book, page).select_one("article")
        for image in article.find_all("img"):
            assert len(image.get("alt", "")) >= 40, f"{page}: {image.get('src')} needs a sentence as alternative text"
        for table in article.find_all("table"):
            headers = table.find_all("th")
            assert headers and all(header.get("scope") for header in headers), f"{page}: a header cell without scope"
            named = all(header.get_text(strip=True) for header in headers)
            assert named or not table.caption, f"{page}: an empty header cell"


def test_no_two_regions_of_a_page_have_the_same_name(book):
    for page in PAGES:
        names = Counter(region["aria-label"] for region in soup_of(book, page).select("[role=region]"))
        assert [name for name, count in names.items() if count > 1] == [], page


def test_no_page_or_sheet_skips_a_level_of_headings(book):
    for path in book.rglob("*.html"):
        page = str(path.relative_to(book))
        levels = [int(heading.name[1]) for heading in soup_of(book, page).find_all(re.compile(r"^h[1-6]$"))]
        steps = [after - before for before, after in zip(levels, levels[1:])]
        assert levels[:1] in ([1], []) and max(steps, default=0) <= 1, f"{page}: headings of levels {levels}"


def test_no_code_of_a_cell_stands_open_and_every_fold_has_a_name_of_its_own(book):
    count = 0
    for page in PAGES:
        soup = soup_of(book, page)
        folds = soup.select("details.code")
        assert soup.select(".cell_input") == soup.select("details.code:not([open]) > .cell_input"), page
        names = [fold.summary.get_text() for fold in folds]
        assert all(names) and len(set(names)) == len(names), f"{page}: {names}"
        assert len(soup.select(".code-switch input")) == bool(folds), page
        count += len(folds)
    assert count > 100


def test_every_link_inside_the_book_leads_somewhere(book):
    for page in PAGES:
        for target in {link["href"] for link in soup_of(book, page).find_all("a", href=True)}:
            if not re.match(r"[a-z]+:", target):
                check_link(book, page, target)


def test_links_to_the_first_edition_still_lead_to_a_place(book):
    for slug, anchors in OLD_ANCHORS.items():
        missing = set(anchors.split()) - anchors_of(book, f"chapters/{slug}.html")
        assert not missing, f"chapters/{slug}.md: write a label such as `({min(missing)})=` before the nearest heading"


def test_a_link_to_the_letter_of_a_document_leads_to_that_document(book):
    for slug, letters in OLD_LETTERS.items():
        page = soup_of(book, f"chapters/{slug}.html")
        assert len(page.select(".source-card")) == len(letters), slug
        for number, letter in ((number, each) for number, some in enumerate(letters, start=1) for each in some):
            place = page.find(id=f"document-{letter}")
            card = place.find_parent(class_="source-card") or place.find_next(class_="source-card")
            assert card["id"] == f"document-{number}", f"{slug}: #document-{letter} leads to #{card['id']}"


def test_a_link_to_what_was_on_the_memo_leads_to_the_sentence_that_names_its_page(book):
    page = soup_of(book, "chapters/crisis-2010.html")
    for anchor in MOVED_TO_THE_MEMO.split():
        place = page.find(id=anchor)
        assert place, f"chapters/crisis-2010.md: nothing at #{anchor}"
        sentence = place.find_parent("p") or place
        assert sentence.select('a[href="memo-2010.html"]'), f"#{anchor} leads to {sentence.get_text()!r}"


def check_link(book: Path, page: str, target: str) -> None:
    """A link such as `origins.html#membership?year=2007` needs its file, its anchor and a control for its choice."""
    path, _, place = target.partition("#")
    file = ((book / page).parent / path).resolve() if path else book / page
    assert file.exists(), f"{page}: no file for {target}"
    anchor, _, state = place.partition("?")
    if anchor and file.suffix == ".html":
        assert anchor in anchors_of(book, file.relative_to(book)), f"{page}: no anchor for {target}"
    if not state:
        return
    form = soup_of(book, file.relative_to(book)).find(id=anchor)
    frames = [frame["data-key"] for frame in form.select(".explorer-frame")]
    if frames:  # the script follows a link only if it names every control, in order
        assert unquote(state) in frames, f"{page}: no such state of the explorer: {target}"
        return
    choices = choices_of(form)
    for control, value in parse_qsl(state, strict_parsing=True):
        assert value in choices.get(control, ()), f"{page}: nothing to choose for {target}: {control}"


def choices_of(form: Tag) -> dict[str, list[str]]:
    """Controls and their values that a link can name; in *Code it yourself* a code, or whether a case counts."""
    if "recode" not in form["class"]:
        return {each["name"]: [option["value"] for option in each.select("option")] for each in form.select("select")}
    cases = {name["data-case"] for name in form.select("[data-case]")}
    columns = json.loads(form["data-rules"])["columns"]
    codes = {f"{case}.{column['variable']}": column["values"] for case in cases for column in columns}
    return codes | {f"count.{case}": ["yes", "no"] for case in cases}


def test_every_explorer_of_the_code_is_on_its_page_and_within_its_budget(book):
    count = 1  # Code it yourself
    assert packed_size(str(soup_of(book, "chapters/comparison.html").select_one("form.recode")).encode()) <= 25_000
    for slug in pages():
        forms = soup_of(book, f"chapters/{slug}.html").select("form.explorer")
        anchors = [figure.anchor for figure in uses.figures(slug) if not figure.anchor.startswith("figure-")]
        assert [form["id"] for form in forms] == anchors, slug
        for form in forms:
            place = f"{slug}: explorer {form['id']}"
            count += 1
            assert 1 < len(form.select(".explorer-frame")) <= 40, place
            assert "<g>" not in str(form), f"{place} has groups without effect"
            assert packed_size(str(form).encode()) <= 25_000, f"{place} is too large"
    assert count >= 13


def test_the_first_load_of_a_page_weighs_at_most_a_third_of_a_megabyte(book):
    for page in PAGES:
        soup = soup_of(book, page)
        loaded = {tag["src"] for tag in soup.select("script[src], img[src]")}
        loaded |= {tag["href"] for tag in soup.select('link[rel="stylesheet"]')}
        files = {(book / page).parent / address.split("?")[0] for address in loaded if not address.startswith("data:")}
        size = packed_size(*(file.read_bytes() for file in {book / page, *files}))
        assert size <= 320_000, f"{page}: {size} bytes at first load"


#: Script -> the elements that it is for, and the bytes that it may have.
SCRIPTS = {
    "explore.js": ("form.explorer", 2_048),
    "quiz.js": ("ol.quiz", 1_000),
    "filter.js": ("form.filter", 750),
    "recode.js": ("form.recode", 3_072),
}


def test_a_script_is_small_and_only_where_there_is_something_for_it(book):
    for script, (elements, most) in SCRIPTS.items():
        assert packed_size((book / "_static" / script).read_bytes()) <= most, script
        for page in PAGES:
            soup = soup_of(book, page)
            assert bool(soup.select(f'script[src*="{script}"]')) == bool(soup.select(elements)), f"{page}: {script}"


def test_figures_and_tables_lead_to_each_other(book):
    codebook = soup_of(book, "chapters/codebook.html")
    for slug in pages():
        for figure in uses.figures(slug):
            place = soup_of(book, f"chapters/{slug}.html").find(id=figure.anchor)
            assert place, f"{slug}: nothing at #{figure.anchor}"
            if figure.anchor.startswith("figure-"):
                number = place.select_one(".caption-number").get_text()
                assert number == f"Figure {figure.anchor.removeprefix('figure-')}. ", f"{slug}: {figure.title}"
            sections = [uses.sections()[name] for name in figure.tables]
            targets = [link["href"] for link in place.select(".figure-data a")]
            assert targets == [f"codebook.html#{section}" for section in sections], f"{slug}: {figure.title}"
            for section in sections:
                back = codebook.find(id=section).select(f'a[href="{slug}.html#{figure.anchor}"]')
                assert back, f"codebook, {section}: no link to {slug}, {figure.title!r}"


def test_the_codebook_offers_the_package_that_the_build_wrote(book):
    assert soup_of(book, "chapters/codebook.html").select(f'a[href="../{PACKAGE}"]')
    assert (book / PACKAGE).read_bytes() == package()


def test_the_method_page_cites_the_book_with_its_version(book):
    words = " ".join(soup_of(book, "chapters/how-this-book-was-made.html").article.text.split())
    cited = citation()
    assert f"{cited.authors[0]} ({cited.released.year}). {cited.full_title}. Version {cited.version}." in words
    assert f"title = {{{{{cited.full_title}}}}}" in words


def test_the_timeline_has_every_event_once_in_order_of_date(book):
    page, events = soup_of(book, "chapters/timeline.html"), rows("events")
    entries = {entry["id"]: entry for entry in page.select("#events-list > li")}
    assert len(page.select("#events-list > li")) == len(events)
    assert list(entries) == [event["id"] for event in sorted(events, key=itemgetter("date_start"))]
    for event in events:
        entry, name = entries[event["id"]], event["id"]
        for attribute, column in (("data-chapter", "chapter"), ("data-party", "parties"), ("data-kind", "kind")):
            assert entry[attribute] == event[column], f"{name}: {attribute}"
        assert entry.select(f'a[href="{event["chapter"]}.html"]'), f"{name}: no link to its chapter"
        sources = entry.select('a[href^="bibliography.html#source-"]')
        assert len(sources) == len(event["sources"].split(";")), f"{name}: its sources"
    assert page.select_one("#events [role=status]").get_text() == f"{len(events)} of {len(events)} events shown"
    assert len(page.select("details table tbody tr")) == len(events)
    assert len(page.find_all(True)) < 9_500, "too many elements for a phone"
    assert page.select('a[download][href$="events.csv"]') and page.select('a[download][href$="datapackage.json"]')


def test_every_chapter_with_events_links_to_them_and_to_the_core_readings(book):
    for chapter in {event["chapter"] for event in rows("events")}:
        links = {link["href"] for link in soup_of(book, f"chapters/{chapter}.html").select("article a[href]")}
        assert f"timeline.html#events?chapter={chapter}" in links, f"{chapter}: no link to its events in the timeline"
        assert any(link.startswith("core-readings.html") for link in links), f"{chapter}: no link to the core readings"


def test_the_core_readings_page_has_every_checked_claim_and_every_excerpt(book):
    page, checks = soup_of(book, "chapters/core-readings.html"), rows("core-reading-checks")
    entries = [(entry["data-reading"], entry["data-verdict"]) for entry in page.select("#claims-list > li")]
    assert entries == [(check["reading"], check["verdict"]) for check in checks]
    sources = ", ".join(f'blockquote a[href$="#source-{reading}"]' for reading in {each["reading"] for each in checks})
    cards = {
        f"{chapter}.html#{card['id']}"
        for chapter in chapters()
        for card in soup_of(book, f"chapters/{chapter}.html").select("div.source-card")
        if card.select(sources)
    }
    assert cards and {link["href"] for link in page.select('a[href*=".html#document-"]')} == cards


def test_launch_buttons_open_the_notebook_of_the_page(book):
    name = repository().removeprefix("https://github.com/")
    for page in twins.executable_pages():
        notebook = page.relative_to(BOOK).with_suffix(".ipynb").as_posix()
        assert (BOOK / notebook).exists(), notebook
        links = [link["href"] for link in soup_of(book, f"chapters/{page.stem}.html").select(".site-header a[href]")]
        assert f"https://mybinder.org/v2/gh/{name}/main?urlpath=lab/tree/{notebook}" in links, page.stem
        assert f"https://colab.research.google.com/github/{name}/blob/main/{notebook}" in links, page.stem


# --- languages

#: Letters that no English word has: Greek to Armenian, Arabic, Georgian.
OTHER_LETTERS = re.compile(r"[\u0370-\u1fff]+")
#: Letters -> the languages that are written in them.
ALPHABETS = {r"[\u0400-\u04ff]": "ru tg ky kk be uk uz", r"[\u0530-\u058f]": "hy", r"[\u0600-\u06ff]": "fa-AF ps ar ur"}


def test_words_in_other_letters_say_their_language(book):
    for page in PAGES:
        for words in soup_of(book, page).find_all(string=OTHER_LETTERS):
            languages = [parent["lang"] for parent in words.parents if parent.get("lang")]
            assert languages[0] != "en", f"{page}: {words.strip()[:100]!r} is in no language; write {{lang}}`…`"
            for letters, known in ALPHABETS.items():
                fits = languages[0] in known.split() or not re.search(letters, words)
                assert fits, f"{page}: {words.strip()[:100]!r} is not written like {languages[0]}"


def test_the_reader_view_of_a_browser_loses_no_element_by_its_name(book):
    for page in PAGES:
        for part in soup_of(book, page).article.find_all(lambda tag: tag.name != "a"):
            name = " ".join([*part.get("class", []), part.get("id", "")]).lower()
            lost = SIDE_MATTER.search(name) and not TEXT.search(name) and part.get_text(strip=True)
            assert not lost, f"{page}: {name}"
