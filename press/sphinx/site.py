"""What a published page needs besides its content: previews, structured data, a site map and a 404 page.

Every address follows from `html: baseurl` in _config.yml.
"""

import json
from pathlib import Path

from ..files import write_whole
from ..model.book import LICENSE_ADDRESS, citation, html_meta, open_pages, page_address, site

CARD = "_static/social-card.png"
CARD_TEXT = "The title of the book beside a map of Central Asia and its neighbors, members of the CSTO in 2021 shaded."
#: Pages that Sphinx makes: what they are for.
GENERATED = {
    "search": "Search every chapter, table and source of the casebook.",
    "genindex": "Terms, people, organizations and places of the casebook in alphabetical order.",
}


def configure_previews(app, config):
    """Tell sphinxext-opengraph what _config.yml says already."""
    config.ogp_site_url = config.html_baseurl
    config.ogp_site_name = config.html_title
    config.ogp_image, config.ogp_image_alt = CARD, CARD_TEXT
    config.ogp_custom_meta_tags = ['<meta name="twitter:card" content="summary_large_image" />']


def describe_page(app, pagename, templatename, context, doctree):
    """Give a preview the description that search engines get, and the front page its entry for catalogs."""
    if doctree is not None:
        shown = {"og:description": html_meta(pagename).get("description", "")}
        if pagename != app.config.root_doc:
            shown["og:type"] = "article"
        context["meta"] = {**(context["meta"] or {}), **shown}
    elif pagename in GENERATED:
        context["metatags"] = f'<meta name="description" content="{GENERATED[pagename]}" />\n'
    if pagename == app.config.root_doc:
        described = json.dumps(learning_resource(app), ensure_ascii=False, indent=1).replace("<", "\\u003c")
        context["metatags"] += f'<script type="application/ld+json">{described}</script>\n'


def learning_resource(app) -> dict:
    """Describe the book as a schema.org LearningResource, which catalogs of open teaching material read."""
    book, root = citation(), app.config.root_doc
    pages = [page for page, _ in open_pages() if page != root]
    return {
        "@context": "https://schema.org",
        "@type": ["LearningResource", "Book"],
        "name": book.full_title,
        "description": html_meta(root).get("description", ""),
        "url": page_address(root),
        "image": f"{site()}/{CARD}",
        "author": [{"@type": "Organization", "name": name} for name in book.authors],
        "version": book.version,
        "datePublished": book.released.isoformat(),
        "license": LICENSE_ADDRESS,
        "isAccessibleForFree": True,
        "inLanguage": book.language,
        "keywords": book.keywords,
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
                "description": html_meta(page).get("description", ""),
                "url": page_address(page),
            }
            for position, page in enumerate(pages, start=1)
        ],
    }


def write_lists(app, error):
    """Write the site map and the 404 page: reading order, without the pages that hold answers.

    sphinx-sitemap lists only the pages that a build writes again, and in the order in which they are done.
    """
    if error or app.builder.name != "html":
        return
    pages = [(app.env.titles[page].astext(), page_address(page)) for page, _ in open_pages()]
    context = {"pages": pages, "base": app.config.html_baseurl, "title": app.config.html_title}
    for name in ("sitemap.xml", "404.html"):
        write_whole(Path(app.outdir, name), app.builder.templates.render(name, context))


def setup(app):
    app.setup_extension("sphinxext.opengraph")
    app.connect("config-inited", configure_previews)
    app.connect("html-page-context", describe_page, priority=400)  # before the previews are written
    app.connect("build-finished", write_lists)
