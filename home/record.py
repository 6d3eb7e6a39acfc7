"""One's own record to carry elsewhere: as a spreadsheet, and as a tagged PDF."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from certificates import fonts
from certificates.printing import CannotPrint, NeedsAnotherFont, drawn, insist_on_letters
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Person
from training.strategy import export

from .selectors import Done, completions_of

HEAD = ("Module", "Title", "Completed on", "How", "Where you worked", "Certificate code")


@requires(Permission.LEARN)
def learning_record(request: Request) -> HttpResponse:
    """As a spreadsheet."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    rows = [
        [
            done.completion.module_code,
            done.completion.module_title,
            str(done.completion.completed_on),
            done.completion.get_method_display(),
            done.completion.agency_title,
            done.certificate.grouped_code if done.certificate else "",
        ]
        for done in completions_of(person, on=today())
    ]
    response = HttpResponse(export.csv_file(HEAD, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="learning-record.csv"'
    return response


@requires(Permission.LEARN)
def learning_record_pdf(request: Request) -> HttpResponse:
    """As a PDF; where that cannot be made, a page that says why and offers the spreadsheet."""
    person = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    on = today()
    try:
        content = as_pdf(person.name, completions_of(person, on=on), on=on)
    except CannotPrint as reason:
        status = 409 if isinstance(reason, NeedsAnotherFont) else 503
        return render(request, "home/no_pdf.html", {"reason": str(reason)}, status=status)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="learning-record.pdf"'
    return response


def as_pdf(name: str, done: Sequence[Done], *, on: date) -> bytes:
    """The record as tagged PDF; CannotPrint where that is not possible here."""
    html = render_to_string("home/print/record.html", {"name": name, "on": on, "done": done})
    for face in (fonts.SANS, fonts.SANS_BOLD):
        insist_on_letters(strip_tags(html), [face], what="record")
    return drawn(html, "record")
