"""Community champions: no employer, a light account, perhaps another name; vouched for by a coordinator.

They stand on a roster that the coordinator keeps, of an agency of its own in the partnership, and are nobody's staff.
"""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction

from champions import agreement
from champions.errors import NotPossibleNow
from champions.models import Champion
from champions.selectors.members import members
from champions.services.leaving import end_duties_given, stand_down
from champions.services.network import nominate, say_no
from champions.services.turns import designation_for, on_record, take_turn
from champions.status import Turn, Way
from training.access.actor import Actor
from training.access.clock import london_date
from training.people.addresses import people_at
from training.people.duties import GIVEN, give_duty
from training.people.kinds import AgencyKind, EmploymentType
from training.people.membership import add_agency, join_partnership
from training.people.models import Agency, Employment, Locality, Partnership, Person, Post, Term
from training.people.services import mark_stale
from training.privacy.erasure import forget

TITLE = "Community champion"
WHY = "the roster that the coordinator keeps"


@transaction.atomic
def add_community_champion(
    *, partnership: Partnership, name: str, address: str, locality: Locality, by: Actor, at: datetime
) -> Champion:
    """Put somebody on the coordinator's roster, vouched for today. They are a champion once they say yes themselves.

    An address that a roster has already opens that account and no other: it is not kept here, and nobody is told so.
    """
    on = london_date(at)
    agency = roster_of(partnership, by=by, at=at)
    address = address.strip().lower()
    if Employment.objects.within(agency).filter(work_email=address).exists():
        raise NotPossibleNow("Somebody on your own list has this address already.")
    if people_at(address, on=on):
        address = ""
    post = _new_post(agency, name, address, locality, on=on, by=by, at=at)
    champion = nominate(
        person=post.employment.person, partnership=partnership, on=on, by=by, at=at, way=Way.COORDINATOR
    )
    take_turn(champion, Turn.AGREED, by=by, at=at, way=Way.VOUCHED, words_version=agreement.VERSION)
    give_duty(post, designation_for(post).code, on=on, source=f"{GIVEN}{champion.uid}", by=by, at=at)
    return champion


def roster_of(partnership: Partnership, *, by: Actor, at: datetime) -> Agency:
    """The agency whose roster holds a partnership's community champions, made for the first of them."""
    on = london_date(at)
    Partnership.objects.select_for_update(no_key=True).get(pk=partnership.pk)
    found = Agency.objects.filter(kind=AgencyKind.COMMUNITY, pk__in=members(partnership, on)).first()
    if found is None:
        code = f"{partnership.code[:30]}-community"
        title = f"Community champions of {partnership.title}"
        found = add_agency(code=code, title=title, kind=AgencyKind.COMMUNITY, by=by, at=at)
        join_partnership(agency=found, partnership=partnership, starts_on=on, by=by, at=at)
    return found


@transaction.atomic
def end_community_champion(*, champion: Champion, by: Actor, at: datetime, reason: str = "", wish: str = "") -> None:
    """They stand down, and their place on the coordinator's roster ends."""
    on = london_date(at)
    stand_down(champion=champion, by=by, at=at, reason=reason, wish=wish)
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    for term in terms.filter(
        post__employment__agency__kind=AgencyKind.COMMUNITY, post__employment__person=champion.person
    ):
        last_day = max(on - timedelta(days=1), term.starts_on)
        if term.ends_on == last_day:
            continue
        Term.objects.everywhere(reason=WHY).filter(pk=term.pk).update(replaced_at=at)
        term.pk, term.ends_on, term.recorded_at, term.recorded_by = None, last_day, at, str(by)
        term.save(force_insert=True)
        mark_stale([term.post_id], at=at)


@transaction.atomic
def decline_as_community_champion(*, champion: Champion, by: Actor, at: datetime) -> None:
    """Whoever was vouched for says no: their place on the coordinator's roster ends, and what was typed there goes.

    A place that began today is as if it had never been.
    """
    say_no(champion=champion, by=by, at=at)
    end_duties_given(champion, by=by, at=at)
    on = london_date(at)
    rosters = Employment.objects.everywhere(reason=WHY).filter(person=champion.person)
    terms = Term.objects.everywhere(reason=WHY).known_now().current_on(on)
    for term in terms.filter(post__employment__in=rosters.filter(agency__kind=AgencyKind.COMMUNITY)):
        Term.objects.everywhere(reason=WHY).filter(pk=term.pk).update(replaced_at=at)
        if term.starts_on < on:
            term.pk, term.ends_on, term.recorded_at, term.recorded_by = None, on - timedelta(days=1), at, str(by)
            term.save(force_insert=True)
        mark_stale([term.post_id], at=at)
    rosters.filter(agency__kind=AgencyKind.COMMUNITY).update(work_email="")
    if not rosters.exclude(agency__kind=AgencyKind.COMMUNITY).exists():
        person = champion.person
        person.first_name, person.last_name, person.preferred_name = TITLE, "", ""
        person.save(update_fields=["first_name", "last_name", "preferred_name"])


@transaction.atomic
def forget_community_champion(*, champion: Champion, by: Actor, at: datetime) -> None:
    """Take the name, the address and the words of one who has ended, at their wish. Dates and numbers stay."""
    employed = Employment.objects.everywhere(reason=WHY).filter(person=champion.person)
    if employed.exclude(agency__kind=AgencyKind.COMMUNITY).exists():
        raise NotPossibleNow("They are on the roster of an agency too, whose HR looks after their record.")
    list(Person.objects.everywhere(reason=WHY).select_for_update(no_key=True).filter(pk=champion.person_id))
    end_community_champion(champion=champion, by=by, at=at)
    person = champion.person
    forget(person, by=by, at=at)
    if login := person.user:
        login.email, login.first_name, login.last_name = f"{uuid4().hex}@erased.invalid", "", ""
        login.is_active = False
        login.save(update_fields=["email", "first_name", "last_name", "is_active"])
    person.first_name, person.last_name, person.preferred_name, person.user = TITLE, "", "", None
    person.save(update_fields=["first_name", "last_name", "preferred_name", "user"])
    employed.update(work_email="")
    on_record("community champion forgotten", champion, by=by, at=at)


def _new_post(
    agency: Agency, name: str, address: str, locality: Locality, *, on: date, by: Actor, at: datetime
) -> Post:
    """A person of that name, with a place on the coordinator's roster."""
    person = Person.objects.create(first_name=" ".join(name.split()), recorded_at=at)
    ref = uuid4().hex[:12]
    employment = Employment.objects.create(
        agency=agency, person=person, employee_ref=ref, work_email=address, recorded_at=at
    )
    post = Post.objects.create(employment=employment, assignment_ref=ref, recorded_at=at)
    Term.objects.create(
        post=post,
        starts_on=on,
        post_title=TITLE,
        locality=locality,
        employment_type=EmploymentType.VOLUNTEER,
        source="network",
        recorded_at=at,
        recorded_by=str(by),
    )
    return post
