"""The learner's own pages."""

from datetime import datetime

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from certificates.passport.services import end_shares_of
from courses.keeping.tomorrow import to_remember
from training.access.actor import Actor
from training.access.clock import london_date
from training.access.gates import Request, requires, signed_in
from training.access.permissions import Permission
from training.ledger.rebuild import refresh_stale
from training.people.identity.protect import protect_record
from training.people.models import Person
from training.people.selectors import own_person

from .navigation import work_place
from .selectors import learners_page

WISHES = {
    "protect": (True, "Your record is protected now."),
    "stop": (False, "Your record is no longer protected."),
}
NOT_FROM_HERE = "It was protected from another sign-in of yours. Stop it there."


@signed_in
def learning(request: Request) -> HttpResponse:
    """Do now, and done. Who has no staff record here is led to what their role is for, else to how to connect one."""
    access = request.access
    person = own_person(request.user)
    if person is None or not access.may(Permission.LEARN):
        return redirect(work_place(access) or "connect")
    at = timezone.now()
    refresh_stale(at=at, person=person)
    page = learners_page(person, on=london_date(at))
    context = {"page": page, "chosen": to_remember(person, at=at)}
    context["finds_champions"] = access.may(Permission.SEE_CHAMPIONS)
    return render(request, "home/learning.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def my_privacy(request: Request) -> HttpResponse:
    """Who sees what of one's record, and one button to protect it or to stop; it takes effect at once."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    if request.method == "POST":
        wish = WISHES.get(request.POST.get("do", ""))
        if wish:
            is_protected, said = wish
            by, at = request.access.actor, timezone.now()
            if _protected(person, is_protected, by=by, at=at):
                messages.success(request, said)
            else:
                messages.error(request, NOT_FROM_HERE)
        return redirect("my-privacy")
    return render(request, "home/my_privacy.html", {"is_protected": person.is_protected})


@transaction.atomic
def _protected(person: Person, is_protected: bool, *, by: Actor, at: datetime) -> bool:
    """Whether the wish holds. Links given before end: whoever has one knows whose it is, and would go on looking."""
    if is_protected:
        end_shares_of(person, by=by, at=at)
    return protect_record(person=person, is_protected=is_protected, by=by, at=at)
