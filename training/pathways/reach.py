"""Whom a requirement reaches: the posts to work out anew, and the people an editor sees before saving."""

from datetime import date

from django.db.models import Q

from training.people.models import Agency, Duty, Membership, Person, Post, Term
from training.people.models.posts import TermQuerySet

from .models import Requirement


def who_is_hit(requirement: Requirement, agency: Agency, *, on: date) -> tuple[str, ...]:
    """The names of an agency's people whom the rule asks on this day. Of other agencies it tells nothing."""
    terms = _terms_asked(requirement, on=on).current_on(on).filter(post__employment__agency=agency)
    if requirement.designation_id:
        holders = Duty.objects.everywhere(reason="counting whom a rule hits").known_now().current_on(on)
        terms = terms.filter(post__in=holders.filter(designation=requirement.designation_id).values("post"))
    person = "post__employment__person__"
    # Protected people apart, so that their place in the alphabet does not name them.
    named = terms.select_related("post__employment__person").order_by(
        f"{person}is_protected", f"{person}last_name", f"{person}first_name", f"{person}id"
    )
    names = {term.post.employment.person_id: _called(term.post.employment.person) for term in named}
    return tuple(names.values())


def _called(person: Person) -> str:
    return "Name withheld" if person.is_protected else person.name


def posts_concerned(requirement: Requirement) -> list[int]:
    """Ids of the posts on which the rule falls, fell or will fall: their standings change with it."""
    if requirement.designation_id:
        duties = Duty.objects.everywhere(reason="posts that a rule concerns").known_now()
        asked = duties.filter(_of_agencies(requirement), designation=requirement.designation_id)
        return list(asked.order_by().values_list("post_id", flat=True).distinct())
    return list(_terms_asked(requirement).order_by().values_list("post_id", flat=True).distinct())


def posts_of_partnership(partnership_id: int) -> list[int]:
    """Ids of all posts of agencies that are or were in the partnership."""
    posts = Post.objects.everywhere(reason="posts that a pathway concerns")
    asked = posts.filter(employment__agency__memberships__partnership=partnership_id)
    return list(asked.order_by().values_list("pk", flat=True).distinct())


def _terms_asked(requirement: Requirement, on: date | None = None) -> TermQuerySet:
    terms = Term.objects.everywhere(reason="posts that a rule concerns").known_now()
    terms = terms.filter(_of_agencies(requirement, on))
    return terms.filter(role_group=requirement.role_group_id) if requirement.role_group_id else terms


def _of_agencies(requirement: Requirement, on: date | None = None) -> Q:
    """Rows of the agencies for which the rule is meant; with a day, of those that were in the partnership then."""
    agency = "post__employment__agency"
    members = Membership.objects.known_now().filter(partnership=requirement.module.pathway.partnership_id)
    if on is not None:
        members = members.current_on(on)
    meant = Q(**{f"{agency}__in": members.values("agency")})
    if requirement.agency_id:
        meant &= Q(**{agency: requirement.agency_id})
    if requirement.agency_kind:
        meant &= Q(**{f"{agency}__kind": requirement.agency_kind})
    return meant
