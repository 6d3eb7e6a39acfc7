"""Tables as files, CSV or XLSX, with the small print under them: as at when, which filters, what the words mean."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse

from training.strategy import export
from training.strategy.export import Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DEFINITIONS = (
    ("In date", "The training is valid on the day, its last day included."),
    (
        "Required",
        "Asked of the post on the day. In no share: on leave, exempt, still in induction, not yet required.",
    ),
    ("Overdue", "The due date has passed and no training is valid."),
    ("Name withheld", "The person has protected their record."),
)

SmallPrint = Sequence[tuple[str, str]]


def table_file(
    kind: str, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]], small_print: SmallPrint
) -> HttpResponseBase:
    """The answer that carries the file. A CSV leaves in pieces, so that its length costs no memory."""
    lines = _with_small_print(rows, small_print)
    answer: HttpResponseBase
    if kind == "xlsx":
        answer = HttpResponse(export.xlsx_bytes("Staff", head, lines), content_type=XLSX)
    else:
        answer = StreamingHttpResponse(export.csv_file(head, lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer


def _with_small_print(rows: Iterable[Sequence[Value]], small_print: SmallPrint) -> Iterator[Sequence[Value]]:
    """Below the rows, after an empty line, so that the first line stays the heads of the columns."""
    yield from rows
    yield ()
    yield from (*small_print, *DEFINITIONS)
