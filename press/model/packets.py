"""The sheets for class as teaching/packets.yml lists them: parts of a chapter, before and after the decision."""

from pathlib import Path

import yaml

from casebook.contents import BOOK, chapters

from ..errors import PressError

SOURCE = BOOK / "teaching" / "packets.yml"
#: When a packet is given out -> the line under its title.
TIMES = {
    "before": "Give these sheets out before the decision. They do not tell how it came out.",
    "after": "Give these sheets out only when the box is open. They tell what came later.",
}


class PacketError(PressError):
    """A sheet names something that its chapter does not have; the message says what and where."""


def load(path: Path = SOURCE) -> dict[str, dict[str, list[dict]]]:
    """Read and check the list of sheets.

    Parameters
    ----------
    path : pathlib.Path
        A file like teaching/packets.yml.

    Returns
    -------
    dict
        Chapter -> "before" and "after" -> sheets, each with `title` and `parts`.

    Raises
    ------
    PacketError
        Naming the chapter, and the field or that it is missing.
    """
    packets = yaml.safe_load(path.read_text(encoding="utf-8"))
    for slug, times in packets.items():
        if list(times) != list(TIMES):
            raise PacketError(f"{path.name}, {slug}: {', '.join(times)} found; accepted: {' and '.join(TIMES)}")
        for time, sheets in times.items():
            for number, sheet in enumerate(sheets, start=1):
                if set(sheet) != {"title", "parts"}:
                    raise PacketError(
                        f"{path.name}, {slug}, {time}, sheet {number}: it needs `title` and `parts` and nothing else"
                    )
    for slug in chapters():
        if slug not in packets:
            raise PacketError(f"{path.name}: no sheets for the chapter {slug}")
    return packets
