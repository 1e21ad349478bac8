"""Tables in the Markdown of the book."""


def grid(header, rows) -> str:
    """Write a table without a caption."""
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in (header, ["---"] * len(header), *rows))


def table(caption: str, header, rows) -> str:
    """Write a table under its caption."""
    return f"```{{table}} {caption}\n{grid(header, rows)}\n```"
