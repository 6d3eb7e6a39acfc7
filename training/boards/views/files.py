"""A frozen pack as files: PDF, spreadsheet, CSV bundle, and the snapshot itself. All from the snapshot alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from training.access.gates import Request, requires
from training.audit import services as audit
from training.boards.contents import Contents
from training.boards.models import BoardPack, DrawnPaper, State
from training.boards.selectors import packs as reads
from training.boards.tables import xlsx_of, zip_of
from training.people.selectors import partnership_for

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
    "json": "application/json",
}


@require_safe
@requires(reads.SEE)
def board_pack_file(request: Request, code: str, uid: UUID, kind: str) -> HttpResponse:
    """The pack as one kind of file."""
    pack = _frozen(request, code, uid)
    if kind not in TYPES:
        raise Http404
    snapshot = pack.snapshot
    match kind:
        case "pdf":
            return _paper(request, pack, snapshot.digest)
        case "json":
            made = snapshot.content.encode()
        case "xlsx":
            made = xlsx_of(Contents.read(snapshot.content))
        case _:
            made = zip_of(Contents.read(snapshot.content))
    return _file(request, pack, made, kind)


@require_safe
@requires(reads.SEE)
def board_restatement_file(request: Request, code: str, uid: UUID, number: int) -> HttpResponse:
    """A restatement as a PDF."""
    pack = _frozen(request, code, uid)
    made = pack.snapshot.restatements.filter(pk=number).first()
    if made is None:
        raise Http404
    return _paper(request, pack, made.digest)


def _frozen(request: Request, code: str, uid: UUID) -> BoardPack:
    partnership = partnership_for(request.access, reads.SEE, code)
    pack = reads.pack_for(request.access, partnership, uid)
    if pack.state != State.FROZEN:
        raise Http404
    return pack


def _paper(request: Request, pack: BoardPack, digest: str) -> HttpResponse:
    """What the worker has drawn; until then, back to the pack's page."""
    drawn = DrawnPaper.objects.filter(of=digest).first()
    if drawn is None or drawn.content is None:
        messages.error(request, "The PDF is not drawn yet. Try again in a minute.")
        return redirect("board-pack", pack.partnership.code, pack.uid)
    return _file(request, pack, bytes(drawn.content), "pdf")


def _file(request: Request, pack: BoardPack, content: bytes, kind: str) -> HttpResponse:
    """To keep, under a name that says nothing, and on record."""
    audit.record(
        "board pack exported",
        by=request.access.actor,
        at=timezone.now(),
        kind="board pack",
        uid=pack.uid,
        partnership_code=pack.partnership.code,
        file_kind=kind,
    )
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="learning-report-{pack.meeting_on}.{kind}"'
    return answer
