"""What of the theme no page loads goes, so that a copy of the book for a disk is small."""

import shutil
from pathlib import Path

STATIC = Path(__file__).with_name("static")
#: Folders of the theme's scripts, style sheets and icons, which templates/layout.html leaves out: 4 MB.
UNUSED = ("scripts", "styles", "vendor")


def drop_unused_files(app, error):
    """Delete the theme's files, and let a search from a disk show titles alone."""
    if error or app.builder.name != "html":
        return
    static = Path(app.outdir) / "_static"
    shutil.copytree(STATIC, static, dirs_exist_ok=True)  # Sphinx copies them only when a page is written again
    for macros in static.glob("*webpack-macros.html"):  # templates that the theme publishes by mistake
        macros.unlink()
    for name in UNUSED:
        shutil.rmtree(static / name, ignore_errors=True)
    options = static / "documentation_options.js"
    text = options.read_text(encoding="utf-8")
    shown = 'SHOW_SEARCH_SUMMARY: location.protocol !== "file:"'  # a page opened from a folder may not read the others
    options.write_text(text.replace("SHOW_SEARCH_SUMMARY: true", shown), encoding="utf-8")


def setup(app):
    app.connect("build-finished", drop_unused_files, priority=900)  # after the theme has written its files
