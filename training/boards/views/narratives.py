"""Words of a pack: who is asked for them, and writing them; what the board is to decide, and when it meets."""

import json
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from training.access.clock import london_date
from training.access.gates import Request, requires
from training.boards.errors import PackRefused
from training.boards.forms import AskForm, DecisionsForm, MeetingForm, NarrativeForm
from training.boards.models import BoardPack, Narrative
from training.boards.parts import part_about
from training.boards.selectors import packs as reads
from training.boards.services import narratives as services
from training.boards.services.packs import move_meeting, set_decisions
from training.people.selectors import partnership_for

FROZEN = "The pack is frozen. Nothing in it can be changed any more."


@requires(reads.SEE)
def board_narrative(request: Request, code: str, uid: UUID, number: int) -> HttpResponse:
    """Write the words of one box: its owner, or the coordinator."""
    partnership = partnership_for(request.access, reads.SEE, code)
    pack = reads.pack_for(request.access, partnership, uid)
    box = Narrative.objects.filter(pack=pack, pk=number).first()
    keeps = request.access.may(reads.KEEP, partnership_id=partnership.pk)
    if box is None or not (keeps or box.owner_id == request.access.user_id):
        raise Http404
    if (over := _over(request, pack)) is not None:
        return over
    form = NarrativeForm(request.POST or None, initial={"text": box.text, "turn": box.turn})
    theirs = ""
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.write(
                narrative=box,
                **given,
                role=request.access.role_title,
                by=request.access.actor,
                at=timezone.now(),
            )
        except PackRefused as reason:
            box.refresh_from_db()
            form, theirs = NarrativeForm(given | {"turn": box.turn}), box.text
            form.add_error("text", str(reason))
        else:
            messages.success(request, "Saved.")
            return redirect(_address(pack))
    contents = reads.contents_of(pack)
    parts = [part_about(contents, box.about)] if contents else []
    context = {"pack": pack, "box": box, "form": form, "theirs": theirs, "cancel_url": _address(pack), "parts": parts}
    return render(request, "boards/narrative.html", context)


def _address(pack: BoardPack) -> str:
    return reverse("board-pack", args=[pack.partnership.code, pack.uid])


def _kept_pack(request: Request, code: str, uid: UUID) -> BoardPack:
    """One of a partnership whose packs they keep."""
    return reads.pack_for(request.access, partnership_for(request.access, reads.KEEP, code), uid)


def _over(request: Request, pack: BoardPack) -> HttpResponse | None:
    """Back to a frozen pack, of which nothing can be changed. What was typed meanwhile is refused below, and kept."""
    if pack.is_open or request.method == "POST":
        return None
    messages.error(request, FROZEN)
    return redirect(_address(pack))


@requires(reads.KEEP)
def board_ask(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Say who writes about what by when; a box that is not there yet is added."""
    pack = _kept_pack(request, code, uid)
    if (over := _over(request, pack)) is not None:
        return over
    today = london_date(timezone.now())
    about = _things(pack)
    owners = reads.writers(pack.partnership, on=today)
    form = AskForm(request.POST or None, about=about, owners=owners, initial=_asked(request, pack))
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.ask_for_words(
                pack=pack,
                about=given["about"],
                title=dict(about)[given["about"]],
                owner=next((each for each in owners if str(each.uid) == given["owner"]), None),
                due_on=given["due_on"],
                by=request.access.actor,
                at=timezone.now(),
            )
        except PackRefused as reason:
            form.add_error("due_on", str(reason))
        else:
            messages.success(request, "Saved. Whoever was newly asked is told by mail.")
            return redirect(_address(pack))
    context = {
        "pack": pack,
        "form": form,
        "cancel_url": _address(pack),
        "heading": "Who writes about what",
        "button": "Save",
    }
    return render(request, "boards/ask.html", context)


def _things(pack: BoardPack) -> list[tuple[str, str]]:
    """What can be written about: all of it, the public summary, priorities, and outcomes that our records show."""
    contents = reads.contents_of(pack)
    found = [(Narrative.SUMMARY, "The whole, in short"), (Narrative.PUBLIC, "What the public is told")]
    for priority in contents.figures.priorities if contents else ():
        found.append((priority.ref, priority.title))
        found += [(each.ref, f"{each.ref} {each.title}"[:230]) for each in priority.outcomes if each.is_ours]
    known = dict(found)
    return [*known.items(), *((box.about, box.title) for box in pack.narratives.all() if box.about not in known)]


def _asked(request: Request, pack: BoardPack) -> dict[str, object]:
    """What stands in the box that the address names."""
    box = pack.narratives.select_related("owner").filter(about=request.GET.get("about", "")).first()
    if box is None:
        return {"due_on": reads.reasonable_due(pack.meeting_on, london_date(timezone.now()))}
    return {"about": box.about, "owner": str(box.owner.uid) if box.owner else "", "due_on": box.due_on}


@requires(reads.KEEP)
def board_decisions(request: Request, code: str, uid: UUID) -> HttpResponse:
    """What the board is asked to decide."""
    pack = _kept_pack(request, code, uid)
    if (over := _over(request, pack)) is not None:
        return over
    form = DecisionsForm(
        request.POST or None, initial={"decisions": "\n".join(pack.decisions), "seen": json.dumps(pack.decisions)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            decisions, seen = form.cleaned_data["decisions"], form.cleaned_data["seen"]
            set_decisions(pack=pack, decisions=decisions, seen=seen, by=request.access.actor, at=timezone.now())
        except PackRefused as reason:
            form.add_error("decisions", str(reason))
        else:
            return redirect(_address(pack))
    context = {
        "pack": pack,
        "form": form,
        "cancel_url": _address(pack),
        "heading": "Decisions wanted",
        "button": "Save",
    }
    return render(request, "boards/ask.html", context)


@requires(reads.KEEP)
def board_meeting(request: Request, code: str, uid: UUID) -> HttpResponse:
    """Move the meeting that a pack is for."""
    pack = _kept_pack(request, code, uid)
    if (over := _over(request, pack)) is not None:
        return over
    form = MeetingForm(request.POST or None, initial={"meeting_on": pack.meeting_on})
    if form.is_valid():
        try:
            move_meeting(pack=pack, **form.cleaned_data, by=request.access.actor, at=timezone.now())
        except PackRefused as reason:
            form.add_error("meeting_on", str(reason))
        else:
            return redirect(_address(pack))
    context = {
        "pack": pack,
        "form": form,
        "cancel_url": _address(pack),
        "heading": "The meeting is on another day",
        "button": "Save",
    }
    return render(request, "boards/ask.html", context)
