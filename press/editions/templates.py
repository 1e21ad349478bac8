"""The Jinja templates of every document that Sphinx does not write."""

import json
from pathlib import Path

import jinja2
from markupsafe import Markup

TEMPLATES = Path(__file__).with_name("templates")
ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=jinja2.StrictUndefined,
)
#: A text as CSS writes it in quotation marks.
ENVIRONMENT.filters["css_string"] = lambda text: Markup(json.dumps(text, ensure_ascii=False))


def render(template: str, **values) -> str:
    """Fill in a template of the folder `templates`; values are escaped unless they are `markupsafe.Markup`."""
    return ENVIRONMENT.get_template(template).render(**values)
