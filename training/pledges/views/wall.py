"""The public wall of commitments."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from training.access.clock import today
from training.access.gates import found_by_search, public
from training.people.models import Partnership
from training.pledges.selectors import Wall, wall


@found_by_search
@public
def commitment_wall(request: HttpRequest, code: str) -> HttpResponse:
    """What a partnership's agencies have confirmed, by sector."""
    # Compared here: PostgreSQL answers an address with a NUL in it by an error
    partnership = next((each for each in Partnership.objects.all() if each.code == code), None)
    if partnership is None:
        raise Http404
    on = today()
    found = wall(partnership, on=on)
    return render(request, "pledges/wall.html", {"wall": found, "on": on, "stats": _stats(found)})


def _stats(found: Wall) -> list[dict[str, str]]:
    said = [
        ("sign_up", "have signed up to the training pathway"),
        ("signature", f"have signed the {found.charter.title}" if found.charter else ""),
        ("policy", "have a workplace policy"),
        ("lead", "have named an executive lead"),
    ]
    return [{"value": str(found.how_many(what)), "label": label} for what, label in said if label]
