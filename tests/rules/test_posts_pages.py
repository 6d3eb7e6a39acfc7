"""More time and exemptions, as the learner, the manager and HR meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.access.planting_rules import typed
from tests.factories import PersonFactory, RequirementVersionFactory, RoleGrantFactory, TermFactory, UserFactory
from tests.rules.test_pages import text
from training.access.clock import today
from training.audit.models import AuditEvent
from training.ledger.models import StandingStep
from training.ledger.rebuild import refresh_standings
from training.notices.models import Notice
from training.pathways.models import Exemption, Extension, ExtensionRequest, Trigger
from training.people.models import Post, Term
from training.rules.selectors import waiting

WISHED = today() + timedelta(days=60)


def requests():
    return list(ExtensionRequest.objects.everywhere(reason="test").values_list("state", "reason_code", "due_on"))


def extensions():
    return list(Extension.objects.everywhere(reason="test").values_list("post_id", "due_on"))


def exemptions():
    rows = Exemption.objects.everywhere(reason="test").known_now()
    return list(rows.values_list("post_id", "starts_on", "ends_on", "reason_code"))


@pytest.fixture
def page(rule, amira_post):
    """Where more time is asked for, with the standings worked out."""
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    return reverse("more-time", args=[rule.module.uid])


@pytest.fixture
def asked(rule, amira, as_, page):
    """Amira has asked for more time."""
    as_(amira.user).post(page, typed("wished_on", WISHED) | {"reason_code": "no_time"})
    return ExtensionRequest.objects.everywhere(reason="test").get()


@pytest.fixture
def boss(world, amira_post):
    """Amira's line manager."""
    person = PersonFactory(first_name="Lena", last_name="Manager", user=UserFactory(email="lena@svh.example"))
    held = TermFactory(post__employment__agency=world.agency, post__employment__person=person).post
    Term.objects.within(world.agency).filter(post=amira_post).update(manager=held)
    return person


def test_a_learner_asks_and_hr_agrees_to_another_day(asked, world, amira_post, bea, as_, page, access_for):
    assert waiting(world.agency, access_for(bea)) == 1
    client, day = as_(bea), today() + timedelta(days=30)
    address = reverse("extension-request", args=["SVH", asked.uid])
    assert "No time was released for it" in text(client.get(address))
    client.post(address, typed("due_on", day) | {"do": "agree"})
    assert requests() == [("agreed", "", day)]
    assert extensions() == [(amira_post.pk, day)]
    assert waiting(world.agency, access_for(bea)) == 0
    assert client.get(address).status_code == 404, "what is decided is not decided again"


def test_the_learner_sees_the_decision_and_is_told_that_there_is_one(asked, amira, bea, as_, page):
    as_(bea).post(reverse("extension-request", args=["SVH", asked.uid]), {"do": "decline"})
    assert requests() == [("declined", "", None)]
    assert "by you" in text(as_(amira.user).get(page)) and "declined" in text(as_(amira.user).get(page))
    mail = Notice.objects.everywhere(reason="test").get()
    assert (mail.address, mail.subject) == (amira.user.email, "Learning")
    assert "declined" not in mail.body and "DA-A1" not in mail.body


def test_a_request_is_taken_back(asked, amira, as_, page):
    as_(amira.user).post(page, {"do": "withdraw"})
    assert requests() == [("withdrawn", "", None)]


def test_asking_needs_no_reason(rule, amira, as_, page):
    form = as_(amira.user).get(page).context["form"]
    assert form["reason_code"].value() == "not_said"


def test_a_day_in_the_past_is_refused_in_words(rule, amira, as_, page):
    answer = as_(amira.user).post(page, typed("wished_on", today()) | {"reason_code": "not_said"})
    assert "The day must lie in the future." in text(answer)
    assert requests() == []


def test_a_module_that_is_not_asked_of_one_is_not_there(rule, b1, amira, as_):
    assert as_(amira.user).get(reverse("more-time", args=[b1.uid])).status_code == 404


