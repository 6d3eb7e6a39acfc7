"""The public list of strategies. One of them in full stands in `home`, beside what was published of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from training.access.gates import found_by_search, public
from training.strategy.selectors import listed_strategies


@found_by_search
@public
def strategies(request: HttpRequest) -> HttpResponse:
    """Every strategy: the partnerships' own, and historic examples."""
    return render(request, "strategy/strategies.html", {"listed": listed_strategies()})
