"""A partnership in which every awkward thing has happened that a figure can hang on."""

import random
from datetime import UTC, date, datetime, timedelta

from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    DutyFactory,
    EmploymentFactory,
    LocalityFactory,
    MembershipFactory,
    PersonFactory,
    PostFactory,
    TermFactory,
    completion,
)
from tests.ledger.crowd import ask, make_crowd
from tests.strategy.cases import reported
from training.access.actor import Actor
from training.pathways import services as pathways
from training.pathways.models import Module
from training.people.identity.merge import join_records, merge_records
from training.people.models import Agency, Person, Post, RoleGroup, Term, Workplace
from training.people.services import mark_stale

BY = Actor.system("test")
ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
FAMILIES = [
    "MANAGER",
    "CYP",
    "PERP",
    "MARAC",
    "INFO_SHARE",
    "EQUALITY",
    "TRAUMA",
    "ORDERS",
    "SUBSTANCE_MH",
    "VULNERABILITY",
    "BYSTANDER",
]
TOPICS = ["domestic_abuse", "stalking", "honour_based_violence", "forced_marriage", "child_to_parent_abuse"]
JOBS = {"MIDWIFE": "health", "OFFICE": "housing", "GP": "police"}


def make_rough(world) -> None:
    """Rosters, rules and training; `rough_promises` and `rough_network` have the rest."""
    dice = random.Random(41)
    make_crowd(world)
    _places(world, dice)
    _rules(dice)
    silent = AgencyFactory(code="SIL", kind="charity")
    MembershipFactory(partnership=world.partnership, agency=silent)
    gone = MembershipFactory(partnership=world.partnership, ends_on=date(2025, 12, 31))
    for agency in (silent, gone.agency):
        TermFactory(post__employment__agency=agency, role_group__code="OFFICE")
    for number, agency in enumerate(Agency.objects.exclude(pk=silent.pk).order_by("pk")):
        days = 100 if number == 1 else 20
        reported(agency, AT - timedelta(days=days + number), counts={"refused": number})
    reported(silent, AT - timedelta(days=300))
    reported(silent, AT - timedelta(days=3), state="undone", undone_at=AT)
    _people_apart(world)
    mark_stale(list(Post.objects.everywhere(reason="test").values_list("pk", flat=True)), at=AT)


def _places(world, dice) -> None:
    """Two districts; of some posts the roster says which, of some the place of work does, of some nobody."""
    north, south = (LocalityFactory(partnership=world.partnership, code=code) for code in ("N", "S"))
    world.north = north
    for term in Term.objects.everywhere(reason="test").select_related("post__employment"):
        agency = term.post.employment.agency_id
        place, _ = Workplace.objects.get_or_create(
            agency_id=agency, code=str(dice.randint(1, 3)), defaults={"title": "A place", "locality": south}
        )
        term.workplace = place if dice.random() < 0.7 else None
        term.locality = north if dice.random() < 0.3 else None
        term.save()


def _rules(dice) -> None:
    """Topics and families; the jobs that some figures are about; hours, an event, a contact for sharing."""
    for code, family in JOBS.items():
        RoleGroup.objects.filter(code=code).update(family=family)
    RoleGroup.objects.filter(code="MIDWIFE").update(code="MENTAL_HEALTH")
    ask("DA-B9", "GP", kind="rolling_hours", rolling_hours=2, rolling_months=12, validity_months=None)
    event = ask("DA-L9", "OFFICE", kind="triggered", validity_months=None, window_days=0)
    for on in (date(2024, 5, 1), date(2026, 2, 20)):
        pathways.record_trigger(requirement=event, event="briefing", happened_on=on, days_to_complete=30, by=BY, at=AT)
    ask("DA-A1", designation=DesignationFactory(code="INFO_CONTACT"), validity_months=12)
    for number, module in enumerate(Module.objects.order_by("pk")):
        module.families = dice.sample(FAMILIES, 3) + (["INFO_SHARE"] if module.code == "DA-A1" else [])
        module.topics = dice.sample(TOPICS, 1 + number % 2)
        module.save()
    people = list(Person.objects.everywhere(reason="test").order_by("pk"))
    for module in Module.objects.filter(code__in=["DA-B9", "DA-L9", "DA-A1", "DA-B1"]):
        for person in dice.sample(people, 40):
            on = ON - timedelta(days=dice.choice((1, 9, 80, 300, 390, 700)))
            method = dice.choice(("online", "evidence", "launch", "import"))
            completion(person, module, on=on, method=method, minutes=dice.choice((None, 60, 90)))


def _people_apart(world) -> None:
    """A nurse with two posts, a locum at three agencies, somebody with three records, a starter, a leaver and more."""
    first, second = world.agency, world.neighbour
    module = Module.objects.get(code="DA-A1")
    nurse = TermFactory(post__employment__agency=first, role_group__code="MENTAL_HEALTH").post
    TermFactory(post=PostFactory(employment=nurse.employment, assignment_ref="2"), role_group__code="GP")
    locum = PersonFactory()
    for agency in Agency.objects.order_by("pk")[:3]:
        TermFactory(post__employment=EmploymentFactory(agency=agency, person=locum), role_group__code="GP")
    completion(locum, module, on=ON - timedelta(days=30), at=AT)
    here, twin, there = (
        TermFactory(post__employment__agency=agency, role_group__code="OFFICE").post.employment.person
        for agency in (first, first, second)
    )
    completion(twin, module, on=ON - timedelta(days=200), at=AT)
    merge_records(first, here, twin, evidence=[], own=(), by=BY, at=AT)
    join_records(there, here, proof="sign_in", by=BY, at=AT)
    job = {"post__employment__agency": first, "role_group__code": "MENTAL_HEALTH"}
    TermFactory(**job, starts_on=ON - timedelta(days=20))
    TermFactory(**job, ends_on=ON - timedelta(days=10))
    excused = TermFactory(**job, starts_on=ON - timedelta(days=100)).post
    pathways.exempt(post=excused, module=module, starts_on=ON - timedelta(days=60), by=BY, at=AT)
    late = TermFactory(**job).post.employment.person
    completion(late, module, on=ON - timedelta(days=400), at=AT)  # put on record long after
    _contacts((first, second), module)


def _contacts(agencies, module) -> None:
    """For sharing information: one in date, at the first agency alone."""
    for number, agency in enumerate(agencies):
        term = TermFactory(post__employment__agency=agency, role_group=None)
        DutyFactory(post=term.post, designation__code="INFO_CONTACT")
        if number == 0:
            completion(term.post.employment.person, module, on=ON - timedelta(days=30), at=AT)
