"""Notebooks are executed while pages are read; a cell that fails ends the build."""

import os

from jupyter_client import KernelManager
from myst_nb.sphinx_ import Parser
from nbclient.exceptions import DeadKernelError
from sphinx.errors import ExtensionError


class NotebookParser(Parser):
    """MyST-NB's parser, which names the page whose kernel died: MyST-NB would end with a traceback that does not."""

    def parse(self, inputstring, document):
        try:
            super().parse(inputstring, document)
        except DeadKernelError as error:
            page = self.env.docname
            raise ExtensionError(
                f"a cell failed on {page}: DeadKernelError: {error}. Something ended it, or memory ran out."
            ) from None


def announce_build(app):
    """Tell `casebook` in every kernel of this build to write HTML instead of widgets."""
    os.environ["CASEBOOK_OUTPUT"] = "page"
    KernelManager.transport_encryption.default_value = "auto"  # each kernel prints a warning otherwise


def announce_end(app, error):
    os.environ.pop("CASEBOOK_OUTPUT", None)


def refuse_failed_notebooks(app, env):
    """End the build after all notebooks ran if a cell of one failed: MyST-NB stops at the first, or goes on."""
    failed = [
        docname
        for docname, metadata in env.nb_metadata.items()
        if not metadata.get("exec_data", {}).get("succeeded", True)
    ]
    if failed:
        raise ExtensionError(
            f"a cell failed on {', '.join(sorted(failed))}: see its traceback above; no page was written"
        )


def setup(app):
    app.setup_extension("myst_nb")
    app.add_source_parser(NotebookParser, override=True)
    app.connect("builder-inited", announce_build)
    app.connect("build-finished", announce_end)
    app.connect("env-updated", refuse_failed_notebooks, priority=100)
