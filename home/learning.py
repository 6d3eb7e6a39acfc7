"""The learner's own pages."""

import csv

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from training.access.clock import london_date, today
from training.access.gates import Request, requires, signed_in
from training.access.permissions import Permission
from training.ledger.rebuild import refresh_stale
from training.people.models import Person

from .selectors import completions_of, learners_page


@signed_in
def learning(request: Request) -> HttpResponse:
    """Do now, and done; a login without a roster person is shown how to connect one."""
    access = request.access
    if not access.may(Permission.LEARN):
        return redirect("connect")
    person = Person.objects.visible_to(access).get(pk=access.person_id or 0)
    at = timezone.now()
    refresh_stale(at=at, person=person)
    page = learners_page(person, on=london_date(at))
    return render(request, "home/learning.html", {"page": page})


@requires(Permission.LEARN)
def learning_record(request: Request) -> HttpResponse:
    """One's own record as a spreadsheet, to carry elsewhere."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="learning-record.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["Module", "Title", "Completed on", "How", "Where you worked", "Certificate code"])
    for done in completions_of(person, on=today()):
        completion = done.completion
        writer.writerow(
            [
                completion.module_code,
                completion.module_title,
                str(completion.completed_on),
                completion.get_method_display(),
                completion.agency_title,
                done.certificate.grouped_code if done.certificate else "",
            ]
        )
    return response
