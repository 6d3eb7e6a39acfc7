"""Names in a PDF as they are written, for those who listen to it or copy from it.

In some scripts letters join, move and double as they are drawn, so that the drawn shapes do not read back as the name.
The name itself is put beside them (ActualText, ISO 32000-1, 14.9.4). Names, and nothing else, stand in <span> elements.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure.boxes import InlineBox, TextBox


def say_names(document: Any, pdf: Any) -> None:
    """Give every <span> the text it stands for: on its tag, and line by line on what is drawn for it."""
    said: set[int] = set()
    for box, tag in zip(_spans(document), _tags(pdf), strict=True):
        # A name on several lines is said with the first of them.
        text = "" if id(box.element) in said else "".join(box.element.itertext())
        said.add(id(box.element))
        tag["ActualText"] = pydyf.String(text)
        if language := box.element.get("lang"):
            tag["Lang"] = pydyf.String(language)
        if any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text):
            continue  # these read back as they are, and readers turn round what is put beside them
        line = "".join(each.text for each in box.descendants() if isinstance(each, TextBox))
        for number, (mark, page) in enumerate(marks(pdf, tag)):
            _drawn(pdf, page, mark)["ActualText"] = pydyf.String("" if number else line)


def _spans(document: Any) -> Iterator[Any]:
    """The boxes of <span> elements, one a line, in the order of the pages."""
    for page in document.pages:
        for box in page._page_box.descendants():
            if box.element_tag == "span" and isinstance(box, InlineBox):
                yield box


def _tags(pdf: Any) -> Iterator[Any]:
    """Their tags, in the same order. Tags of mere text have numbers of marks below them, no further tags."""
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("S") == "/Span" and not isinstance(each["K"][0], int):
            yield each


def marks(pdf: Any, tag: Any) -> Iterator[tuple[int, Any]]:
    """The numbers of the marks below a tag, each with its page."""
    for kid in tag["K"]:
        if isinstance(kid, int):
            yield kid, behind(pdf, tag["Pg"])
        else:
            yield from marks(pdf, behind(pdf, kid))


def _drawn(pdf: Any, page: Any, mark: int) -> Any:
    """What is said of a mark where its page is drawn."""
    stream = behind(pdf, page["Contents"]).stream
    return next(each for each in stream if isinstance(each, dict) and each.get("MCID") == mark)


def behind(pdf: Any, reference: bytes) -> Any:
    """The part of the file that a reference leads to."""
    return pdf.objects[int(reference.split()[0])]
