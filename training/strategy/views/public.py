"""Public pages: the strategies, and one as a tree of outcomes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from training.access.clock import today
from training.access.gates import found_by_search, public
from training.strategy.models import Strategy
from training.strategy.selectors import listed_strategies, succession_of, with_tree
from training.strategy.selectors.board import public_figures


@found_by_search
@public
def strategies(request: HttpRequest) -> HttpResponse:
    """Every strategy: the partnerships' own, and historic examples."""
    return render(request, "strategy/strategies.html", {"listed": listed_strategies()})


@found_by_search
@public
def strategy(request: HttpRequest, pack_id: str) -> HttpResponse:
    """One strategy, unless a draft: its tree and what evidences it; figures for a partnership's own."""
    found = get_object_or_404(Strategy.objects.published().select_related("partnership"), pack_id=pack_id)
    context = {
        "strategy": with_tree(found),
        "succession": succession_of(found),
        "figures": public_figures(found, on=today()),
    }
    answer = render(request, "strategy/strategy.html", context)
    if found.partnership_id is None:
        answer["X-Robots-Tag"] = "noindex"  # whoever searches for that area's strategy is to find its own
    return answer
