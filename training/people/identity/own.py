"""The learner's pages 'This is not right' and 'Share your training with your other employers'."""

from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from training.access.access import Access
from training.access.clock import today
from training.access.gates import Request, requires
from training.access.permissions import Permission
from training.people.models import Agency, Correction, Person, Post, Term
from training.ui.templatetags.ui import uk_date

from . import corrections, sharing
from .errors import IdentityError
from .forms import CorrectionForm
from .letters import tell_of_sharing

MOST_POSTS = 30


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def not_right(request: Request) -> HttpResponse:
    """Say what is wrong with one's post or record; read what HR answered."""
    posts = _posts(request.access, today())
    form = CorrectionForm(request.POST or None, posts=[(uid, label) for uid, label in posts.items()])
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form)
        except corrections.CorrectionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Your HR team has been asked. Their answer will stand on this page.")
            return redirect("not-right")
    asked = Correction.objects.visible_to(request.access).select_related("agency").order_by("-asked_at", "-pk")
    return render(request, "people/not_right.html", {"form": form, "asked": asked, "has_posts": bool(posts)})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(Permission.LEARN)
def shared_training(request: Request) -> HttpResponse:
    """Let another employer count one's training, or no longer: a button for each."""
    own = Person.objects.visible_to(request.access).get(pk=request.access.person_id or 0)
    employers = sharing.employers(own, on=today())
    if request.method == "POST":
        asked = (each.agency for each in employers if each.agency.code == request.POST.get("agency", ""))
        if agency := next(asked, None):
            _share_or_stop(request, own, agency)
        return redirect("shared-training")
    return render(request, "people/shared_training.html", {"employers": employers, "is_protected": own.is_protected})


def _share_or_stop(request: Request, own: Person, agency: Agency) -> None:
    by, at = request.access.actor, timezone.now()
    if request.POST.get("do", "") != "share":
        sharing.stop(own, agency, by=by, at=at)
        messages.success(request, f"{agency} no longer counts your training from elsewhere.")
        return
    try:
        with transaction.atomic():
            sharing.share(own, agency, by=by, at=at)
            tell_of_sharing(own, on=today())
    except IdentityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{agency} counts your training from elsewhere now.")


def _ask(request: Request, form: CorrectionForm) -> None:
    said = form.cleaned_data
    post = (
        Post.objects.visible_to(request.access)
        .select_related("employment__agency", "employment__person")
        .get(uid=said["post"])
    )
    by, at = request.access.actor, timezone.now()
    corrections.ask(post.employment.person, post, about=said["about"], words=said["words"], by=by, at=at)


def _posts(access: Access, on: date) -> dict[str, str]:
    """One's own posts in words by uid, the latest first: 'Midwife at Severn Vale Hospitals, since 1 June 2024'."""
    terms = Term.objects.everywhere(reason="the one who asks").known_now().filter(starts_on__lte=on)
    terms = terms.filter(post__employment__person__in=access.own_record).order_by("-starts_on", "-pk")
    found: dict[str, str] = {}
    for term in terms.select_related("role_group", "post__employment__agency")[:MOST_POSTS]:
        job = term.post_title or (str(term.role_group) if term.role_group else "Post")
        days = (
            f"until {uk_date(term.ends_on)}"
            if term.ends_on and term.ends_on < on
            else f"since {uk_date(term.starts_on)}"
        )
        found.setdefault(str(term.post.uid), f"{job} at {term.post.employment.agency}, {days}")
    return found
