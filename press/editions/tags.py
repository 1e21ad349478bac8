"""What Chromium leaves out of the tags of a PDF, after ISO 14289-1 (PDF/UA-1) and the Matterhorn Protocol 1.1."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

BEGIN_ARTIFACT, END = ([Name.Artifact], Operator("BMC")), ([], Operator("EMC"))
#: Operators that paint by themselves, that end a path and paint it, and that begin one.
PAINT, PAINT_PATH, BEGIN_PATH = {"Do", "sh"}, {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"}, {"m", "re"}


def complete(pdf: pikepdf.Pdf) -> None:
    """Give a printed PDF what a reader by ear needs and Chromium does not write.

    Parameters
    ----------
    pdf : pikepdf.Pdf
        As Chromium prints it, with tags; it is changed.
    """
    for sheet in pdf.pages:
        sheet.Contents = pdf.make_stream(pikepdf.unparse_content_stream(_with_artifacts(sheet)))
    _part_list_items(pdf)
    _describe_links(pdf)
    # PDF 1.7 does not know these two
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Em=Name.Span, Strong=Name.Span)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _with_artifacts(sheet) -> list:
    """Mark what is painted and has no tag, running heads and rules, as decoration: the Matterhorn Protocol's 01-005."""
    marked, depth, start = [], 0, None  # start: where an unmarked text or path begins
    for instruction in pikepdf.parse_content_stream(sheet):
        operator = str(instruction.operator)
        depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
        if not depth and operator in {"BT"} | BEGIN_PATH and start is None:
            start = len(marked)
        marked.append(instruction)
        if operator in {"ET", "n"} | PAINT_PATH:
            if start is not None and operator != "n":
                marked[start:] = [BEGIN_ARTIFACT, *marked[start:], END]
            start = None
        elif not depth and operator in PAINT:
            marked[-1:] = [BEGIN_ARTIFACT, instruction, END]
    return marked


def elements(pdf: pikepdf.Pdf) -> list[Dictionary]:
    """List the elements of the structure tree."""
    found = (each for each in pdf.objects if isinstance(each, Dictionary))
    return [each for each in found if each.get("/Type") == "/StructElem"]


def _part_list_items(pdf):
    """Part each item of a list into its mark and its body."""
    holders = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for item in [each for each in elements(pdf) if each.S == "/LI"]:
        kids = list(item.K) if isinstance(item.K, Array) else [item.K]
        if isinstance(kids[0], int) and len(kids) > 1:  # a mark without an element of its own
            kids[0] = _part(pdf, Name.Lbl, item, kids[:1], holders)
        marks = 1 if isinstance(kids[0], Dictionary) and kids[0].get("/S") == "/Lbl" else 0
        body = [_part(pdf, Name.LBody, item, kids[marks:], holders)] if kids[marks:] else []
        item.K = Array(kids[:marks] + body)


def _part(pdf, kind, item, kids, holders):
    """Make an element of some content of an item, and hang that content below it."""
    part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=item, K=Array(kids)))
    if "/Pg" in item:
        part.Pg = item.Pg
    for kid in kids:
        if isinstance(kid, int):
            holders[int(item.Pg.StructParents)][kid] = part
        elif "/S" in kid:
            kid.P = part
    return part


def _describe_links(pdf):
    """Say where a link leads: to a sheet, or to an address."""
    for sheet in pdf.pages:
        for link in sheet.get("/Annots", ()):
            link.Contents = String(f"Page {sheet_number(pdf, link.Dest)}" if "/Dest" in link else str(link.A.URI))


def sheet_number(pdf: pikepdf.Pdf, destination: Name | str) -> int:
    """Return the number of the sheet, from 1, on which a named destination is."""
    return pikepdf.Page(pdf.Root.Dests[destination][0]).index + 1
