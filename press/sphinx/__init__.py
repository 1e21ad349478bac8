"""Sphinx extension of the book: one module for each concern."""

import hashlib
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from sphinx.errors import ExtensionError


def setup(app):
    try:
        import casebook  # it refuses tables that are cut short
    except ValueError as error:
        raise ExtensionError(str(error)) from None
    app.add_config_value("comments_config", {}, "html")  # jupyter-book sets it even without sphinx_comments
    for each in iter_modules(__path__):
        module = import_module(f"{__name__}.{each.name}")
        if hasattr(module, "setup"):  # the others serve several of them
            module.setup(app)
    packages = Path(__file__).parents[1], Path(casebook.__file__).parent
    files = [path for package in packages for path in sorted(package.rglob("*"))]
    code = b"".join(path.read_bytes() for path in files if path.suffix in (".py", ".html", ".css"))
    version = int(hashlib.sha256(code).hexdigest()[:8], 16)  # after a change of the code every page is read again
    return {"version": "1", "env_version": version, "parallel_read_safe": True, "parallel_write_safe": True}
