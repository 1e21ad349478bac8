"""Links that open a notebook on a JupyterHub, in the student's own copy of the book."""

from urllib.parse import quote, urlencode

from .book import config, repository, repository_name


def pull_link(chapter: str) -> str:
    """Return an nbgitpuller link after the hub's address: fetch the book, open the notebook of a chapter."""
    name = repository_name()
    query = {
        "repo": repository(),
        "branch": config()["repository"]["branch"],
        "targetpath": name,
        "urlpath": f"lab/tree/{name}/chapters/{chapter}.ipynb",
    }
    return f"hub/user-redirect/git-pull?{urlencode(query, quote_via=quote)}"


def as_markdown(chapters: dict[str, str]) -> str:
    """Write links to copy, one a chapter, for a hub at hub.example.edu."""
    links = [
        f"{title}:\n\n```text\nhttps://hub.example.edu/{pull_link(slug)}\n```\n" for slug, title in chapters.items()
    ]
    return "\n".join(links)
