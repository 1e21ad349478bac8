"""All data tables as one archive: a data package to unpack and read."""

from casebook.contents import BOOK
from casebook.datapackage import resources

from ..archive import zipped

PACKAGE = "casebook-data.zip"


def package() -> bytes:
    """Return all tables, their description, the bibliography and the license, the same bytes for the same files."""
    names = ["CITATION.cff", "LICENSE", "references.bib", "data/README.md", "data/datapackage.json"]
    names += [f"data/{resource['path']}" for resource in resources().values()]
    return zipped({f"casebook-data/{name}": (BOOK / name).read_bytes() for name in sorted(names)})
