"""What Markdown cannot link: a state or an explorer of another page, a built file, the repository, an old address."""

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.osutil import relative_uri

from ..model.book import repository
from .elements import element
from .outdated import depend_on

logger = logging.getLogger(__name__)


def link(page: str, words: str, anchor: str = "") -> nodes.reference:
    """Link a page such as ``"chapters/origins"``, or this page if it is ``""``.

    The page need not declare the anchor as a label. What follows ``?`` in it is a choice in an explorer or a list.
    """
    return nodes.reference("", words, internal=True, page=page, anchor=anchor)


class PlaceRole(ReferenceRole):
    """A place of a page: {place}`words <chapters/timeline#events?chapter=origins>`."""

    def run(self):
        page, _, anchor = self.target.partition("#")
        if page not in self.env.found_docs:
            logger.warning("there is no page %r", page, location=self.get_location())
        return [link(page, self.title, anchor)], []


class BuiltFileRole(ReferenceRole):
    """A file that the build writes beside the pages: {built-file}`words <teaching/rubrics.csv>`."""

    def run(self):
        return [nodes.reference("", self.title, built_file=self.target)], []


class RepositoryRole(ReferenceRole):
    """A page of the repository: {repo}`words <issues>`."""

    def run(self):
        depend_on(self.env, ["_config.yml"])
        return [nodes.reference("", self.title, refuri=f"{repository()}/{self.target}")], []


class explorer_of(nodes.General, nodes.Element):
    """The place of an explorer that belongs to another page: `page`, `explorer`."""


class ExplorerOfDirective(SphinxDirective):
    """An explorer of another page, shown here again: ```{explorer-of} chapters/origins membership```."""

    required_arguments = 2

    def run(self):
        page, explorer = self.arguments
        self.env.note_dependency(self.env.doc2path(page))  # read this page again when the other changes
        return [explorer_of(page=page, explorer=explorer)]


class FormerlyDirective(SphinxDirective):
    """Ids that a part of a page had in an earlier edition, so that links to them still lead to the nearest place.

    ```{formerly} briefing evidence``` stands before a heading. Unlike labels, which are those of the whole book, two
    pages may have the same.
    """

    required_arguments = 1
    optional_arguments = 9

    def run(self):
        return [nodes.target("", "", ids=[identity]) for identity in self.arguments]


class ShowExplorersAgain(SphinxPostTransform):
    """Copy explorers from the stored doctrees of their pages, so that each is drawn once."""

    default_priority = 5  # before links are resolved

    def run(self):
        for node in list(self.document.findall(explorer_of)):
            if self.app.builder.name in ("print", "ebook"):  # each explorer is laid out once, on its own page
                node.parent.remove(node)
                continue
            forms = self.env.get_doctree(node["page"]).findall(element)
            form = next((form for form in forms if form["ids"] == [node["explorer"]]), None)
            if form is None:
                raise ExtensionError(f"{self.env.docname}: {node['page']} has no explorer {node['explorer']!r}")
            node.replace_self(form.deepcopy())


class ResolveLinks(SphinxPostTransform):
    """Give links to pages and files the builder's own addresses."""

    default_priority = 8

    def run(self):
        builder, here = self.app.builder, self.env.docname
        for node in self.document.findall(nodes.reference):
            if "built_file" in node:
                node["refuri"] = relative_uri(builder.get_target_uri(here), node["built_file"])
            elif node.get("page"):
                address = builder.get_relative_uri(here, node["page"])
                node["refuri"] = f"{address}#{node['anchor']}" if node["anchor"] else address
            elif "page" in node:
                node["refid"] = node["anchor"]


def setup(app):
    app.add_role("place", PlaceRole())
    app.add_role("built-file", BuiltFileRole())
    app.add_role("repo", RepositoryRole())
    app.add_node(explorer_of)
    app.add_directive("explorer-of", ExplorerOfDirective)
    app.add_directive("formerly", FormerlyDirective)
    app.add_post_transform(ShowExplorersAgain)
    app.add_post_transform(ResolveLinks)