def test_the_neighbours_hr_cannot_decide(asked, dot, as_):
    client = as_(dot)
    for agency in ("SVH", "SVP"):
        assert client.post(reverse("extension-request", args=[agency, asked.uid]), {"do": "decline"}).status_code == 404
    assert requests() == [("waiting", "no_time", None)]


def test_a_line_manager_asks_and_gives_no_reason(rule, boss, amira_post, as_, day):
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    client = as_(boss.user)
    address = reverse("team-more-time", args=[amira_post.pk, rule.module_id])
    assert client.get(address).status_code == 200
    client.post(address, typed("wished_on", WISHED))
    row = ExtensionRequest.objects.everywhere(reason="test").get()
    assert (row.state, row.reason_code, row.is_asked_by_manager) == ("waiting", "not_said", True)


def test_a_line_manager_does_not_learn_that_somebody_has_asked(asked, boss, rule, amira_post, as_):
    address = reverse("team-more-time", args=[amira_post.pk, rule.module_id])
    answer = as_(boss.user).post(address, typed("wished_on", WISHED), follow=True)
    assert "Your HR team will decide" in text(answer)
    assert requests() == [("waiting", "no_time", None)]


def test_somebody_elses_people_are_not_there_for_a_manager(rule, boss, world, as_):
    other = TermFactory(post__employment__agency=world.agency, role_group=rule.role_group).post
    refresh_standings([other.pk], at=other.recorded_at)
    assert as_(boss.user).get(reverse("team-more-time", args=[other.pk, rule.module_id])).status_code == 404


def several(client, rule, posts, **said):
    address = f"{reverse('agree', args=['SVH'])}?module={rule.module_id}"
    plain = {"do": "extend", "reason_code": "", **typed("until", WISHED)}
    return client.post(address, plain | {"post": [str(post.uid) for post in posts]} | said)


def test_hr_moves_the_dates_of_several_people(rule, midwives, world, bea, as_):
    posts = midwives(world.agency, 3)
    refresh_standings([post.pk for post in posts], at=posts[0].recorded_at)
    assert several(as_(bea), rule, posts).status_code == 302
    assert extensions() == [(post.pk, WISHED) for post in posts]


def test_hr_excuses_several_people_on_a_ground(rule, midwives, world, bea, as_):
    posts = midwives(world.agency, 2)
    refresh_standings([post.pk for post in posts], at=posts[0].recorded_at)
    refused = several(as_(bea), rule, posts, do="exempt")
    assert "Choose a ground" in text(refused)
    assert several(as_(bea), rule, posts, do="exempt", reason_code="not_in_role").status_code == 302
    assert exemptions() == [(post.pk, today(), WISHED, "not_in_role") for post in posts]


def test_one_post_of_a_neighbour_refuses_all(rule, midwives, world, bea, as_):
    posts = midwives(world.agency, 2)
    refresh_standings([post.pk for post in posts], at=posts[0].recorded_at)
    answer = several(as_(bea), rule, [*posts, *midwives(world.neighbour, 1)])
    assert answer.status_code == 404
    assert extensions() == []


def test_hr_agrees_nothing_with_themselves(asked, rule, amira, amira_post, midwives, world, as_):
    RoleGrantFactory(user=amira.user, role_code="agency_hr", agency=world.agency)
    client = as_(amira.user)
    assert "Amira" not in str(client.get(reverse("agreements", args=["SVH"])).context["waiting"])
    address = reverse("extension-request", args=["SVH", asked.uid])
    assert client.post(address, typed("due_on", WISHED) | {"do": "agree"}).status_code == 404
    posts = [amira_post, *midwives(world.agency, 1)]
    refresh_standings([post.pk for post in posts], at=posts[0].recorded_at)
    for said in ({}, {"do": "exempt", "reason_code": "not_in_role"}):
        assert "One of these posts is your own" in text(several(client, rule, posts, **said))
    shown = client.get(f"{reverse('agree', args=['SVH'])}?module={rule.module_id}").context["rows"]
    assert [row.uid for row in shown] == [posts[1].uid]
    assert (extensions(), exemptions()) == ([], [])
    assert requests() == [("waiting", "no_time", None)]


