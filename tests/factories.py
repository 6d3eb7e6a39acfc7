"""Test data without surprises; traits name states."""

import uuid
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from training.access.actor import Actor
from training.ledger import services as ledger
from training.pathways import models as pathways
from training.people import models as people

RECORDED_AT = datetime(2020, 1, 1, tzinfo=UTC)


class PartnershipFactory(DjangoModelFactory):
    """A partnership."""

    class Meta:
        model = people.Partnership
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"partnership-{n}")
    title = factory.LazyAttribute(lambda it: it.code.title())


class AgencyFactory(DjangoModelFactory):
    """An agency of no partnership."""

    class Meta:
        model = people.Agency
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"AG{n}")
    title = factory.LazyAttribute(lambda it: f"Agency {it.code}")
    kind = "council_district"


class MembershipFactory(DjangoModelFactory):
    """An agency in a partnership since 2020."""

    class Meta:
        model = people.Membership

    partnership = factory.SubFactory(PartnershipFactory)
    agency = factory.SubFactory(AgencyFactory)
    starts_on = date(2020, 1, 1)
    recorded_at = RECORDED_AT
    recorded_by = "system:test"


class LocalityFactory(DjangoModelFactory):
    """A district."""

    class Meta:
        model = people.Locality

    partnership = factory.SubFactory(PartnershipFactory)
    code = factory.Sequence(lambda n: f"L{n}")
    title = factory.LazyAttribute(lambda it: f"Locality {it.code}")
    kind = "district"


class TeamFactory(DjangoModelFactory):
    """A team."""

    class Meta:
        model = people.Team

    agency = factory.SubFactory(AgencyFactory)
    title = factory.Sequence(lambda n: f"Team {n}")


class RoleGroupFactory(DjangoModelFactory):
    """A role group, by code."""

    class Meta:
        model = people.RoleGroup
        django_get_or_create = ("code",)

    code = "OFFICE"
    title = factory.LazyAttribute(lambda it: it.code.replace("_", " ").capitalize())


class DesignationFactory(DjangoModelFactory):
    """A designation, by code."""

    class Meta:
        model = people.Designation
        django_get_or_create = ("code",)

    code = "MARAC_REP"
    title = factory.LazyAttribute(lambda it: it.code.replace("_", " ").capitalize())


class UserFactory(DjangoModelFactory):
    """A login without a password."""

    class Meta:
        model = people.User
        django_get_or_create = ("email",)

    email = factory.Sequence(lambda n: f"user{n}@example.org")


class PersonFactory(DjangoModelFactory):
    """A person with no post and no login."""

    class Meta:
        model = people.Person

    first_name = factory.Sequence(lambda n: f"First{n}")
    last_name = factory.Sequence(lambda n: f"Last{n}")
    recorded_at = RECORDED_AT


class EmploymentFactory(DjangoModelFactory):
    """An entry on an agency's roster."""

    class Meta:
        model = people.Employment

    agency = factory.SubFactory(AgencyFactory)
    person = factory.SubFactory(PersonFactory)
    employee_ref = factory.Sequence(lambda n: f"{10000 + n}")
    recorded_at = RECORDED_AT


class PostFactory(DjangoModelFactory):
    """An assignment."""

    class Meta:
        model = people.Post

    employment = factory.SubFactory(EmploymentFactory)
    assignment_ref = factory.LazyAttribute(lambda it: it.employment.employee_ref)
    recorded_at = RECORDED_AT


class TermFactory(DjangoModelFactory):
    """A post that runs since 1 June 2024; `on_leave=True` for somebody on maternity leave."""

    class Meta:
        model = people.Term

    class Params:
        on_leave = factory.Trait(status="maternity")

    post = factory.SubFactory(PostFactory)
    role_group = factory.SubFactory(RoleGroupFactory)
    starts_on = date(2024, 6, 1)
    recorded_at = RECORDED_AT
    recorded_by = "system:test"


class DutyFactory(DjangoModelFactory):
    """A designation held on a post since 1 June 2024."""

    class Meta:
        model = people.Duty

    post = factory.SubFactory(PostFactory)
    designation = factory.SubFactory(DesignationFactory)
    starts_on = date(2024, 6, 1)
    recorded_at = RECORDED_AT
    recorded_by = "system:test"


class RoleGrantFactory(DjangoModelFactory):
    """A role held since 2024."""

    class Meta:
        model = people.RoleGrant

    user = factory.SubFactory(UserFactory)
    role_code = "agency_hr"
    starts_on = date(2024, 1, 1)
    recorded_at = RECORDED_AT
    recorded_by = "system:test"


class PathwayFactory(DjangoModelFactory):
    """The pathway of Severnshire."""

    class Meta:
        model = pathways.Pathway
        django_get_or_create = ("partnership", "code")

    partnership = factory.SubFactory(PartnershipFactory, code="severnshire")
    code = "pathway"
    title = "Training pathway"


class TierFactory(DjangoModelFactory):
    """A tier, by code."""

    class Meta:
        model = pathways.Tier
        django_get_or_create = ("pathway", "code")

    pathway = factory.SubFactory(PathwayFactory)
    code = "A"
    title = factory.LazyAttribute(lambda it: f"Tier {it.code}")


class ModuleFactory(DjangoModelFactory):
    """A module, by code; DA-A1 unless said otherwise."""

    class Meta:
        model = pathways.Module
        django_get_or_create = ("pathway", "code")

    pathway = factory.SubFactory(PathwayFactory)
    code = "DA-A1"
    title = factory.LazyAttribute(lambda it: f"Module title {it.code}")
    neutral_title = factory.LazyAttribute(lambda it: f"Module {it.code[3:]}")
    tier = factory.LazyAttribute(lambda it: TierFactory(pathway=it.pathway, code=it.code[3]))
    minutes = 45


class RequirementVersionFactory(DjangoModelFactory):
    """A rule since 2020: within 56 days, good for 36 months from completion, 60 days' window."""

    class Meta:
        model = pathways.RequirementVersion

    requirement = factory.SubFactory("tests.factories.RequirementFactory")
    starts_on = date(2020, 1, 1)
    validity_months = 36
    window_days = 60
    induction_days = 56
    recorded_at = RECORDED_AT
    recorded_by = "system:test"


class RequirementFactory(DjangoModelFactory):
    """A requirement of DA-A1 for office staff, without a version."""

    class Meta:
        model = pathways.Requirement

    module = factory.SubFactory(ModuleFactory)
    role_group = factory.SubFactory(RoleGroupFactory)


def completion(person, module=None, *, on=date(2026, 3, 2), at=None, key=None, **more):
    """A completion put into the ledger through its service."""
    at = at or datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    new = ledger.NewCompletion(
        person=person,
        module=module or ModuleFactory(),
        completed_on=on,
        method=more.pop("method", "online"),
        idempotency_key=key or str(uuid.uuid4()),
        **more,
    )
    return ledger.record_completion(new, by=Actor.system("test"), at=at)
