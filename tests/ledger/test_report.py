"""An agency's figures as at a day, as known at a moment: the same for ever, restated where more became known."""

import json
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.factories import (
    DesignationFactory,
    LocalityFactory,
    ModuleFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGroupFactory,
    TeamFactory,
    TermFactory,
    completion,
)
from training.access.actor import Actor
from training.ledger import services as ledger
from training.ledger.coverage_facts import coverage_facts
from training.ledger.models import Completion
from training.ledger.report import Division, Figure, agency_report, facts_behind, restatements
from training.ledger.report.figures import HEAD, as_csv, as_json
from training.ledger.standing import State
from training.pathways import services as pathways
from training.pathways.models import Exemption, RequirementVersion, Satisfies
from training.people.identity.merge import merge_records, part_records
from training.people.models import Duty, Membership, Post, Sameness, Team, Term, Workplace
from training.people.services import set_agency_kind, set_localities

BY = Actor.system("test")
ON = date(2026, 3, 31)
KNOWN_AT = datetime(2026, 4, 4, 12, tzinfo=UTC)
AFTER = KNOWN_AT + timedelta(hours=1)
WHY = "test"


@pytest.fixture
def crowd(world):
    """Forty posts in three teams, two modules asked of two role groups, one of them of hospitals alone."""
    dice = random.Random(7)
    groups = [RoleGroupFactory(code=code) for code in ("MIDWIFE", "OFFICE")]
    for group in groups:
        RequirementVersionFactory(requirement=RequirementFactory(role_group=group), validity_months=12)
    later = RequirementFactory(module=ModuleFactory(code="DA-B1"), role_group=groups[0], agency_kind="nhs_acute")
    RequirementVersionFactory(requirement=later)
    place = LocalityFactory(partnership=world.partnership)
    desk = Workplace.objects.create(agency=world.agency, code="W", title="W", locality=place)
    teams = [TeamFactory(agency=world.agency, title=title) for title in ("A", "=B", "C")]
    posts = [
        TermFactory(
            post__employment__agency=world.agency,
            role_group=dice.choice(groups),
            team=dice.choice([*teams, None]),
            workplace=desk,
        ).post
        for _ in range(40)
    ]
    for post in posts:
        if dice.random() < 0.6:
            completion(post.employment.person, on=ON - timedelta(days=dice.randint(1, 500)))
    return posts


def the_report(world):
    found = agency_report(world.agency, on=ON, known_at=KNOWN_AT)
    return as_csv(found) + as_json(found)


