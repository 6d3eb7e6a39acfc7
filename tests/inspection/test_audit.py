"""An auditor follows figures to their facts without names, for a time, and every page that is read is on record."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from tests.conftest import DAY, MOMENT
from tests.factories import RoleGrantFactory, UserFactory
from tests.inspection.conftest import CODE, SEPTEMBER
from training.access.actor import Actor
from training.audit import services as audit
from training.inspection.drawing import drawn
from training.inspection.errors import InspectionRefused
from training.inspection.models import SampledPost
from training.inspection.selectors.trace import traced
from training.inspection.services import samples as services
from training.ledger.services import NewCompletion, record_completion
from training.people.grants import GrantError, grant_role
from training.people.models import Employment, Person

BY = Actor.system("test")


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """It is the moment of the tests."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: MOMENT)


@pytest.fixture
def ada(world):
    """Audits the partnership, until the end of the month."""
    grant = {"role_code": "auditor", "partnership": world.partnership, "ends_on": DAY + timedelta(days=28)}
    return RoleGrantFactory(user__email="ada@audit.example", **grant).user


def draw(world, seed="march", **more):
    given = {"partnership": world.partnership, "seed": seed, "as_at": SEPTEMBER, "by": BY, "at": MOMENT}
    return services.draw_sample(**given | more)


def at(name: str, *more) -> str:
    return reverse(name, args=[CODE, *more])


def text(answer) -> str:
    assert answer.status_code in (200, 400)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.mark.parametrize("days", [None, 367])
def test_an_auditor_is_let_in_until_a_day_within_a_year(world, days):
    ends_on = DAY + timedelta(days=days) if days else None
    with pytest.raises(GrantError, match="at the latest"):
        grant_role(
            UserFactory(),
            "auditor",
            partnership=world.partnership,
            starts_on=DAY,
            ends_on=ends_on,
            by=BY,
            at=MOMENT,
        )