def test_hr_does_not_lengthen_what_excuses_them(rule, amira, amira_post, world, bea, as_):
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    several(as_(bea), rule, [amira_post], do="exempt", reason_code="agreed")
    row = Exemption.objects.everywhere(reason="test").known_now().get()
    RoleGrantFactory(user=amira.user, role_code="agency_hr", agency=world.agency)
    later = typed("ends_on", WISHED + timedelta(days=365))
    assert as_(amira.user).post(reverse("exemption-end", args=["SVH", row.pk]), later).status_code == 404
    assert exemptions() == [(amira_post.pk, today(), WISHED, "agreed")]


def test_nobody_ticked_is_said(rule, amira, amira_post, bea, as_):
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    assert "Choose at least one person." in text(several(as_(bea), rule, []))


@pytest.fixture
def triggered(b1, rule):
    """Midwives do DA-B1 after an event."""
    row = RequirementVersionFactory(
        requirement__module=b1,
        requirement__role_group=rule.role_group,
        kind="triggered",
        validity_months=None,
        induction_days=60,
    )
    return row.requirement


def something_happened(client, triggered, posts):
    said = typed("happened_on", today()) | {"event": "panel", "days_to_complete": "14"}
    address = reverse("agency-rule-event", args=["SVH", triggered.uid])
    return client.post(address, said | {"post": [str(post.uid) for post in posts]})


def test_an_event_starts_the_clock_for_those_it_names(triggered, midwives, world, bea, as_):
    posts = midwives(world.agency, 3)
    client = as_(bea)
    page = text(client.get(reverse("agency-rule", args=["SVH", triggered.uid])))
    assert "Something happened" in page
    assert "60 days after the event" in page
    asked = client.get(reverse("agency-rule-event", args=["SVH", triggered.uid])).content.decode()
    assert 'name="days_to_complete" value="60"' in asked
    assert something_happened(client, triggered, posts[:2]).status_code == 302
    refresh_standings([post.pk for post in posts], at=posts[0].recorded_at)
    asked = StandingStep.objects.within(world.agency).current_on(today()).filter(module=triggered.module)
    due = today() + timedelta(days=14)
    assert list(asked.order_by("post").values_list("post", "due_on")) == [(post.pk, due) for post in posts[:2]]


def test_an_event_that_names_a_neighbour_is_refused_whole(triggered, midwives, world, bea, as_):
    posts = [*midwives(world.agency, 1), *midwives(world.neighbour, 1)]
    assert something_happened(as_(bea), triggered, posts).status_code == 404
    assert Trigger.objects.everywhere(reason="test").count() == 0


def test_an_exemption_is_ended(rule, amira_post, bea, as_):
    refresh_standings([amira_post.pk], at=amira_post.recorded_at)
    client = as_(bea)
    several(client, rule, [amira_post], do="exempt", reason_code="agreed")
    row = Exemption.objects.everywhere(reason="test").known_now().get()
    assert "Amira Learner" in text(client.get(reverse("agreements", args=["SVH"])))
    client.post(reverse("exemption-end", args=["SVH", row.pk]), typed("ends_on", today()))
    assert exemptions() == [(amira_post.pk, today(), today(), "agreed")]
    assert Exemption.objects.everywhere(reason="test").count() == 2, "what stood stays on record"


def test_a_look_at_names_goes_on_record(asked, bea, as_):
    as_(bea).get(reverse("agreements", args=["SVH"]))
    assert AuditEvent.objects.filter(verb="agreements read", agency_code="SVH").count() == 1


def test_who_is_protected_is_not_named(asked, amira, bea, as_):
    amira.is_protected = True
    amira.save()
    seen = text(as_(bea).get(reverse("agreements", args=["SVH"])))
    assert "Name withheld" in seen
    assert "Amira" not in seen
    assert Post.objects.everywhere(reason="test").count() == 1
