"""What Markdown cannot link: a state or an explorer of another page, a built file, the repository, an old address."""

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole, SphinxDirective
from sphinx.util.osutil import relative_uri

from ..model.book import repository
from .elements import element

logger = logging.getLogger(__name__)


class place(nodes.Inline, nodes.TextElement):
    """A link to an id of a page, which the page need not declare as a label: `page`, `anchor`.

    What follows ``?`` in the anchor is a choice in an explorer or a list.
    """


class built_file(nodes.Inline, nodes.TextElement):
    """A link to a file that the build writes beside the pages: its `path` from the folder of the book."""


def link(page: str, words: str, anchor: str = "") -> place:
    """Link a page such as ``"chapters/origins"``, or this page if it is ``""``."""
    return place("", words, page=page, anchor=anchor)


class PlaceRole(ReferenceRole):
    """A place of a page: {place}`words <chapters/timeline#events?chapter=origins>`."""

    def run(self):
        page, _, anchor = self.target.partition("#")
        if page not in self.env.found_docs:
            logger.warning("there is no page %r", page, location=self.get_location())
        return [link(page, self.title, anchor)], []


class BuiltFileRole(ReferenceRole):
    """A file that the build makes: {built-file}`words <teaching/rubrics.csv>`."""

    def run(self):
        return [built_file("", self.title, path=self.target)], []


class RepositoryRole(ReferenceRole):
    """A page of the repository: {repo}`words <issues>`."""

    def run(self):
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
    """Turn places and files into links, by the builder's own addresses."""

    default_priority = 8

    def run(self):
        builder, here = self.app.builder, self.env.docname
        for node in list(self.document.findall(place)):
            target = {"refid": node["anchor"]}
            if node["page"]:
                address = builder.get_relative_uri(here, node["page"])
                target = {"refuri": f"{address}#{node['anchor']}" if node["anchor"] else address}
            node.replace_self(nodes.reference("", "", *node.children, internal=True, **target))
        for node in list(self.document.findall(built_file)):
            address = relative_uri(builder.get_target_uri(here), node["path"])
            node.replace_self(nodes.reference("", "", *node.children, refuri=address, built_file=node["path"]))


def setup(app):
    app.add_node(place)
    app.add_node(built_file)
    app.add_role("place", PlaceRole())
    app.add_role("built-file", BuiltFileRole())
    app.add_role("repo", RepositoryRole())
    app.add_node(explorer_of)
    app.add_directive("explorer-of", ExplorerOfDirective)
    app.add_directive("formerly", FormerlyDirective)
    app.add_post_transform(ShowExplorersAgain)
    app.add_post_transform(ResolveLinks)
