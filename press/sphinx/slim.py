"""The one module that changes finished pages: it trims what the pinned theme loads, and locks what is left.

Three quarters of a stock page are icons and scripts that can wait. Where each trick ends, its function says.
"""

import base64
import hashlib
import logging
import re
import shutil
from pathlib import Path

from fontTools import subset

STATIC = Path(__file__).with_name("static")
MERGED = "styles/merged.css"
STYLE_LINK = re.compile(r'<link [^>]*href="([^"?]+\.css)[^"]*"[^>]*/>(?!</noscript>)\n?')
#: Firefox fetches the next page in advance and reports that the policy forbids it.
NEIGHBOR = re.compile(r'<link rel="(?:next|prev)"[^>]*>\n?')
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
INLINE_SCRIPT = re.compile(r"<script(?![^>]*(?:\bsrc=|application/ld\+json))[^>]*>(.*?)</script>", re.S)
logging.getLogger("fontTools").setLevel("WARNING")  # it would print eighty lines a build


def slim_site(app, error):
    """Make the first load small, and write into each page a policy that lets it run no script but its own."""
    if error or app.builder.name != "html":
        return
    output = Path(app.outdir)
    static = output / "_static"
    shutil.copytree(STATIC, static, dirs_exist_ok=True)  # Sphinx copies them only when a page is written again
    for macros in static.glob("*webpack-macros.html"):  # templates that the theme publishes by mistake
        macros.unlink()
    show_no_summaries_from_disk(static / "documentation_options.js")
    names = [*app.env.found_docs, "search", "genindex"]
    pages = {
        path: path.read_text(encoding="utf-8") for path in (output / f"{name}.html" for name in names) if path.exists()
    }
    _keep_used_icons(static, set(re.findall(r"\bfa-[a-z0-9-]+", " ".join(pages.values()))))
    link = _merge_styles(output, pages)
    for path, text in pages.items():
        head, end, body = text.partition("</head>")
        head = head if path.name == "search.html" else _drop_search(head)
        depth = len(path.relative_to(output).parts) - 1
        head = NEIGHBOR.sub("", head)
        slim = with_policy(_defer_scripts(_link_merged(head, "../" * depth + link)) + end + body)
        if slim != text:
            path.write_text(slim, encoding="utf-8")
    missing = output / "404.html"
    if missing.exists():
        missing.write_text(with_policy(missing.read_text(encoding="utf-8")), encoding="utf-8")


def show_no_summaries_from_disk(options: Path):
    """Let a search from a disk show titles alone: a page opened from a folder may not read the others."""
    text = options.read_text(encoding="utf-8")
    shown = 'SHOW_SEARCH_SUMMARY: location.protocol !== "file:"'
    options.write_text(text.replace("SHOW_SEARCH_SUMMARY: true", shown), encoding="utf-8")


def with_policy(text: str) -> str:
    """Return a page that may load nothing from elsewhere; inline scripts are named by their digest.

    Styles may be inline: the frames of explorers and the theme set some on elements.
    """
    digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()) for script in INLINE_SCRIPT.findall(text)}
    scripts = " ".join(["'self'", *sorted(f"'sha256-{digest.decode()}'" for digest in digests)])
    policy = (
        f"default-src 'none'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'"
    )
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy}" />\n'
    return re.sub(r'(<meta charset="utf-8" ?/?>\n?)', lambda found: found[1] + tag, POLICY.sub("", text), count=1)


def _merge_styles(output, pages):
    """Write the style sheets of the pages as one file; return its address with the digest of its content.

    Ten sheets, one of which imports an eleventh, cost a phone more than a second before the first paint.
    The first line names the sheets, because pages that an incremental build does not write again no longer link them.
    """
    merged = output / "_static" / MERGED
    for path, text in pages.items():
        names = [
            (path.parent / name).resolve().relative_to(output.resolve())
            for name in STYLE_LINK.findall(text.partition("</head>")[0])
        ]
        if names and not names[0].match(MERGED):
            break
    else:
        names = [Path(name) for name in merged.read_text(encoding="utf-8").split("*/")[0].split()[1:]]
    css = "\n".join((output / name).read_text(encoding="utf-8") for name in names).replace('@charset "UTF-8";', "")
    css = re.sub(
        r'@import "\.\./([\w.-]+\.css)";',
        lambda found: (output / "_static" / found[1]).read_text(encoding="utf-8"),
        css,
    )
    merged.write_text(f"/* {' '.join(name.as_posix() for name in names)} */\n{css}", encoding="utf-8")
    return f"_static/{MERGED}?v={hashlib.sha256(css.encode()).hexdigest()[:8]}"


def _link_merged(head, address):
    """Replace a page's links to style sheets by one to the merged sheet."""
    link = f'<link rel="stylesheet" href="{address}" />'
    return STYLE_LINK.sub("", head).replace("<title>", f"{link}\n<title>", 1)


def _keep_used_icons(static, icons):
    """Drop from the theme's icon fonts (300 kB) and style sheet (85 kB) every icon that no page uses."""
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    css = sheet.read_text(encoding="utf-8")
    used = {ord(character) for character in re.findall(r'--pst-icon-[a-z-]+:"(.)"', css)}

    def keep(rule):
        if icons.isdisjoint(re.findall(r"fa-[a-z0-9-]+", rule[1])):
            return ""
        used.add(int(rule[2], 16))
        return rule[0]

    sheet.write_text(re.sub(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"\\([0-9a-f]+)"\}', keep, css), encoding="utf-8")
    for font in (static / "vendor" / "fontawesome" / "webfonts").iterdir():
        if font.suffix == ".ttf":
            font.unlink()  # fallback for browsers older than 2016
            continue
        options = subset.Options(flavor="woff2", recalc_timestamp=False, notdef_outline=True)
        loaded = subset.load_font(str(font), options)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=used)
        subsetter.subset(loaded)
        subset.save_font(loaded, str(font), options)


def _drop_search(head):
    """Leave the search index, which grows with every chapter, to the search page."""
    return re.sub(r'<script [^>]*src="[^"]*(?:searchtools|language_data|searchindex)\.js[^>]*></script>\s*', "", head)


def _defer_scripts(head):
    """Let no script hold up the first paint, but the one whose value inline scripts change."""
    return re.sub(r"<script (?![^>]*\bdefer\b)(?=[^>]*\bsrc=)(?![^>]*documentation_options)", "<script defer ", head)


def setup(app):
    app.connect("build-finished", slim_site, priority=900)  # the theme writes its pygments.css there too
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
