"""The pages: upload, look, apply, undo; decide; the register in steps; the learner's own; the file to take away."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.evidence.conftest import BY, recorded, waiting
from tests.evidence.files import csv_file, done
from tests.evidence.test_evidence import PDF
from tests.factories import RoleGrantFactory, TermFactory, completion
from training.access.clock import today
from training.audit.models import AuditEvent
from training.evidence.models import CompletionImport, Evidence, EvidenceFile, RegisterProposal, SetAside
from training.evidence.register import Terms, propose
from training.evidence.selectors import title_groups
from training.evidence.selectors import waiting as queue_length
from training.evidence.services import Given, give_evidence
from training.pathways.models import Equivalence
from training.people.models import Employment, Person, Term

OUTSIDE = {"course_code": "", "external_title": "Asking well", "provider": "Sea Training"}


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    """Where files are kept."""
    settings.EVIDENCE_ROOT = tmp_path


@pytest.fixture
def hr(client, bea, staff, module):
    """Bea, who leads the hospital's HR, at her browser."""
    client.force_login(bea)
    return client


@pytest.fixture
def eve(client, world, module):
    """The partnership's coordinator, at her browser."""
    grant = RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership)
    client.force_login(grant.user)
    return client


def text_of(response) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def day_of(name: str, day: date) -> dict[str, str]:
    """A day as its three boxes."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def upload(hr, file, **more):
    """Bea uploads a file; answers with the page it leads to."""
    file.name = "completions.csv"
    return hr.post(reverse("completions", args=["SVH"]), {"file": file, "mode": "history"} | more, follow=True)


def test_a_file_is_looked_at_applied_and_undone(hr):
    page = text_of(upload(hr, csv_file(done(), done(employee_ref="9"), done(completed_on="soon"))))
    assert "What this file would record" in page
    assert "nobody on your roster has this employee reference" in page
    assert "completed_on &#x27;soon&#x27; is not a date" in page
    assert recorded() == []
    uid = CompletionImport.objects.get().uid
    for _ in range(2):
        page = text_of(hr.post(reverse("completions-apply", args=["SVH", uid]), follow=True))
    assert "Receipt" in page
    assert (len(recorded()), len(waiting())) == (1, 1)
    page = text_of(hr.post(reverse("completions-undo", args=["SVH", uid]), follow=True))
    assert "Undone" in page
    assert (recorded(), waiting()) == ([], [])


def test_a_file_that_names_nobody_asks_for_the_person(hr):
    file = io.BytesIO(b"Competency Name,Date Last Awarded,Last Updated By\nAsking,02-Mar-2026,1\n")
    assert "does not say whose training it is" in text_of(upload(hr, file))
    file.seek(0)
    assert "What this file would record" in text_of(upload(hr, file, person="1"))


def test_the_queue_says_what_waits_and_a_title_is_set_aside(hr, world, access_for, bea):
    page = text_of(hr.get(reverse("evidence", args=["SVH"])))
    assert "Nothing waits for you" in page
    upload(hr, csv_file(done(**OUTSIDE), done(employee_ref="2", **OUTSIDE), done(employee_ref="9")))
    hr.post(reverse("completions-apply", args=["SVH", CompletionImport.objects.get().uid]))
    assert queue_length(world.agency, access_for(bea)) == 2
    page = text_of(hr.get(reverse("evidence", args=["SVH"])))
    assert "Asking well Sea Training 2" in page
    title = reverse("evidence-title", args=["SVH", title_groups(world.agency)[0].address])
    assert "sking" not in title
    assert "2 rows" in text_of(hr.get(title))
    proposing = hr.get(reverse("agency-register", args=["SVH"]), {"title": title_groups(world.agency)[0].address})
    assert 'value="Asking well"' in proposing.content.decode()
    hr.post(title)
    assert "Nothing waits under this title" in text_of(hr.get(title, follow=True))
    assert queue_length(world.agency, access_for(bea)) == 1
    hr.post(reverse("evidence-back", args=["SVH", SetAside.objects.get().pk]))
    assert queue_length(world.agency, access_for(bea)) == 2


def test_a_learner_gives_in_a_certificate_and_hr_accepts_it(client, amira, bea, module):
    client.force_login(amira.user)
    file = io.BytesIO(PDF)
    file.name = "my-secret.pdf"
    given = {
        "title": "Asking well",
        "provider": "Sea",
        "reference": "",
        "file": file,
        **day_of("completed_on", date(2026, 3, 2)),
    }
    page = text_of(client.post(reverse("elsewhere"), given, follow=True))
    assert "Your HR has it now" in page
    evidence = Evidence.objects.everywhere(reason="test").get()
    kept = EvidenceFile.objects.everywhere(reason="test").get()
    mine = client.get(reverse("elsewhere-file", args=[evidence.uid, kept.uid]))
    assert b"".join(mine.streaming_content) == PDF
    client.force_login(bea)
    served = client.get(reverse("evidence-file", args=["SVH", evidence.uid, kept.uid]))
    assert served["Content-Disposition"] == f'attachment; filename="learning-{kept.uid.hex[:8]}.pdf"'
    assert (served["X-Content-Type-Options"], served["Content-Type"]) == ("nosniff", "application/pdf")
    assert "secret" not in text_of(client.get(reverse("evidence-decide", args=["SVH", evidence.uid])))
    decision = {"decision": "accept", "module": str(module.pk)}
    client.post(reverse("evidence-decide", args=["SVH", evidence.uid]), decision)
    assert [row[3] for row in recorded()] == ["evidence"]
    client.force_login(amira.user)
    assert f"Accepted: counts as {module.title}" in text_of(client.get(reverse("elsewhere")))


def test_hr_does_not_decide_about_what_they_gave_in_themselves(client, amira, world, module):
    RoleGrantFactory(user=amira.user, role_code="agency_hr", agency=world.agency)
    client.force_login(amira.user)
    client.post(reverse("elsewhere"), {"title": "I did it", **day_of("completed_on", date(2026, 3, 2))})
    mine = Evidence.objects.everywhere(reason="test").get()
    page = text_of(client.get(reverse("evidence", args=["SVH"])))
    assert "Another person with the HR role" in page
    assert "I did it" not in page
    decision = {"decision": "accept", "module": str(module.pk)}
    assert client.post(reverse("evidence-decide", args=["SVH", mine.uid]), decision).status_code == 404
    assert recorded() == []


def test_hr_does_not_say_that_somebodys_row_is_theirs(client, amira, world, load, module):
    RoleGrantFactory(user=amira.user, role_code="agency_hr", agency=world.agency)
    client.force_login(amira.user)
    load(csv_file(done(employee_ref="9")))
    row = Evidence.objects.everywhere(reason="test").get()
    own = Employment.objects.within(world.agency).get(person=amira).employee_ref
    decision = {"decision": "accept", "module": str(module.pk), "employee_ref": own}
    page = text_of(client.post(reverse("evidence-decide", args=["SVH", row.uid]), decision))
    assert "That is your own reference." in page
    assert recorded() == []


def test_what_was_taken_back_has_no_page(client, amira, world, module):
    client.force_login(amira.user)
    client.post(reverse("elsewhere"), {"title": "Asking well", **day_of("completed_on", date(2026, 3, 2))})
    one = reverse("elsewhere-one", args=[Evidence.objects.everywhere(reason="test").get().uid])
    client.post(one, {"do": "withdraw"})
    assert client.get(one).url == reverse("elsewhere")


def test_a_file_that_is_too_large_is_told_what_would_help_it(hr, settings):
    settings.ROSTER_MAX_BYTES = 1_000
    page = text_of(upload(hr, io.BytesIO(b"a,b\n" * 1_000)))
    assert "Send it in parts." in page
    assert "pictures" not in page
    assert "Leave out pictures and other sheets." in text_of(upload(hr, io.BytesIO(b"PK" * 1_000)))


def test_hr_asks_and_the_learner_answers_or_takes_it_back(client, amira, bea, module):
    client.force_login(amira.user)
    client.post(reverse("elsewhere"), {"title": "Asking well", **day_of("completed_on", date(2026, 3, 2))})
    evidence = Evidence.objects.everywhere(reason="test").get()
    client.force_login(bea)
    decide = reverse("evidence-decide", args=["SVH", evidence.uid])
    assert "Say why: the learner reads it" in text_of(client.post(decide, {"decision": "ask"}))
    client.post(decide, {"decision": "ask", "said": "Who gave it?"})
    client.force_login(amira.user)
    one = reverse("elsewhere-one", args=[evidence.uid])
    assert "Who gave it?" in text_of(client.get(one))
    bad = io.BytesIO(b"<html>")
    bad.name = "x.pdf"
    assert "not a PDF, a JPEG or a PNG" in text_of(client.post(one, {"file": bad}))
    good = io.BytesIO(PDF)
    good.name = "x.pdf"
    client.post(one, {"file": good})
    evidence.refresh_from_db()
    assert evidence.state == "waiting"
    client.post(one, {"do": "withdraw"})
    evidence.refresh_from_db()
    assert evidence.state == "withdrawn"


def test_evidence_of_others_is_not_there(client, amira, dot, staff, module, world):
    client.force_login(amira.user)
    client.post(reverse("elsewhere"), {"title": "Asking well", **day_of("completed_on", date(2026, 3, 2))})
    evidence = Evidence.objects.everywhere(reason="test").get()
    client.force_login(dot)
    for code in ("SVH", "SVP"):
        assert client.get(reverse("evidence-decide", args=[code, evidence.uid])).status_code == 404


def test_somebody_without_a_post_is_told_so(client, amira, amira_post, module):
    Term.objects.everywhere(reason="test").filter(post=amira_post).update(ends_on=date(2025, 1, 1))
    client.force_login(amira.user)
    assert "You hold no post at the moment" in text_of(client.get(reverse("elsewhere")))


def test_the_register_shows_whom_an_entry_touches_before_it_is_saved(eve, client, bea, staff, module, world):
    client.force_login(bea)
    rows = [done(employee_ref=ref, completed_on=f"2026-03-0{day}", **OUTSIDE) for day in (1, 2, 3) for ref in "12"]
    upload(client, csv_file(*rows))
    client.post(reverse("completions-apply", args=["SVH", CompletionImport.objects.get().uid]))
    propose(world.agency, Terms(module, "Asking well", "Sea Training"), by=BY, at=timezone.now())
    proposal = RegisterProposal.objects.get()
    grant = RoleGrantFactory(role_code="partnership_coordinator", partnership=world.partnership)
    client.force_login(grant.user)
    new = reverse("register-new", args=["severnshire"])
    assert "Asking well" in text_of(client.get(reverse("register", args=["severnshire"])))
    assert "Proposed by Severn Vale Hospitals" in text_of(client.get(new, {"proposal": proposal.uid}))
    entry = {
        "proposal": proposal.uid,
        "external_title": "Asking well",
        "provider": "Sea Training",
        "module": str(module.pk),
        "maximum_age_months": "",
        "evidence": "Its syllabus",
        "accepted_by": "Training group",
        **day_of("starts_on", today()),
    }
    answer = client.post(new, entry)
    entry["shown"] = re.search(r'name="shown" value="(\w+)"', answer.content.decode())[1]
    looked = text_of(answer)
    assert "It touches fewer than five people ." in looked
    assert "Severn Vale Hospitals" not in looked
    (kept,) = AuditEvent.objects.filter(verb="equivalence previewed", partnership_code="severnshire")
    assert (kept.actor, kept.object_uid, kept.detail) == (f"user:{grant.user.uid}", "DA-A1", {})
    assert staff["1"].last_name not in looked
    stale = text_of(client.post(new, entry | {"confirm": "yes", "shown": "0" * 64}))
    assert "Something has changed since you looked, so nothing was saved." in stale
    assert not Equivalence.objects.exists()
    for _ in range(2):
        client.post(new, entry | {"confirm": "yes"})
    assert (Equivalence.objects.count(), len(recorded())) == (1, 6)
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
    saved = Equivalence.objects.get()
    page = reverse("register-entry", args=["severnshire", saved.pk])
    assert "Recorded for Fewer than five people" in text_of(client.get(page))
    client.post(page, {"do": "end", **day_of("ends_on", today())})
    assert Equivalence.objects.known_now().get().ends_on == today()


def test_hr_proposes_and_sees_its_own_alone_by_name(hr, staff, module, world):
    upload(hr, csv_file(done(**OUTSIDE)))
    hr.post(reverse("completions-apply", args=["SVH", CompletionImport.objects.get().uid]))
    address = reverse("agency-register", args=["SVH"])
    asked = {"external_title": "Asking well", "provider": "Sea Training", "module": str(module.pk), "evidence": ""}
    person = TermFactory(post__employment__agency=world.neighbour).post.employment.person
    given = Given("Asking well", "Sea Training", date(2026, 3, 2))
    give_evidence(person, world.neighbour, given, [], by=BY, at=timezone.now())
    Evidence.objects.everywhere(reason="test").update(origin="file")
    looked = text_of(hr.post(address, asked))
    assert staff["1"].name in looked
    assert world.neighbour.title not in looked
    assert "fewer than five" not in looked
    assert AuditEvent.objects.filter(verb="equivalence previewed", agency_code="SVH").count() == 1
    assert "Recorded, and counts" in looked
    assert not RegisterProposal.objects.exists()
    hr.post(address, asked | {"confirm": "yes"})
    assert "For DA-A1: waiting for the partnership" in text_of(hr.get(address))


def test_a_proposal_is_declined_with_a_reason(eve, world, module):
    proposal = propose(world.agency, Terms(module, "Asking well"), by=BY, at=timezone.now())
    address = reverse("register-decline", args=["severnshire", proposal.uid])
    assert "enter an answer" in text_of(eve.post(address, {"said": ""}))
    eve.post(address, {"said": "Too short"})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.said) == ("declined", "Too short")


def test_the_file_for_hr_has_competence_text_and_comes_back_without_change(hr, staff, module, world):
    module.title = "Ask and Respond"
    module.save()
    completion(staff["1"], module, on=date(2026, 3, 2), evidence="=1+1", agency=world.agency)
    completion(staff["1"], module, on=date(2025, 3, 2), evidence="canary", agency=world.neighbour)
    answer = hr.get(reverse("completions-csv", args=["SVH"]), {"competence": "457"})
    content = b"".join(answer.streaming_content).decode()
    assert content.startswith("\ufeff")
    content = content.removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(content)))
    assert [(row["agency_code"], row["employee_ref"], row["course_code"], row["completed_on"]) for row in rows] == [
        ("SVH", "1", "DA-A1", "2026-03-02"),
        ("SVH", "1", "DA-A1", "2025-03-02"),
    ]
    assert {row["competence"] for row in rows} == {"457|LOCAL|Ask and Respond - 3 Years|"}
    assert [(row["expires_on"], row["evidence_ref"]) for row in rows] == [("2029-03-02", "'=1+1"), ("", "")]
    assert "There is nothing to record" in text_of(upload(hr, io.BytesIO(content.encode())))
    assert CompletionImport.objects.get().counts["unchanged"] == 2
    only = hr.get(reverse("completions-csv", args=["SVH"]), day_of("since", date(2026, 1, 1)))
    assert b"".join(only.streaming_content).count(b"DA-A1") == 1
    assert hr.get(reverse("completions-xlsx", args=["SVH"])).content[:2] == b"PK"


def test_a_strange_prefix_downloads_nothing(hr):
    answer = hr.get(reverse("completions-csv", args=["SVH"]), {"competence": "4|7"}, follow=True)
    assert "Nothing was downloaded. Use letters and figures alone." in text_of(answer)


def test_a_withheld_name_stands_beside_no_reference(hr, staff, module, world):
    """On no page and in no file: the reference alone would tell HR's colleagues who it is."""
    type(staff["1"]).objects.everywhere(reason="test").filter(pk=staff["1"].pk).update(is_protected=True)
    employments = Employment.objects.within(world.agency)
    employments.filter(person=staff["1"]).update(employee_ref="REF-88")
    upload(hr, csv_file(done(employee_ref="REF-88"), done(employee_ref="REF-88", **OUTSIDE)))
    kept = CompletionImport.objects.get()
    pages = [hr.get(reverse("completions-import", args=["SVH", kept.uid]))]
    hr.post(reverse("completions-apply", args=["SVH", kept.uid]))
    given = Given("Another", "", date(2026, 3, 2))
    give_evidence(
        Person.objects.within(world.agency).get(pk=staff["1"].pk), world.agency, given, [], by=BY, at=timezone.now()
    )
    pages += [
        hr.get(reverse("evidence", args=["SVH"])),
        hr.get(reverse("evidence-title", args=["SVH", title_groups(world.agency)[0].address])),
    ]
    asked = {"external_title": "Asking well", "provider": "Sea Training", "module": str(module.pk), "evidence": ""}
    pages.append(hr.post(reverse("agency-register", args=["SVH"]), asked))
    for evidence in Evidence.objects.within(world.agency).waiting():
        pages.append(hr.get(reverse("evidence-decide", args=["SVH", evidence.uid])))
    assert len(pages) == 6
    for page in pages:
        assert "Name withheld" in text_of(page)
        assert "REF-88" not in page.content.decode()
    content = b"".join(hr.get(reverse("completions-csv", args=["SVH"])).streaming_content).decode()
    assert "DA-A1" in content
    assert "REF-88" not in content
