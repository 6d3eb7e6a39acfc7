"""One's own record as a spreadsheet: every completion, where one worked, and the certificate's code."""

from django.http import HttpResponse

from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Person
from training.strategy import export

from .selectors import completions_of

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
