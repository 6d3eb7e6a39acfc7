"""What the tags of a paper say besides: which cells a head is of, where a picture lies, what a link leads to.

And what they leave out: head and foot of a page come again and again, and are not read (ISO 14289-1, 7.8). Nor is the
head of a table that goes on: its rows are put to those before, so that it is one table.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import MarginBox, TableBox, TableCellBox

from training.press.spoken import behind, marks

POINTS = 0.75  # in a CSS pixel


def complete(document: Any, pdf: Any) -> None:
    """Put right the tags of a document that is drawn and not yet written."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, TableCellBox) and box.element_tag == "th":
                box.mark["A"]["Scope"] = "/Row" if box.element.get("scope") == "row" else "/Column"
            if box.link_annotation:
                box.link_annotation["Contents"] = pydyf.String("".join(box.element.itertext()))
    tags = [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/StructElem"]
    for tag in tags:
        if tag["S"] == "/Figure":
            _place(tag, behind(pdf, tag["Pg"]))
    _leave_out_margins(document, pdf, tags)
    _join_tables(document, pdf)


def _place(figure: Any, page: Any) -> None:
    """Where it lies, in points from the foot of its page: it was said in pixels from the head."""
    left, top, right, bottom = (POINTS * each for each in figure["A"]["BBox"])
    height = page["MediaBox"][3]
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _leave_out_margins(document: Any, pdf: Any, tags: list[Any]) -> None:
    """WeasyPrint ties what stands in the margins to no other tag, in the order of the pages."""
    root = behind(pdf, pdf.catalog["StructTreeRoot"])
    read = {kid for each in (root, *tags) for kid in each["K"]}
    unread = [tag for tag in tags if tag.reference not in read]
    for kind, tag in zip(_margins(document), unread, strict=True):
        _leave_out(pdf, tag, {"Subtype": kind})


def _margins(document: Any) -> Iterator[str]:
    """Whether it is head or foot, of each thing that stands in a margin."""
    for page in document.pages:
        for box in page._page_box.children:
            if isinstance(box, MarginBox):
                yield from ("/Header" if box.at_keyword.startswith("@top") else "/Footer" for _ in box.children)


def _leave_out(pdf: Any, tag: Any, kind: dict[str, str]) -> None:
    """All below a tag is drawn as pagination, and leads to no tag."""
    numbers = behind(pdf, behind(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    page = pdf.page_references.index(tag["Pg"])
    stream = behind(pdf, behind(pdf, tag["Pg"])["Contents"]).stream
    for mark, _ in marks(pdf, tag):
        place = next(at for at, item in enumerate(stream) if isinstance(item, dict) and item.get("MCID") == mark)
        stream[place - 1 : place + 1] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"} | kind)
        numbers[2 * page + 1][mark] = "null"


def _join_tables(document: Any, pdf: Any) -> None:
    """A table that goes on over further pages is one, under the head that it had first."""
    begun: dict[Any, _Table] = {}
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, TableBox):
                cells = [each for each in box.descendants() if isinstance(each, TableCellBox)]
                part = _Table(pdf, cells)
                if begun.setdefault(box.element, part) is not part:
                    begun[box.element].take_on(part)


class _Table:
    """What stands of a table on one page."""

    def __init__(self, pdf: Any, cells: list[Any]) -> None:
        self.pdf = pdf
        self.body = behind(pdf, behind(pdf, cells[-1].mark["P"])["P"])
        self.tag = behind(pdf, self.body["P"])
        self.heads = [cell.mark for cell in cells if cell.mark["A"].get("Scope") == "/Column"]
        self.cells = [cell.mark for cell in cells if "Headers" in cell.mark["A"]]

    def take_on(self, part: "_Table") -> None:
        """Put the rows of a further page to ours, and take their table away."""
        ours = {was["ID"].data: head["ID"] for was, head in zip(part.heads, self.heads, strict=True)}
        for cell in part.cells:
            cell["A"]["Headers"] = pydyf.Array(ours.get(each.data, each) for each in cell["A"]["Headers"])
        for head in part.heads:
            _leave_out(self.pdf, head, {})
        for row in part.body["K"]:
            behind(self.pdf, row)["P"] = self.body.reference
        self.body["K"].extend(part.body["K"])
        behind(self.pdf, part.tag["P"])["K"].remove(part.tag.reference)
