"""What the tags of a paper say besides: which cells a head is of, where a picture lies, what a link leads to.

And what they leave out: head and foot of a page come again and again, and are not read (ISO 14289-1, 7.8).
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import MarginBox, TableCellBox

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
    _set_aside(document, pdf, tags)


def _place(figure: Any, page: Any) -> None:
    """Where it lies, in points from the foot of its page: it was said in pixels from the head."""
    left, top, right, bottom = (POINTS * each for each in figure["A"]["BBox"])
    height = page["MediaBox"][3]
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _set_aside(document: Any, pdf: Any, tags: list[Any]) -> None:
    """What stands in the margins is drawn as pagination, and leads to no tag.

    WeasyPrint leaves it out of what is read, but for that its tags stand in the order of the pages.
    """
    root = behind(pdf, pdf.catalog["StructTreeRoot"])
    read = {kid for each in (root, *tags) for kid in each["K"]}
    unread = [tag for tag in tags if tag.reference not in read]
    numbers = behind(pdf, root["ParentTree"])["Nums"]
    for (page, kind), tag in zip(_margins(document), unread, strict=True):
        for mark, drawn_on in marks(pdf, tag):
            stream = behind(pdf, drawn_on["Contents"]).stream
            place = next(at for at, item in enumerate(stream) if isinstance(item, dict) and item.get("MCID") == mark)
            stream[place - 1 : place + 1] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination", "Subtype": kind})
            numbers[2 * page + 1][mark] = "null"


def _margins(document: Any) -> Iterator[tuple[int, str]]:
    """What stands in the margins of the pages: on which, and whether it is head or foot."""
    for number, page in enumerate(document.pages):
        for box in page._page_box.children:
            if isinstance(box, MarginBox):
                kind = "/Header" if box.at_keyword.startswith("@top") else "/Footer"
                yield from ((number, kind) for _ in box.children)
