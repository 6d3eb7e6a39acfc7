"""A crowd with a history, the same one each time: for what has to be right whatever has happened to people."""

import random
from datetime import UTC, date, datetime, timedelta

from tests.conftest import World
from tests.factories import (
    DesignationFactory,
    DutyFactory,
    MembershipFactory,
    ModuleFactory,
    PersonFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TermFactory,
    completion,
)
from training.access.actor import Actor
from training.ledger import services as ledger
from training.pathways import services as pathways
from training.pathways.models import Equivalence, Module, Satisfies
from training.people.models import Agency

BY = Actor.system("test")
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def ask(module, group=None, designation=None, agency_kind="", **said):
    requirement = RequirementFactory(
        module=ModuleFactory(code=module),
        role_group=group and RoleGroupFactory(code=group),
        designation=designation,
        agency_kind=agency_kind,
    )
    return RequirementVersionFactory(requirement=requirement, **said).requirement


def make_crowd(world: World) -> None:
    """Sixty people with every awkward thing that can be, and sixty whose histories are plain but for a few."""
    dice = random.Random(2026)
    modules = crowd_rules(world)
    day = lambda first, last: date(2022, 1, 1) + timedelta(days=dice.randint(first, last))  # noqa: E731
    agencies = list(Agency.objects.order_by("pk"))
    people = [PersonFactory() for _ in range(50)]
    for number in range(60):
        post = crowd_post(dice, day, agencies, people[number % 50])
        if dice.random() < 0.2:
            DutyFactory(post=post, starts_on=day(700, 1500), designation=DesignationFactory(code="MARAC_REP"))
        if dice.random() < 0.2:
            pathways.exempt(
                post=post, module=dice.choice(modules), starts_on=day(900, 1500), ends_on=day(1501, 1700), by=BY, at=AT
            )
        if dice.random() < 0.2:
            pathways.extend(post=post, module=dice.choice(modules), due_on=date(2026, 7, 1), by=BY, at=AT)
    crowd_ledger(dice, day, people, modules)
    plain_posts(world)


def crowd_rules(world):
    """Every kind and basis, a refresher, a lender, an agency's own rule, a rule for a kind of agency, a change."""
    first = ask("DA-A1", "MIDWIFE", validity_months=24)
    second = ask("DA-B1", "MIDWIFE", basis="from_old_end", validity_months=12, grace_days=30)
    ask("DA-A1", "OFFICE", validity_months=12, agency_kind="police", starts_on=date(2023, 5, 1))
    ask("DA-A1", "OFFICE", starts_on=date(2024, 5, 1), ends_on=date(2026, 1, 1))
    ask("DA-B1", designation=DesignationFactory(code="MARAC_REP"), validity_months=12, induction_days=20)
    ask("DA-H2", "OFFICE", kind="attendance", attendance_count=2, attendance_months=12, validity_months=None)
    ask("DA-L1", "MIDWIFE", kind="once", validity_months=None, window_days=0)
    ask("DA-C1", "OFFICE", basis="from_old_end", validity_months=12, starts_on=date(2021, 1, 1))
    march = {"fixed_month": 3, "fixed_day": 31, "minimum_life_months": 3, "validity_months": None}
    ask("DA-S1", "MIDWIFE", basis="fixed_date", **march)
    ModuleFactory(code="DA-B2", refreshes=second.module)
    lender = ModuleFactory(code="DA-D0")
    link = {"starts_on": date(2022, 1, 1), "recorded_at": AT, "recorded_by": "system:test"}
    Satisfies.objects.create(lender=lender, borrower=first.module, months=18, **link)
    Equivalence.objects.create(
        module=first.module, external_title="Outside", accepted_by="Group", maximum_age_months=6, **link
    )
    pathways.change_requirement(requirement=second, on=date(2025, 1, 1), by=BY, at=AT, validity_months=24)
    pathways.begin_requirement(
        module=first.module,
        role_group=first.role_group,
        agency=world.agency,
        validity_months=12,
        on=date(2025, 6, 1),
        by=BY,
        at=AT,
    )
    late = MembershipFactory(partnership=world.partnership, starts_on=date(2025, 9, 1), agency__kind="police")
    assert late.agency_id
    return list(Module.objects.exclude(pk=lender.pk)) + [lender]


def crowd_post(dice, day, agencies, person):
    """A post with up to three terms, some on leave, some with a gap between them."""
    starts_on = day(0, 1400)
    first = TermFactory(
        post__employment__person=person,
        post__employment__agency=dice.choice(agencies),
        role_group__code=dice.choice(["MIDWIFE", "OFFICE"]),
        starts_on=starts_on,
    )
    last = first
    for _ in range(dice.randint(0, 2)):
        last.ends_on = last.starts_on + timedelta(days=dice.randint(20, 400))
        last.save()
        last = TermFactory(
            post=first.post,
            role_group__code=dice.choice(["MIDWIFE", "OFFICE"]),
            starts_on=last.ends_on + timedelta(days=dice.choice([1, 1, 1, 30])),
            on_leave=dice.random() < 0.3,
        )
    return first.post


def crowd_ledger(dice, day, people, modules):
    register = Equivalence.objects.get()
    for _ in range(400):
        on = day(0, 1520)
        module = dice.choice(modules)
        at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC) + timedelta(days=dice.choice([0, 0, 40]))
        more = {}
        if dice.random() < 0.1:
            more = {"method": "equivalence", "source": f"equivalence:{register.pk}"}
        done = completion(dice.choice(people), module, on=on, at=at, **more)
        if dice.random() < 0.1:
            ledger.void_completion(done, reason="Typed wrongly", by=BY, at=at + timedelta(days=50))
        elif dice.random() < 0.1:
            later = on + timedelta(days=dice.randint(1, 300))
            ledger.revoke_completion(done, effective_on=later, reason="Withdrawn", by=BY, at=at + timedelta(days=60))


def plain_posts(world):
    """Sixty GPs."""
    dice = random.Random(7)
    asked = [
        ask("GP-P1", "GP", validity_months=24, starts_on=date(2023, 1, 1)),
        ask("GP-P2", "GP", basis="from_old_end", validity_months=12, ends_on=date(2027, 1, 1)),
        ask("GP-P3", "GP", kind="once", validity_months=None, window_days=0),
        ask(
            "GP-P4", "GP", basis="fixed_date", validity_months=None, fixed_month=2, fixed_day=29, minimum_life_months=6
        ),
    ]
    pathways.change_requirement(requirement=asked[0], on=date(2025, 1, 1), by=BY, at=AT, validity_months=12)
    for turn in range(60):
        starts_on = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1400))
        moved_on = starts_on + timedelta(days=90)
        term = {"post__employment__agency": world.agency, "role_group__code": "GP"}
        post = TermFactory(**term, starts_on=starts_on, ends_on=moved_on - timedelta(days=1)).post
        if turn % 4:
            TermFactory(post=post, role_group__code="GP", starts_on=moved_on, on_leave=turn % 15 == 1)
        if turn == 5:
            pathways.exempt(post=post, module=asked[0].module, starts_on=date(2025, 1, 1), by=BY, at=AT)
        for _ in range(dice.randint(0, 8)):
            day = date(2022, 1, 1) + timedelta(days=dice.randint(0, 1500))
            done = completion(post.employment.person, dice.choice(asked).module, on=day)
            if turn % 20 == 3:
                ledger.void_completion(done, reason="Typed wrongly", by=BY, at=AT)
