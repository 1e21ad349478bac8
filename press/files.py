"""Writing files whole or not at all."""

import os
from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file; the old one stays until the new one is complete.

    Parameters
    ----------
    path : pathlib.Path
        Its folder is made.
    content : str or bytes
        Text is written as UTF-8.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(draft, path)
