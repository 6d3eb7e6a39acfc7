"""A partnership's packs, one pack as it stands or as it was frozen, and the steps that its coordinator takes it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.boards.contents import Contents, Restated, digest_of
from training.boards.errors import PackRefused
from training.boards.forms import PackForm
from training.boards.models import BoardPack, State
from training.boards.parts import parts_of, restated_parts
from training.boards.selectors import packs as reads
from training.boards.services import packs as services
from training.boards.services import papers
from training.boards.services.counting import shown_of
from training.people.models import Partnership
from training.people.selectors import partnership_for

SEE, KEEP = reads.SEE, reads.KEEP
HEAD = ["Meeting", "Figures as at", "State"]


@require_safe
@requires(SEE)
def board_packs(request: Request, code: str) -> HttpResponse:
    """Every pack that one may read, the next meeting first."""
    partnership = partnership_for(request.access, SEE, code)
    found = list(reads.visible_packs(request.access, partnership))
    context = {"partnership": partnership, "packs": found, "keeps": _keeps(request, partnership)}
    return render(request, "boards/packs.html", context)


def _keeps(request: Request, partnership: Partnership) -> bool:
    return request.access.may(KEEP, partnership_id=partnership.pk)


@requires(KEEP)
def board_pack_new(request: Request, code: str) -> HttpResponse:
    """Open a pack for a meeting."""
    partnership = partnership_for(request.access, KEEP, code)
    at = timezone.now()
    strategies = reads.offered_strategies(partnership)
    form = PackForm(request.POST or None, days=reads.offered_days(london_date(at)), strategies=strategies)
    if form.is_valid():
        given = form.cleaned_data
        chosen = given.get("strategy")
        strategy = next((each for each in strategies if not chosen or str(each.pk) == chosen), None)
        try:
            pack = services.open_pack(
                partnership=partnership,
                strategy=strategy,
                meeting_on=given["meeting_on"],
                as_at=given["as_at"],
                by=request.access.actor,
                at=at,
            )
        except PackRefused as reason:
            form.add_error("meeting_on", str(reason))
        else:
            return redirect("board-pack", partnership.code, pack.uid)
    return render(request, "boards/pack_new.html", {"partnership": partnership, "form": form})


@require_safe
@requires(SEE)
def board_pack(request: Request, code: str, uid: UUID) -> HttpResponse:
    """One pack: what it holds, and what can be done with it."""
    partnership = partnership_for(request.access, SEE, code)
    pack = reads.pack_for(request.access, partnership, uid)
    contents = reads.contents_of(pack)
    context = {
        "partnership": partnership,
        "pack": pack,
        "contents": contents,
        "keeps": _keeps(request, partnership),
        "boxes": [] if pack.state == State.FROZEN else _boxes(request, pack),
        **_held(pack, contents),
    }
    return render(request, "boards/pack.html", context)


def _boxes(request: Request, pack: BoardPack) -> list[tuple[object, bool]]:
    """The boxes for words, each with whether one may write in it."""
    keeps = _keeps(request, pack.partnership)
    boxes = pack.narratives.select_related("owner")
    return [(box, pack.is_open and (keeps or box.owner_id == request.access.user_id)) for box in boxes]


def _held(pack: BoardPack, contents: Contents | None) -> dict[str, object]:
    if contents is None:
        return {}
    held: dict[str, object] = {"parts": parts_of(contents)}
    if pack.state == State.FROZEN:
        return held | {"kept": reads.kept_with(pack)}
    shown = shown_of(pack)
    is_older = shown is not None and shown.counted_at != contents.figures.counted_at
    return held | {"seen": digest_of(pack.figures), "stands": shown is not None, "is_older": is_older}


@require_safe
@requires(SEE)
def board_restatement(request: Request, code: str, uid: UUID, number: int) -> HttpResponse:
    """What moved since a pack was frozen, and why."""
    partnership = partnership_for(request.access, SEE, code)
    pack = reads.pack_for(request.access, partnership, uid)
    made = pack.snapshot.restatements.filter(pk=number).first() if pack.state == State.FROZEN else None
    if made is None:
        raise Http404
    restated = Restated.read(made.content)
    context = {"partnership": partnership, "pack": pack, "made": made, "parts": restated_parts(restated)}
    return render(request, "boards/restatement.html", context)


@require_POST
@requires(KEEP)
def board_pack_step(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Take one step; what is refused is said on the pack's page."""
    partnership = partnership_for(request.access, KEEP, code)
    pack = reads.pack_for(request.access, partnership, uid)
    step = STEPS.get(request.POST.get("do", ""))
    if step is None:
        raise Http404
    try:
        step(request, pack)
    except PackRefused as reason:
        messages.error(request, str(reason))
    if not BoardPack.objects.filter(pk=pack.pk).exists():
        return redirect("board-packs", partnership.code)
    return redirect("board-pack", partnership.code, pack.uid)


def _freeze(request: Request, pack: BoardPack) -> None:
    services.wish_frozen(
        pack=pack,
        seen=request.POST.get("seen", ""),
        even_without=request.POST.get("without") == "yes",
        by=request.access.actor,
        at=timezone.now(),
    )


def _plain(service: Callable[..., None], **more: bool) -> Callable[[Request, BoardPack], None]:
    def step(request: Request, pack: BoardPack) -> None:
        service(pack=pack, by=request.access.actor, at=timezone.now(), **more)

    return step


STEPS: dict[str, Callable[[Request, BoardPack], None]] = {
    "count": _plain(services.count_again),
    "review": _plain(services.send_to_review),
    "draft": _plain(services.back_to_draft),
    "discard": _plain(services.discard),
    "freeze": _freeze,
    "restate": _plain(services.wish_restated),
    "draw": _plain(papers.draw_again),
    "publish": _plain(services.publish, is_public=True),
    "unpublish": _plain(services.publish, is_public=False),
}