def test_the_same_seed_draws_the_same_people_once_each():
    rows = [(f"uid-{post}", post, post // 2) for post in range(200)]
    first = drawn(rows, "march", 25)
    assert drawn(reversed(rows), "march", 25) == first
    assert len({post // 2 for post in first}) == len(first) == 25
    assert drawn(rows, "april", 25) != first
    assert set(drawn(rows[:-1], "march", 25)) >= set(first) - {199}, "a row that goes moves none of the others"


def test_a_sample_holds_25_rows_of_the_rosters_and_nobody_who_is_protected(world):
    Person.objects.everywhere(reason="test").filter(pk__in=[each.pk for each in world.office]).update(is_protected=True)
    sample = draw(world)
    whose = SampledPost.objects.everywhere(reason="test").filter(sample=sample)
    people = set(whose.values_list("post__employment__person", flat=True))
    assert len(people) == 25
    assert people <= {each.pk for each in world.nurses + world.police + world.few}
    again = draw(world)
    assert (str(sample), again.number) == ("sample 1", 2)
    posts = [
        SampledPost.objects.everywhere(reason="test").filter(sample=each).values_list("post")
        for each in (sample, again)
    ]
    assert list(posts[0]) == list(posts[1])


def test_so_many_samples_a_year_are_the_most(world):
    for number in range(10):
        draw(world, f"seed-{number}")
    with pytest.raises(InspectionRefused, match="10 samples"):
        draw(world)
    assert services.drop_samples(at=MOMENT + timedelta(days=366)) == 10


def test_a_row_is_followed_from_the_roster_to_who_accepted_the_evidence(world, bea, ada, as_):
    nurse = world.nurses[-1]
    new = NewCompletion(
        person=nurse, module=world.module, completed_on=SEPTEMBER, method="evidence", idempotency_key="seen"
    )
    record_completion(new, by=Actor("user", str(bea.uid)), at=MOMENT)
    Person.objects.everywhere(reason="test").exclude(pk=nurse.pk).update(is_protected=True)
    sample = draw(world)
    (post,) = traced(sample)
    assert (post.reference, post.role_group, post.agency) == ("1-01", "Nurse", "Severn Vale Hospitals")
    (asked,) = post.asked
    assert asked.counted == "Required, in date"
    assert asked.whys[0][0] == "Nurse"
    assert [(each.method, each.accepted_by) for each in asked.evidence] == [("Evidence seen", "Agency HR")]
    page = text(as_(ada).get(at("audit-trace", sample.uid, 1)))
    assert "Required, in date." in page
    assert "Agency HR. At this agency" in page
    assert nurse.last_name not in page
    rows = as_(ada).get(at("audit-sample-file", sample.uid, "csv")).content.decode().splitlines()
    assert len(rows) == 2
    assert rows[1].startswith("1-01,Severn Vale Hospitals,Nurse,")


def test_who_is_protected_after_the_drawing_is_kept_back(world, bea, ada, as_):
    sample = draw(world)
    first = SampledPost.objects.everywhere(reason="test").filter(sample=sample).first()
    Person.objects.everywhere(reason="test").filter(employments__posts=first.post).update(is_protected=True)
    assert "Kept back since it was drawn" in text(as_(ada).get(at("audit-sample", sample.uid)))
    page = text(as_(ada).get(at("audit-trace", sample.uid, 1)))
    assert "Nothing of it is shown" in page
    assert "Agency" not in page.partition("1-01")[2].partition("Nothing of it")[0]
    rows = as_(ada).get(at("audit-sample-file", sample.uid, "csv")).content.decode().splitlines()
    assert re.fullmatch(r"1-01,kept back,+", rows[1])


def test_hr_can_tell_whose_a_reference_is_in_its_own_agency_alone(world, bea, as_):
    sample = draw(world)
    mine = SampledPost.objects.within(world.agency).filter(sample=sample)
    page = text(as_(bea).get(reverse("agency-audits", args=["SVH"])))
    refs = set(
        Employment.objects.within(world.agency).filter(posts__sampled__in=mine).values_list("employee_ref", flat=True)
    )
    assert {f"1-{each.number:02}" for each in mine} == set(re.findall(r"\b1-\d\d\b", page))
    assert refs and all(ref in page for ref in refs)


def test_every_page_an_auditor_opens_is_on_record_for_the_coordinator(world, kim, ada, as_):
    for name in ("audit", "audit-rules", "audit-files", "audit-changes", "audit-samples", "board"):
        assert as_(ada).get(at(name)).status_code == 200
    assert as_(ada).get(at("audits")).status_code == 403
    page = text(as_(kim).get(at("audits")))
    read = re.findall(r"/board/severnshire/([a-z/]*) GET (\d+)", page)
    assert read == [
        ("audits/", "403"),
        ("", "200"),
        *((f"audit/{name}/", "200") for name in ("samples", "changes", "files", "rules")),
        ("audit/", "200"),
    ]
    assert "ada@audit.example" in page
    assert as_(kim).get(at("audit")).status_code == 403


def test_an_auditor_draws_by_the_form_and_is_told_what_is_wrong_with_a_seed(world, ada, as_):
    assert "Give a seed of 4 to 40" in text(
        as_(ada).post(at("audit-samples"), {"seed": "no no", "as_at": "2026-09-30"})
    )
    page = as_(ada).post(at("audit-samples"), {"seed": "march-7", "as_at": "2026-09-30"}, follow=True)
    assert "drawn by the seed march-7" in text(page)
    assert text(page).count(" of 1 modules") == 25


def test_rules_files_and_changes_name_roles_and_nobody(world, bea, ada, as_):
    actor = Actor("user", str(bea.uid))
    audit.record("roster applied", by=actor, at=MOMENT, kind="roster_import", agency_code="SVH")
    audit.record("block set", by=actor, at=MOMENT, kind="person", agency_code="SVH")
    audit.record("agency added", by=actor, at=MOMENT, kind="agency", agency_code="ELSEWHERE")
    page = text(as_(ada).get(at("audit-changes")))
    assert "Roster applied Severn Vale Hospitals Agency HR" in page
    assert "Block" not in page
    assert "Agency added" not in page
    assert "The system" in text(as_(ada).get(at("audit-files")))
    rules = text(as_(ada).get(at("audit-rules") + "?as_at=2026-09-30"))
    assert "Rules as at 30 September 2026" in rules
    assert "DA-A1 Awareness Nurse Partnership" in rules
    assert as_(ada).get(at("audit-rules") + "?as_at=2026-09-29").status_code == 400
