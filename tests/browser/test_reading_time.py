"""The words that a reading time counts are those that a real Chromium shows."""

import pickle
import re

from casebook.contents import chapters

#: Words that an open page shows, without what is not read: drawings, choices not made, notes.
SEEN = """() => {
  const style = document.createElement("style");
  style.textContent = "#notes, svg, select, .explorer-state, .headerlink { display: none !important }";
  document.head.append(style);
  return document.querySelector("article.bd-article").innerText;
}"""


def test_words_are_counted_as_a_browser_shows_them(open_page, book):
    environment = pickle.loads((book.parent / ".doctrees" / "environment.pickle").read_bytes())
    for slug in chapters():
        counted = environment.metadata[f"chapters/{slug}"]["words"][""]
        tab = open_page(f"chapters/{slug}.html")
        seen = [word for word in tab.evaluate(SEEN).split() if re.search(r"\w", word)]
        assert abs(counted / len(seen) - 1) < 0.03, f"{slug}: {counted} counted, {len(seen)} seen"
