"""What anyone may read of a frozen pack, once its coordinator has published it; the coordinator reads it before."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.access.gates import Request, found_by_search, public, requires
from training.boards.contents import Contents
from training.boards.models import DrawnPaper, Snapshot
from training.boards.public import COLUMNS, HEAD, name_of_paper, others_of, shown_of, summary_rows, words_of
from training.boards.selectors import packs as reads
from training.boards.selectors.published import published_snapshot
from training.people.selectors import partnership_for
from training.ui.spreadsheet import BOM, csv_text

TYPES = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


@require_safe
@found_by_search
@public
def board_summary(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Outcomes and figures as the public may see them, as they were frozen."""
    snapshot = _published(uid)
    context = {"uid": uid, "has_paper": _papers(snapshot).exists()}
    return render(request, "boards/summary.html", context | _shown(Contents.read(snapshot.content)))


@require_safe
@requires(reads.KEEP)
def board_summary_preview(request: Request, code: str, uid: UUID) -> HttpResponse:
    """The same page before it is published, for whoever may publish it."""
    pack = reads.pack_for(request.access, partnership_for(request.access, reads.KEEP, code), uid)
    contents = reads.contents_of(pack)
    if contents is None:
        raise Http404
    return render(request, "boards/summary.html", {"previewed": pack} | _shown(contents))


def _shown(contents: Contents) -> dict[str, object]:
    return {
        "contents": contents,
        "figures": contents.figures,
        "words": words_of(contents),
        "priorities": shown_of(contents),
        "lines": others_of(contents),
        "head": HEAD,
    }


@require_safe
@public
def board_summary_file(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """The same to keep. The PDF is drawn by the worker: until it is, there is none."""
    snapshot = _published(uid)
    if kind not in TYPES:
        raise Http404
    if kind == "csv":
        contents = Contents.read(snapshot.content)
        content = (BOM + csv_text(COLUMNS, summary_rows(contents))).encode()
    else:
        drawn = _papers(snapshot).first()
        if drawn is None or drawn.content is None:
            raise Http404
        content = bytes(drawn.content)
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="learning-summary-{snapshot.pack.as_at}.{kind}"'
    return answer


def _published(uid: UUID) -> Snapshot:
    snapshot = published_snapshot(uid)
    if snapshot is None:
        raise Http404
    return snapshot


def _papers(snapshot: Snapshot) -> QuerySet[DrawnPaper]:
    return DrawnPaper.objects.filter(of=name_of_paper(snapshot.digest), drawn_at__isnull=False)
