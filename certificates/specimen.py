"""A certificate of nobody, as a page for a browser: what the content editor sees of a design before it is saved."""

from datetime import date
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from certificates import printing
from certificates.looks import Look, Shape, contrast
from certificates.snapshot import TEMPLATE, Snapshot
from training.people.models import Partnership
from training.press.press import ELEMENTS

ROOT = Path(__file__).resolve().parents[1]
DAY = date(2026, 3, 2)
CODE = "0000-" * 7 + "0000"
ON_SCREEN = (
    ":root { --names: serif; --texts: sans-serif; } body { background: white; } "
    "body > p { padding: 5mm; font-size: 16pt; }"
)
# Paper ends by itself; a screen does not.
PAPER = {
    Shape.LANDSCAPE: "article { width: 281mm; margin: 8mm; }",
    Shape.PORTRAIT: "article { width: 194mm; margin: 8mm; }",
    Shape.CARD: "article { width: 85.6mm; } .check { height: 54mm; }",
}


def specimen(look: Look, shape: Shape, *, partnership: Partnership) -> str:
    """Its page. The faces are the browser's, all else is as it is printed."""
    words = Snapshot(
        name="Name Of The Holder",
        module_code="DA-A1",
        module_title="Title of the module",
        edition="",
        outcomes=("what the module teaches", "and what else it teaches"),
        tier="Aware",
        nice_level=1,
        standards="",
        minutes=45,
        method="Online course",
        completed_on=DAY,
        valid_until=DAY.replace(year=2029),
        rule="",
        partnership=partnership.title,
        issued_on=DAY,
    )
    html = render_to_string(
        f"{printing.DESIGNS}/{TEMPLATE}.html", printing.context_of([(words, CODE, "about:blank")], look, shape)
    )
    own = f"{printing.DESIGNS}/{TEMPLATE}"
    sheets = "".join((ROOT / f"{name}.css").read_text() for name in (ELEMENTS, own, f"{own}-{shape}"))
    colours = format_html(":root {{ --ink: {}; --accent: {}; }}", look.ink, look.accent)
    style = format_html("<style>{}{}</style>", colours, mark_safe(ON_SCREEN + sheets + PAPER[shape]))  # noqa: S308 - files of our own
    told = "Stands out from white paper: the dark colour {:.1f} : 1, the second {:.1f} : 1. Text needs 4.5 : 1."
    note = format_html("<p>{}</p>", told.format(contrast(look.ink), contrast(look.accent)))
    return html.replace("</head>", f"{style}</head>").replace("</body>", f"{note}</body>")
