"""Links that open a notebook on a JupyterHub, in the student's own copy of the book."""

from urllib.parse import quote, urlencode

from .book import config, repository, repository_name


def as_markdown(chapters: dict[str, str]) -> str:
    """Write nbgitpuller links to copy, one a chapter, for a hub at hub.example.edu: fetch the book, open a notebook."""
    name, links = repository_name(), []
    for slug, title in chapters.items():
        query = {
            "repo": repository(),
            "branch": config()["repository"]["branch"],
            "targetpath": name,
            "urlpath": f"lab/tree/{name}/chapters/{slug}.ipynb",
        }
        address = f"https://hub.example.edu/hub/user-redirect/git-pull?{urlencode(query, quote_via=quote)}"
        links.append(f"{title}:\n\n```text\n{address}\n```\n")
    return "\n".join(links)
