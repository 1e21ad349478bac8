"""Sphinx extension of the book: what a published page needs besides its content.

Addresses and previews for search engines and social media, a site map, a page for wrong addresses, and a policy that
lets a page run no script but its own. Every address follows from `html: baseurl` in _config.yml; without one, a page
carries none.
"""

import base64
import hashlib
import html
import json
import re
from pathlib import Path
from xml.sax.saxutils import escape

import yaml

BOOK = Path(__file__).resolve().parents[1]
CARD = "_static/social-card.png"
CARD_TEXT = "The title of the book beside a map of Central Asia and its neighbors, members of the CSTO in 2021 shaded."
#: Pages that Sphinx makes: what they are for.
GENERATED = {
    "search": "Search every chapter, table and source of the casebook.",
    "genindex": "Terms, people, organizations and places of the casebook in alphabetical order.",
}
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
#: What a sheet to print says of itself: it loads and runs nothing.
SHEET = "content=\"default-src 'none'; style-src 'unsafe-inline'\""
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>(.*?)</script>", re.S)


def describe_page(app, pagename, templatename, context, doctree):
    """Write into the head of a page what a search engine or a preview shows of it."""
    tags = context.get("metatags", "")
    if pagename in GENERATED:
        tags += f'<meta name="description" content="{html.escape(GENERATED[pagename])}" />\n'
    base = app.config.html_baseurl
    description = re.search(r'<meta content="([^"]*)" name="description" />', tags)
    if base and doctree is not None and description:
        card = {
            "og:type": "website" if pagename == app.config.root_doc else "article",
            "og:site_name": app.config.html_title or app.config.project,
            "og:title": html.unescape(re.sub("<[^>]+>", "", context["title"])),
            "og:description": html.unescape(description[1]),
            "og:url": f"{base}{app.builder.get_target_uri(pagename)}",
            "og:image": f"{base}{CARD}",
            "og:image:alt": CARD_TEXT,
        }
        tags += "".join(f'<meta property="{name}" content="{html.escape(value)}" />\n' for name, value in card.items())
        tags += '<meta name="twitter:card" content="summary_large_image" />\n'
    if pagename == app.config.root_doc:
        described = json.dumps(learning_resource(app), ensure_ascii=False, indent=1).replace("<", "\\u003c")
        tags += f'<script type="application/ld+json">{described}</script>\n'
    context["metatags"] = tags


def learning_resource(app) -> dict:
    """The book as a schema.org LearningResource: what catalogs of open teaching material read from the front page."""
    citation = yaml.safe_load((BOOK / "CITATION.cff").read_text(encoding="utf-8"))
    base, root = app.config.html_baseurl, app.config.root_doc
    pages = [page for page in listed_pages(app) if page != root]
    return {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "Book"],
        "name": citation["title"],
        "description": html_meta(app, root).get("description", ""),
        **({"url": base, "image": f"{base}{CARD}"} if base else {}),
        "author": [{"@type": "Organization", "name": author["name"]} for author in citation["authors"]],
        "version": citation["version"],
        "datePublished": str(citation["date-released"]),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": citation["keywords"],
        "learningResourceType": ["textbook", "case study", "data set", "assignment"],
        "educationalLevel": "undergraduate",
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in ("student", "teacher")],
        "accessMode": ["textual", "visual"],
        "accessibilityFeature": ["alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"],
        "accessibilityHazard": "none",
        "hasPart": [
            {
                "@type": "LearningResource",
                "position": position,
                "name": app.env.titles[page].astext(),
                "description": html_meta(app, page).get("description", ""),
                **({"url": f"{base}{app.builder.get_target_uri(page)}"} if base else {}),
            }
            for position, page in enumerate(pages, start=1)
        ],
    }


def listed_pages(app) -> list[str]:
    """The pages that may be found, in the order of _toc.yml: those with answers for teachers are left out."""
    return [page for page in app.env.collect_relations() if html_meta(app, page).get("robots") != "noindex"]


def html_meta(app, page: str) -> dict:
    """What the front matter of a page says to search engines: its description, and `robots` if it holds answers."""
    text = Path(app.srcdir, f"{page}.md").read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else {}
    return front.get("myst", {}).get("html_meta", {})


def finish_site(app, error):
    """Once all pages are written: the policy of each, the site map and the page for wrong addresses."""
    if error or app.builder.format != "html":
        return
    output = Path(app.outdir)
    # a page opened from a folder may not read the others, so its search shows titles alone
    options = output / "_static" / "documentation_options.js"
    text = options.read_text(encoding="utf-8")
    options.write_text(text.replace("SHOW_SEARCH_SUMMARY: true", 'SHOW_SEARCH_SUMMARY: location.protocol !== "file:"'), encoding="utf-8")
    base = app.config.html_baseurl
    if base:
        addresses = [f"{base}{app.builder.get_target_uri(page)}" for page in listed_pages(app)]
        entries = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
        sitemap = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        (output / "sitemap.xml").write_text(f"{sitemap}{entries}</urlset>\n", encoding="utf-8")
    pages = [(app.env.titles[page].astext(), app.builder.get_target_uri(page)) for page in listed_pages(app)]
    missing = app.builder.templates.render("404.html", {"base": base, "pages": pages, "title": app.config.html_title})
    (output / "404.html").write_text(missing, encoding="utf-8")
    for path, text in pages_of(output).items():
        secured = with_policy(text)
        if secured != text:
            path.write_text(secured, encoding="utf-8")


def pages_of(output: Path) -> dict[Path, str]:
    """The pages of the book and their text. Sheets to print, which load and run nothing, are as they were made and stay so."""
    texts = {path: path.read_text(encoding="utf-8") for path in output.rglob("*.html")}
    return {path: text for path, text in texts.items() if SHEET not in text}


def with_policy(text: str) -> str:
    """A page that may load nothing from elsewhere and run no script but the book's: inline ones are named by their digest.

    Styles may be inline: the frames of explorers and the theme set some on elements.
    """
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in INLINE_SCRIPT.findall(text)}
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in sorted(digests))])
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />\n'
    return re.sub(r'(<meta charset="utf-8" ?/?>\n?)', lambda found: found[1] + tag, POLICY.sub("", text), count=1)


def setup(app):
    app.connect("html-page-context", describe_page, priority=960)
    app.connect("build-finished", finish_site, priority=950)  # after the theme and book_pages.py have written the last page
    version = int(hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8], 16)
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
