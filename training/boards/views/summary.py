"""What anyone may read of a frozen pack, once its coordinator has published it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from training.access.gates import public
from training.boards.contents import Contents
from training.boards.models import Narrative, Snapshot


@require_safe
@public
def board_summary(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Outcomes and figures as the public may see them, as they were frozen."""
    published = Snapshot.objects.filter(pack__uid=uid, pack__published_at__isnull=False)
    snapshot = published.select_related("pack__partnership").first()
    if snapshot is None:
        raise Http404
    contents = Contents.read(snapshot.content)
    figures = contents.figures
    words = contents.words_about(Narrative.PUBLIC)
    priorities = [
        (
            priority,
            [(each, [figures.public[code] for code in each.codes]) for each in priority.outcomes if each.is_ours],
        )
        for priority in figures.priorities
    ]
    context = {
        "contents": contents,
        "figures": figures,
        "words": [each for each in words.text.split("\n") if each.strip()] if words else [],
        "priorities": [(priority, outcomes) for priority, outcomes in priorities if outcomes],
        "lines": [] if figures.strategy else list(figures.public.values()),
        "head": ["Figure", "Now", "Target", "Colour"],
    }
    return render(request, "boards/summary.html", context)
