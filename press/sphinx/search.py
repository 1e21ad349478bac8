"""Search finds years and numbers, and names and words without their accents: Sadozai, Зиеев, 6000."""

import re
import unicodedata

from sphinx.search.en import SearchEnglish


def without_accents(text: str) -> str:
    """Return a text without accents and separators of thousands; of Russian letters, й becomes и and ё becomes е."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return re.sub(r"(?<=\d),(?=\d{3})", "", bare)


class BookSearch(SearchEnglish):
    """Index and question are split alike."""

    #: The same as `without_accents`. Sphinx skips words of digits, which it finds by `match`.
    js_splitter_code = r"""
var splitQuery = (query) => query.normalize("NFD").replace(/\p{Mn}/gu, "").replace(/(\d),(?=\d{3})/g, "$1")
  .split(/[^\p{Letter}\p{Number}_]+/u).filter((word) => word)
  .map((word) => Object.assign(new String(word), { match: () => null }));
"""

    def split(self, input: str) -> list[str]:
        return super().split(without_accents(input))


def setup(app):
    app.add_search_language(BookSearch)
