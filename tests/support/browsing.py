"""Looking at pages in a real browser."""

import pypdfium2
from axe_playwright_python.base import AXE_SCRIPT

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPEN_FOLDS = "document.querySelectorAll('details').forEach(each => each.open = true)"
#: Frames and code that are hidden take axe half of its time, and it looks at nothing in them.
DROP_HIDDEN = "document.querySelectorAll('.explorer-frame[hidden], details.code.aside').forEach(each => each.remove())"
#: Colors are the same in every row: two stand for a table, six items for a long list, two blocks for all code.
SHORTEN = """() => {
  const cut = (items, most) => [...items].slice(most).forEach((item) => item.remove());
  for (const body of document.querySelectorAll("tbody")) cut(body.rows, 2);
  for (const list of document.querySelectorAll("article :is(ol, ul)")) cut(list.children, 6);
  for (const list of document.querySelectorAll("article dl")) cut(list.children, 12);
  cut(document.querySelectorAll("article pre"), 2);
}"""


def axe_violations(tab, contrast: bool | None = None, within: str | None = None) -> list[str]:
    """List what axe finds on a page against WCAG 2.2, levels A and AA.

    Parameters
    ----------
    tab : playwright.sync_api.Page
    contrast : bool, optional
        True for the rule of contrast alone, False for all others, None for all.
    within : str, optional
        A selector of the part to look at, by default the whole page.
    """
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    if contrast:
        options["runOnly"] = {"type": "rule", "values": ["color-contrast"]}
    elif contrast is False:
        options["rules"] = {"color-contrast": {"enabled": False}}
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE_SCRIPT)
    run = "([within, options]) => axe.run(within ?? document, options).then((found) => found.violations)"
    found = tab.evaluate(run, [within, options])
    return [f"{each['id']} ({each['impact']}): {node['target']}" for each in found for node in each["nodes"]]


def shown(tab, name: str) -> str:
    """Key of the visible frame of an explorer; Playwright refuses two."""
    return tab.locator(f"#{name} .explorer-frame:visible").get_attribute("data-key")


def follow(tab, address: str) -> None:
    """Go to an address of the page that is open, as a link does, and wait until its scripts have heard of it."""
    script = """address => new Promise((done) => {
      addEventListener("hashchange", () => done(), { once: true });
      location.hash = address;
    })"""
    tab.evaluate(script, address)


def words_of_sheets(pdf) -> list[str]:
    """Words of every sheet of a PDF, which is given as a path or as bytes."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in opened]


def printed_sheets(tab) -> list[str]:
    """Words of every sheet that a page is printed on."""
    return words_of_sheets(tab.pdf(prefer_css_page_size=True))


def all_visible(tab, elements: str) -> bool:
    """Whether a page has some elements and shows all of them."""
    return tab.locator(f"{elements}:visible").count() == tab.locator(elements).count() > 0


def sticks_out(tab, width: int) -> bool:
    """Whether a page must be scrolled sideways in a window of some width."""
    return tab.evaluate("document.documentElement.scrollWidth") > width
