"""The manager's pages, and the page behind a link that works once. They say what is asked, and little else."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from champions import agreement
from champions.errors import ChampionError
from champions.forms.life import AnswerForm, PutForwardForm, TicksForm, managers_check_in
from champions.models import Champion, CheckIn, ManagerQuestion
from champions.selectors.managers import post_of, records_of
from champions.selectors.mine import partnerships_of
from champions.selectors.team import Team, team_of, team_people
from champions.services import agreement as agreeing
from champions.services.network import put_forward_by_manager
from training.access.access import Access
from training.access.actor import Actor
from training.access.clock import today
from training.access.gates import Request, public, requires
from training.access.permissions import Permission
from training.people.models import Person


@require_safe
@requires(Permission.SEE_TEAM)
def champion_team(request: Request) -> HttpResponse:
    """What waits for this manager, and a way to put somebody of the team forward."""
    on, at = today(), timezone.now()
    people = team_people(request.access, on=on)
    context = {
        "team": team_of(request.access, on=on, at=at),
        "form": PutForwardForm(people=people) if people else None,
        "words": agreement.AGREEMENT,
    }
    return render(request, "champions/champion_team.html", context)


@require_POST
@requires(Permission.SEE_TEAM)
def put_team_forward(request: Request) -> HttpResponse:
    """Put somebody of one's own team forward, and agree; they are asked themselves. The answer is always the same."""
    on, at = today(), timezone.now()
    people = team_people(request.access, on=on)
    form = PutForwardForm(request.POST, people=people)
    if form.is_valid():
        person = next(each for each in people if str(each.uid) == form.cleaned_data["person"])
        here = (it for it in partnerships_of(request.access, on=on) if post_of(person, it, on=on))
        if partnership := next(here, None):
            manager = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
            by = request.access.actor
            put_forward_by_manager(person=person, partnership=partnership, manager=manager, by=by, at=at)
            messages.success(request, "Thank you. They are asked themselves, and it is for them to answer.")
            return redirect("champion-team")
        form.add_error("person", "Their agency belongs to no network of champions")
    context = {"team": team_of(request.access, on=on, at=at), "form": form, "words": agreement.AGREEMENT}
    return render(request, "champions/champion_team.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_TEAM)
def manager_question(request: Request, uid: UUID) -> HttpResponse:
    """Agree, or say no; or check in. Once answered it says so, to the manager alone whom it was put to."""
    rows = ManagerQuestion.objects.visible_to(request.access)
    question = get_object_or_404(rows.select_related("champion__person", "champion__partnership", "post"), uid=uid)
    if not question.is_open(timezone.now()):
        return render(request, "champions/question_is_over.html", {"is_answered": question.answered_at is not None})
    form = _form(question, request)
    if request.method == "POST" and form.is_valid():
        _answer(request, question, form, request.access.actor)
        return redirect("champion-team")
    return render(request, "champions/manager_question.html", _context(question, form))


@require_http_methods(["GET", "POST"])
@requires(Permission.SEE_TEAM)
def manager_check_in(request: Request, champion: UUID) -> HttpResponse:
    """Check in about somebody of one's own team, unasked, when it is due."""
    due = _due(team_of(request.access, on=today(), at=timezone.now()), champion)
    form = managers_check_in(request.POST or None)
    if request.method == "POST" and form.is_valid():
        agreeing.check_in(champion=due, side=CheckIn.Side.MANAGER, by=request.access.actor, at=timezone.now())
        messages.success(request, "Thank you. Your answer is kept.")
        return redirect("champion-team")
    context = {"name": due.person.name, "form": form, "is_check_in": True}
    return render(request, "champions/manager_question.html", context)


@require_http_methods(["GET", "POST"])
@public
def manager_link(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link: a name and what is asked. Used, old, taken back and never made all look the same."""
    question = agreeing.question_at(token, at=timezone.now())
    access: Access = request.access  # type: ignore[attr-defined]
    if question is None or _is_about(access, question) or _is_kept_away(access, question):
        return render(request, "champions/link_is_over.html", status=404)
    form = _form(question, request)
    if request.method == "POST" and form.is_valid():
        _answer(request, question, form, Actor("link", str(question.uid)))
        return render(request, "champions/link_answered.html")
    return render(request, "champions/manager_link.html", _context(question, form))


def _is_about(access: Access, question: ManagerQuestion) -> bool:
    """Whether whoever opens the link is the one it is about: nobody agrees for themselves."""
    return bool(access.person_id) and access.person_id in records_of(question.champion.person)


def _is_kept_away(access: Access, question: ManagerQuestion) -> bool:
    """Whether the link came to somebody signed in whom the champion keeps away."""
    everyone = Champion.objects.everywhere(reason="whom the one who asks may not see")
    return not everyone.filter(pk=question.champion_id).not_keeping_away(access).exists()


def _form(question: ManagerQuestion, request: HttpRequest) -> AnswerForm | TicksForm:
    kind = managers_check_in if question.asks == ManagerQuestion.Asks.CHECK_IN else AnswerForm
    return kind(request.POST or None)


def _context(question: ManagerQuestion, form: AnswerForm | TicksForm) -> dict[str, object]:
    return {
        "question": question,
        "name": question.champion.person.name,
        "first_name": question.champion.person.preferred_name or question.champion.person.first_name,
        "form": form,
        "words": agreement.AGREEMENT,
        "is_check_in": question.asks == ManagerQuestion.Asks.CHECK_IN,
    }


def _answer(request: HttpRequest, question: ManagerQuestion, form: AnswerForm | TicksForm, by: Actor) -> None:
    says = form.cleaned_data.get("says", ManagerQuestion.Answer.YES)
    try:
        agreeing.answer(question=question, says=says, by=by, at=timezone.now())
    except ChampionError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, "Thank you. Your answer is kept.")


def _due(team: Team, champion: UUID) -> Champion:
    found = (each.known.champion for each in team.due if each.known.champion)
    row = next((each for each in found if each.uid == champion), None)
    if row is None:
        raise Http404
    return row