class Edits:
    """Everything that people do to a roster, a ledger and a rulebook, by the services where there are any."""

    def __init__(self, world, posts):
        self.world, self.posts, self.dice = world, posts, random.Random(11)
        self.at = AFTER
        self.made = Counter()
        self.module = ModuleFactory()
        self.kinds = [
            self.complete,
            self.void,
            self.revoke,
            self.exempt,
            self.end_exemption,
            self.extend,
            self.correct_term,
            self.duty,
            self.joiner,
            self.merge,
            self.part,
            self.agency_kind,
            self.place,
            self.rule,
            self.satisfies,
            self.membership,
            self.module_minutes,
        ]

    def make(self, count):
        done = 0
        while done < count:
            self.at += timedelta(minutes=7)
            edit = self.dice.choice(self.kinds)
            if edit() is not False:
                self.made[edit.__name__] += 1
                done += 1

    @property
    def post(self):
        return self.dice.choice(self.posts)

    def past(self):
        return ON - timedelta(days=self.dice.randint(0, 400))

    def complete(self):
        completion(self.post.employment.person, self.module, on=self.past(), at=self.at)

    def _standing(self):
        return self.dice.choice(list(Completion.objects.everywhere(reason=WHY).standing()) or [None])

    def void(self):
        found = self._standing()
        if found is None:
            return False
        ledger.void_completion(found, reason="Typed wrongly", by=BY, at=self.at)
        return True

    def revoke(self):
        found, on = self._standing(), self.past()
        if found is None:
            return False
        try:
            ledger.revoke_completion(found, effective_on=on, reason="Withdrawn", by=BY, at=self.at)
        except ledger.AlreadyRevoked:
            return False
        return True

    def exempt(self):
        pathways.exempt(post=self.post, module=self.module, starts_on=self.past(), by=BY, at=self.at)

    def end_exemption(self):
        rows = list(Exemption.objects.everywhere(reason=WHY).known_now().filter(ends_on=None))
        if not rows:
            return False
        row = self.dice.choice(rows)
        pathways.end_exemption(exemption=row, ends_on=row.starts_on + timedelta(days=9), by=BY, at=self.at)
        return True

    def extend(self):
        due_on = self.at.date() + timedelta(days=60)
        pathways.extend(post=self.post, module=self.module, due_on=due_on, by=BY, at=self.at)

    def correct_term(self):
        """What a roster correction does: the row is closed and written anew, here with another team, job or leave."""
        row = Term.objects.everywhere(reason=WHY).known_now().filter(post=self.post).first()
        Term.objects.everywhere(reason=WHY).filter(pk=row.pk).update(replaced_at=self.at)
        row.pk, row.recorded_at = None, self.at
        row.status = self.dice.choice(["active", "maternity"])
        row.role_group = RoleGroupFactory(code=self.dice.choice(["MIDWIFE", "OFFICE"]))
        row.team, _ = Team.objects.get_or_create(agency=self.world.agency, title=self.dice.choice("ABCD"))
        row.save(force_insert=True)

    def duty(self):
        post = self.post
        Duty.objects.everywhere(reason=WHY).filter(post=post, replaced_at=None).update(replaced_at=self.at)
        Duty.objects.create(
            post=post, designation=DesignationFactory(), starts_on=self.past(), recorded_at=self.at, recorded_by="test"
        )

    def joiner(self):
        term = TermFactory(
            post__employment__agency=self.world.agency,
            role_group__code="OFFICE",
            starts_on=self.past(),
            recorded_at=self.at,
        )
        self.posts.append(term.post)

    def merge(self):
        one, other = (self.post.employment.person for _ in range(2))
        try:
            merge_records(self.world.agency, one, other, evidence=["Same"], own=(), by=BY, at=self.at)
        except Exception as refusal:
            assert type(refusal).__module__.startswith("training.people")
            return False
        return True

    def part(self):
        rows = list(Sameness.objects.everywhere(reason=WHY).known_now())
        return bool(rows) and part_records(self.dice.choice(rows), by=BY, at=self.at) is not None

    def agency_kind(self):
        self.world.agency.refresh_from_db()
        kind = self.dice.choice(["police", "nhs_acute", "school"])
        set_agency_kind(agency=self.world.agency, kind=kind, by=BY, at=self.at)

    def place(self):
        workplace = Workplace.objects.get(agency=self.world.agency)
        locality = self.dice.choice([None, LocalityFactory(partnership=self.world.partnership)])
        set_localities(agency=self.world.agency, places={workplace: locality}, by=BY, at=self.at)

    def rule(self):
        row = self.dice.choice(list(RequirementVersion.objects.known_now()))
        RequirementVersion.objects.filter(pk=row.pk).update(replaced_at=self.at)
        row.pk, row.recorded_at = None, self.at
        row.validity_months, row.induction_days = self.dice.randint(6, 40), self.dice.randint(0, 90)
        row.save(force_insert=True)

    def satisfies(self):
        Satisfies.objects.filter(replaced_at=None).update(replaced_at=self.at)
        Satisfies.objects.create(
            lender=ModuleFactory(code="DA-D0"),
            borrower=self.module,
            starts_on=self.past(),
            recorded_at=self.at,
            recorded_by="test",
        )

    def membership(self):
        row = Membership.objects.known_now().get(agency=self.world.agency)
        Membership.objects.filter(pk=row.pk).update(replaced_at=self.at)
        row.pk, row.recorded_at, row.starts_on = None, self.at, self.past()
        row.save(force_insert=True)

    def module_minutes(self):
        """Not a fact that a figure hangs on unless a rule counts hours: it may change as it likes."""
        type(self.module).objects.filter(pk=self.module.pk).update(title=f"Title {self.dice.random()}")


def test_a_thousand_later_edits_leave_the_report_the_same_to_the_byte(world, crowd):
    before = the_report(world)
    coverage = coverage_facts(world.partnership, on=ON, known_at=KNOWN_AT)
    edits = Edits(world, list(crowd))
    edits.make(1000)
    assert len(edits.made) == len(edits.kinds) and min(edits.made.values()) > 10, edits.made
    assert the_report(world) == before
    after = coverage_facts(world.partnership, on=ON, known_at=KNOWN_AT)
    columns = ("post_id", "person_id", "role_group_id", "locality_id", "module_id", "tier_id", "is_valid", "exclusion")
    for name in columns:
        assert sorted(getattr(after, name).tolist()) == sorted(getattr(coverage, name).tolist()), name
    now = agency_report(world.agency, on=ON, known_at=AFTER + timedelta(days=30))
    assert as_csv(now) + as_json(now) != before


def test_the_report_adds_up_and_is_safe_in_a_spreadsheet(world, crowd):
    found = agency_report(world.agency, on=ON, known_at=KNOWN_AT)
    figures = dict(found.figures)
    whole = figures[Figure(Division.NONE)]
    for division in (Division.TEAM, Division.ROLE_GROUP):
        parts = [numbers for figure, numbers in figures.items() if figure.divided_by is division and not figure.module]
        assert sum(each.standings for each in parts) == whole.standings == sum(count for _, count in whole.states)
        assert sum(each.counted for each in parts) == whole.counted
        assert sum(each.valid for each in parts) == whole.valid
    assert whole.people == 40
    assert "'=B" in as_csv(found)
    assert as_csv(found).splitlines()[0].startswith(",".join(HEAD))
    assert len(json.loads(as_json(found))["figures"]) == len(found.figures)


