"""What was accepted by a passport goes when the training that it rests on is withdrawn where it was recorded."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from certificates.services import issue
from tests.conftest import _staff
from tests.evidence.conftest import BY
from tests.factories import UserFactory, completion
from training.evidence.errors import EvidenceError
from training.evidence.models import Evidence
from training.evidence.passport import TAKEN, Shown, take_passport
from training.evidence.withdrawn import REASON, follow_withdrawals
from training.ledger.models import Completion, Entry, Method
from training.ledger.services import revoke_completion, void_completion
from training.notices.models import Notice


@pytest.fixture
def learnt(amira, module):
    """What Amira learnt elsewhere."""
    return completion(amira, module)


@pytest.fixture
def take(world, staff, moment):
    """Accepts an entry for employee 1, or for another."""

    def take(entry, ref="1", title=None):
        shown = Shown(title or entry.module_title, "", entry.completed_on, None, entry.pk)
        said = {"shown_of": entry.person, "as_other": True, "by": BY, "at": moment}
        return take_passport(world.agency, staff[ref], [shown], **said)

    return take


def accepted(person) -> Completion:
    return Completion.objects.everywhere(reason="test").get(person=person)


def sequels(entry) -> list[tuple]:
    rows = Entry.objects.everywhere(reason="test").filter(target=entry).order_by("number")
    return list(rows.values_list("kind", "effective_on", "reason"))


def test_what_never_happened_there_never_happened_here(take, learnt, staff, moment):
    take(learnt)
    assert follow_withdrawals(moment) == 0
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    assert follow_withdrawals(moment) == 1
    assert sequels(accepted(staff["1"])) == [("void", None, REASON)]
    assert follow_withdrawals(moment) == 0


def test_what_stops_counting_there_stops_on_the_same_day(take, learnt, staff, moment):
    take(learnt)
    revoke_completion(learnt, effective_on=date(2026, 10, 9), reason="Stops", by=BY, at=moment)
    assert follow_withdrawals(moment) == 1
    assert sequels(accepted(staff["1"])) == [("revocation", date(2026, 10, 9), REASON)]
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    assert [follow_withdrawals(moment), follow_withdrawals(moment)] == [1, 0]
    assert sequels(accepted(staff["1"]))[1] == ("void", None, REASON)


def test_what_waits_is_declined_with_the_reason(take, learnt, moment):
    assert take(learnt, title="A title that nothing knows").waiting == 1
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    follow_withdrawals(moment)
    evidence = Evidence.objects.everywhere(reason="test").get()
    assert (evidence.state, evidence.said) == ("declined", REASON)


def test_it_goes_on_to_what_rests_on_that_in_turn(take, learnt, staff, world, moment):
    take(learnt)
    second = accepted(staff["1"])
    theirs = _staff(world.neighbour, "Amy", "Other", "POLICE_RESPONSE")
    shown = Shown(second.module_title, "", second.completed_on, None, second.pk)
    take_passport(world.neighbour, theirs, [shown], shown_of=second.person, as_other=True, by=BY, at=moment)
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    assert [follow_withdrawals(moment) for _ in range(3)] == [1, 1, 0]
    assert sequels(accepted(theirs)) == [("void", None, REASON)]


def test_what_hr_has_withdrawn_itself_is_let_be(take, learnt, staff, moment):
    take(learnt)
    void_completion(accepted(staff["1"]), reason="Wrong person", by=BY, at=moment)
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    assert follow_withdrawals(moment) == 0


def test_a_certificate_of_what_was_accepted_is_no_second_training(take, learnt, staff):
    take(learnt)
    with pytest.raises(EvidenceError, match=TAKEN):
        take(accepted(staff["1"]), "2")


def test_hr_and_whose_it_is_are_told(client, bea, take, learnt, staff, world, moment):
    staff["1"].user = UserFactory()
    staff["1"].save()
    take(learnt)
    void_completion(learnt, reason="Not done", by=BY, at=moment)
    follow_withdrawals(timezone.now())
    assert Notice.objects.everywhere(reason="test").filter(user=staff["1"].user).count() == 2
    client.force_login(bea)
    page = client.get(reverse("evidence", args=[world.agency.code])).content.decode()
    assert "withdrawn since where it was learnt" in page and learnt.module_title in page


def test_its_certificate_says_what_was_seen_and_who_taught_it(take, learnt, staff, module, moment):
    take(learnt)
    words = issue(accepted(staff["1"]), at=moment).words
    assert (words.method, words.provider) == ("Certificate seen", module.pathway.partnership.title)


def test_its_certificate_does_not_guess_who_taught_what_an_agency_recorded(take, amira, staff, module, moment):
    take(completion(amira, module, method="import"))
    assert issue(accepted(staff["1"]), at=moment).words.provider == ""


@pytest.mark.parametrize("words", ["entry:no entry", "entry:{uid}"])
def test_words_that_an_agency_sent_name_nothing_that_it_rests_on(learnt, staff, module, words, moment):
    sent = completion(staff["1"], module, method="import", source=words.format(uid=learnt.uid))
    words = issue(sent, at=moment).words
    assert (words.method, words.provider) == (Method.IMPORT.label, "")


def test_the_day_of_what_was_accepted_is_not_for_hr_to_change(client, bea, take, learnt, staff, world, moment):
    """Else it would rest on nothing, and stay when what was shown is withdrawn."""
    take(learnt)
    mine = accepted(staff["1"])
    client.force_login(bea)
    page = reverse("agency-wrong", args=[world.agency.code, staff["1"].uid, mine.uid])
    said = {"wrong": "day", "right_day_day": "1", "right_day_month": "3", "right_day_year": "2026"}
    shown = client.post(page, said | {"do": "correct"})
    assert shown.status_code == 200 and "right_day" not in shown.content.decode()
    assert sequels(mine) == []
