"""Sources in the format RIS, which reference managers read."""

from pybtex.richtext import Text

from casebook.references import kind_of

from .sources import plain

#: Type of an entry in references.bib -> type of RIS; all others are news or web pages.
TYPES = {"article": "JOUR", "book": "BOOK", "inbook": "CHAP", "incollection": "CHAP", "report": "RPRT"}
TYPES |= {"thesis": "THES", "dataset": "DATA"}
#: Field of references.bib -> tag of RIS.
TAGS = {"title": "TI", "journaltitle": "T2", "booktitle": "T2", "series": "T3", "type": "M3", "volume": "VL"}
TAGS |= {"number": "IS", "publisher": "PB", "institution": "PB", "organization": "PB", "location": "CY", "isbn": "SN"}
TAGS |= {"version": "ET", "howpublished": "N1", "addendum": "N1", "doi": "DO", "url": "UR", "langid": "LA"}
TAGS |= {"note": "N1", "annotation": "N1"}


def as_ris(entry) -> str:
    """Return a pybtex entry as a record of RIS.

    Its lines end as the format wants; a date is cut where it is unknown, as in ``2004/11//``.
    """
    fields = plain(entry)
    fallback = "NEWS" if kind_of(entry) == "news" else "ELEC"
    lines = [("TY", TYPES.get(entry.type, fallback)), ("ID", entry.key)]
    lines += [("AU", _author(person)) for person in entry.persons["author"]]
    lines += [(tag, fields[name]) for name, tag in TAGS.items() if name in fields]
    if "date" in fields:
        year, month, day = [*fields["date"].split("-"), "", ""][:3]
        lines += [("PY", year), ("DA", f"{year}/{month}/{day}/")]
    lines += zip(("SP", "EP"), filter(None, fields.get("pages", "").split("–")))
    lines += [("KW", word) for word in fields["keywords"].split(", ")]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")])


def _author(person) -> str:
    family = [*person.prelast_names, *person.last_names]
    given = [*person.first_names, *person.middle_names]
    parts = [" ".join(family), " ".join(given), " ".join(person.lineage_names)]
    return str(Text.from_latex(", ".join(filter(None, parts))))