def test_the_command_prints_the_report_and_refuses_what_has_not_settled(world, crowd):
    def told(**options):
        out = StringIO()
        call_command("report", agency="svh", stdout=out, **options)
        return out.getvalue()

    said = {"as_at": "2026-03-31", "known_at": "2026-04-04T13:00"}
    assert told(**said, format="json") + "" == as_json(agency_report(world.agency, on=ON, known_at=KNOWN_AT))
    assert told(**said) == as_csv(agency_report(world.agency, on=ON, known_at=KNOWN_AT))
    for bad in ({"known_at": timezone.now().isoformat()}, {"as_at": "yesterday"}, {"known_at": "then"}):
        with pytest.raises(SystemExit) as stop:
            told(**bad)
        assert stop.value.code == 2
    with pytest.raises(SystemExit):
        call_command("report", agency="nobody", stderr=StringIO())


def test_a_correction_shows_as_a_dated_restatement(world, amira, amira_post):
    rule = RequirementFactory(role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=rule)
    late = completion(amira, on=date(2026, 3, 1), at=KNOWN_AT + timedelta(days=3))
    ledger.void_completion(late, reason="Typed wrongly", by=BY, at=KNOWN_AT + timedelta(days=9))
    found = restatements(world.agency, on=ON, first_at=KNOWN_AT, known_at=KNOWN_AT + timedelta(days=30))
    whole = [each for each in found if each.figure == Figure(Division.NONE)]
    assert [(each.known_on, each.before.valid, each.after.valid, each.because) for each in whole] == [
        (date(2026, 4, 7), 0, 1, (("training recorded", 1),)),
        (date(2026, 4, 13), 1, 0, (("training taken back", 1),)),
    ]
    assert {each.figure.part for each in found if each.figure.divided_by is Division.ROLE_GROUP} == {"MIDWIFE"}
    assert restatements(world.agency, on=ON, first_at=KNOWN_AT, known_at=KNOWN_AT + timedelta(days=2)) == ()


def test_restatements_lead_from_the_first_report_to_the_last(world, crowd):
    first = dict(agency_report(world.agency, on=ON, known_at=KNOWN_AT).figures)
    edits = Edits(world, list(crowd))
    edits.make(60)
    until = edits.at + timedelta(days=1)
    for each in restatements(world.agency, on=ON, first_at=KNOWN_AT, known_at=until):
        assert first.get(each.figure) == each.before
        assert each.because
        if each.after is None:
            del first[each.figure]
        else:
            first[each.figure] = each.after
    assert first == dict(agency_report(world.agency, on=ON, known_at=until).figures)


def test_the_facts_behind_a_figure_are_for_those_who_may_see_them(world, amira, amira_post, bea, col, dot, access_for):
    rule = RequirementFactory(role_group=RoleGroupFactory(code="MIDWIFE"))
    RequirementVersionFactory(requirement=rule)
    done = completion(amira, on=date(2026, 3, 1))
    pathways.extend(
        post=amira_post, module=rule.module, due_on=date(2027, 1, 1), by=BY, at=KNOWN_AT - timedelta(days=1)
    )
    figure = Figure(Division.NONE, "", "severnshire", "DA-A1")
    asked = {"on": ON, "known_at": KNOWN_AT, "today": ON}
    (found,) = facts_behind(access_for(bea), world.agency, figure, **asked)
    assert (found.name, found.line.state, found.reasons) == (amira.name, State.IN_DATE, ("Midwife",))
    assert [(fact.what, fact.entry) for fact in found.facts] == [
        ("Held the post; role: Midwife", None),
        (f"Completion: {rule.module.code}", done.number),
        ("Due date moved to 01 January 2027", None),
    ]
    for nobody in (col, dot):
        assert facts_behind(access_for(nobody), world.agency, figure, **asked) == ()
    ledger.void_completion(done, reason="Typed wrongly", by=BY, at=AFTER)
    assert [
        fact.entry for it in facts_behind(access_for(bea), world.agency, figure, **asked) for fact in it.facts
    ].count(done.number) == 1
    now = asked | {"known_at": AFTER}
    assert [it.line.is_valid for it in facts_behind(access_for(bea), world.agency, figure, **now)] == [False]
    type(amira).objects.everywhere(reason=WHY).filter(pk=amira.pk).update(is_protected=True)
    assert [it.name for it in facts_behind(access_for(bea), world.agency, figure, **now)] == ["Name withheld"]
    assert Post.objects.within(world.agency).count() == 1
