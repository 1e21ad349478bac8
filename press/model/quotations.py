"""Fingerprints of source texts, so that quotations can be checked without shipping the texts.

Each `<key>.txt` in a folder is the text, or the part that was read, of the source with that
key in references.bib (`<folder>--<key>.txt` works too). Its word 5-grams are hashed and
stored in data/fingerprints.json under the key; keys not in the folders stay as they are.
"""

import hashlib
import json
import re
import unicodedata
from pathlib import Path

from casebook.contents import DATA
from casebook.references import bibliography

from ..files import write_whole

FINGERPRINTS = DATA / "fingerprints.json"
LENGTH = 5


def runs(text: str) -> list[str]:
    """List every run of five words of a text, after evening out what typography changes: quotes, dashes, case."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    words = re.findall(r"\w+", re.sub(r"[‘’ʼ`´']", "", text))
    return [" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1)]


def fingerprint(run: str) -> str:
    """Hash a run of words to eight hexadecimal digits."""
    return hashlib.sha256(run.encode()).hexdigest()[:8]


def missing(quotation: str, known: set[str]) -> list[str]:
    """Runs of words of a quotation that the fingerprinted source does not have.

    Parameters
    ----------
    quotation : str
        The words quoted; omissions marked by an ellipsis or square brackets.
    known : set of str
        The hashes of the source.

    Returns
    -------
    list of str
        The unknown runs; empty when the quotation is verbatim. A piece of fewer than five
        words cannot be checked; a quotation of such pieces only counts as unknown.
    """
    pieces = re.split(r"…|\.\.\.|\[[^\]]*\]", quotation)  # words in brackets are not the source's
    checkable = [run for piece in pieces for run in runs(piece)]
    return [run for run in checkable if fingerprint(run) not in known] if checkable else [quotation]


def load() -> dict[str, set[str]]:
    """Read data/fingerprints.json: source key -> set of hashes."""
    stored = json.loads(FINGERPRINTS.read_text(encoding="utf-8"))
    return {key: {packed[i : i + 8] for i in range(0, len(packed), 8)} for key, packed in stored.items()}


def add(folders: list[Path]) -> int:
    """Fingerprint the texts in some folders; return how many sources were written.

    Raises
    ------
    ValueError
        If a folder has no text, or references.bib no such source; then nothing is written.
    """
    stored = json.loads(FINGERPRINTS.read_text(encoding="utf-8")) if FINGERPRINTS.exists() else {}
    found: dict[str, set[str]] = {}
    for folder in folders:
        texts = sorted(folder.glob("*.txt"))
        if not texts:
            raise ValueError(f"{folder}: no .txt files; nothing was written")
        for path in texts:
            key = path.stem.split("--")[-1]
            if key not in bibliography():
                raise ValueError(f"{path}: references.bib has no source {key!r}; nothing was written")
            found.setdefault(key, set()).update(map(fingerprint, runs(path.read_text(encoding="utf-8"))))
    stored |= {key: "".join(sorted(hashes)) for key, hashes in found.items()}
    write_whole(FINGERPRINTS, json.dumps(dict(sorted(stored.items())), indent=0) + "\n")
    return len(found)
