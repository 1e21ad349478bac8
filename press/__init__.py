"""Everything that turns the pages of the book into a site, a PDF, an EPUB and sheets for class.

- `model`: what the book holds, as plain objects; no Sphinx, no HTML
- `sphinx`: extensions, templates, styles and scripts of the pages
- `editions`: PDF, EPUB, offline folder, notebooks, sheets, assignments and quizzes for learning systems
- `drawings`: basemap, cover and the picture of a link preview

`python -m press --help` lists the commands. The package may import `casebook`; `casebook` never imports it.
"""
