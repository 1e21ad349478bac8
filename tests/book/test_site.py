"""What the published site needs besides its content: previews, addresses, a policy, and nothing that is no page."""

import json
import re
import struct
from xml.etree import ElementTree

import pytest
from support.builds import PAGES, soup_of

from press.model.book import citation, config, page_address

BASE = config()["html"]["baseurl"]


@pytest.fixture(scope="module")
def listed(book):
    """Addresses of the pages that search engines may list: those without answers for teachers."""
    hidden = [page for page in PAGES if soup_of(book, page).select('meta[name="robots"][content="noindex"]')]
    assert {page.split("/")[0] for page in hidden} == {"teaching"}
    found = [page_address(page.removesuffix(".html")) for page in PAGES if page not in hidden]
    assert len(found) >= 12
    return found


def test_a_preview_has_the_title_the_address_and_a_picture_of_its_page(book):
    for page in PAGES:
        soup = soup_of(book, page)
        shown = {tag["property"]: tag["content"] for tag in soup.select("meta[property]")}
        assert soup.select_one('link[rel="canonical"]')["href"] == shown["og:url"] == f"{BASE}{page}"
        assert shown["og:description"] == soup.select_one('meta[name="description"]')["content"], page
        assert 50 <= len(shown["og:description"]) <= 200 and len(soup.select("article h1")) == 1, page
        assert soup.title.string.startswith(shown["og:title"]), page
        picture = book / shown["og:image"].removeprefix(BASE)
        assert struct.unpack(">II", picture.read_bytes()[16:24]) == (1200, 630), page
        assert len(shown["og:image:alt"]) > 40, page


def test_every_page_is_described_once_and_has_a_policy(book):
    for page in (*PAGES, "search.html", "genindex.html", "404.html"):
        soup = soup_of(book, page)
        assert len(soup.select('meta[name="description"]')) == 1, page
        policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        assert rules["default-src"] == "'none'" and not re.search(r"https?:|\*|unsafe-eval", policy), page
        assert "unsafe-inline" not in rules["script-src"], page
        assert not soup.select('[href^="javascript:" i]'), page


def test_catalogs_can_read_the_front_page(book, listed):
    described = json.loads(soup_of(book, "index.html").select_one('script[type="application/ld+json"]').string)
    assert "LearningResource" in described["@type"] and described["url"] == listed[0]
    assert (described["name"], described["version"]) == (citation().full_title, citation().version)
    assert [part["url"] for part in described["hasPart"]] == listed[1:]
    assert all(part["name"] and len(part["description"]) >= 50 for part in described["hasPart"])


def test_the_site_map_lists_the_pages_in_reading_order_but_those_with_answers(book, listed):
    spaces = {"": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    assert [each.text for each in ElementTree.parse(book / "sitemap.xml").findall("url/loc", spaces)] == listed


def test_a_wrong_address_leads_back_to_the_pages(book, listed):
    soup = soup_of(book, "404.html")
    assert [link["href"] for link in soup.select("main a")] == listed
    assert soup.form["action"] == f"{BASE}search.html" and soup.select_one(f'label[for="{soup.input["id"]}"]')
    assert soup.select_one('link[rel="icon"]')["href"] == "data:,", "else a browser asks the root of the host for one"
    assert not soup.find_all(["script", "img"]) and not soup.select('link[rel="stylesheet"]')


def test_no_two_entries_of_a_menu_have_the_same_name(book):
    soup = soup_of(book, "teaching/start.html")
    menus = [[link.get_text(" ", strip=True) for link in menu.select("a")] for menu in soup.select("details:has(li a)")]
    assert len(menus) > 2 and sum(map(len, menus)) > 30
    assert [menu for menu in menus if len(set(menu)) < len(menu)] == []


def test_no_source_file_is_published_by_accident(book):
    assert not (book / "_sources").exists()
    assert not list(book.rglob("*.py"))
