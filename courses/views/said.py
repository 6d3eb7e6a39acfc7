"""What a learner thought of a course they have finished."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from courses.editions import outline_of
from courses.forms import RemarkForm
from courses.services.remarks import remark
from training.access.gates import Request, requires
from training.access.permissions import Permission

from .player import acts_on_course
from .start import own_attempt


@requires(Permission.LEARN)
@acts_on_course
def course_said(request: Request, course: str) -> HttpResponse:
    """Keep it without a name; once."""
    attempt = own_attempt(request, course)
    if attempt.is_open:
        return redirect("course", course=course)
    form = RemarkForm(request.POST)
    if not form.is_valid():
        context = {"course": course, "outline": outline_of(attempt.edition), "form": form}
        return render(request, "courses/course_said.html", context)
    if remark(attempt, useful=form.cleaned_data["useful"], comment=form.cleaned_data["comment"]):
        messages.success(request, "Thank you. It is kept without your name.")
    return redirect("course-done", course=course)
