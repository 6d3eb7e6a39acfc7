"""Three agencies, two of them in one partnership, in which everything about anybody carries a canary of its own."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from wagtail.documents import get_document_model

from certificates.badges import status
from certificates.models import PrintedName
from certificates.passport.services import make_share
from certificates.services import issue
from champions import terms
from champions.models import Block, Champion
from champions.offers import Listing
from champions.services.listing import opt_in
from champions.services.network import nominate, record_agreement
from champions.services.requests import ask, block, reply
from courses.content.keeping import Reflection
from courses.content.schema import Course
from courses.keeping.notes import write_note
from courses.models import Answer, Attempt, CoursePage, Note, ShownFile
from courses.services.final import begin_try
from courses.services.loading import load_course
from courses.services.progress import open_lesson, start_attempt
from tests.access.planting_boards import pack_bodies, plant_packs
from tests.access.planting_elsewhere import bodies_elsewhere, plant_elsewhere
from tests.access.planting_figures import figure_bodies, plant_figure
from tests.access.planting_inspection import inspection_bodies, plant_inspection
from tests.access.planting_network import network_bodies, plant_enquiry, plant_life, plant_network, plant_noticeboard
from tests.access.planting_pledges import plant_pledges, pledge_bodies
from tests.access.planting_returns import plant_returns, return_bodies
from tests.access.planting_rules import planted_rules, rule_bodies
from tests.access.planting_site import plant_site
from tests.access.planting_strategies import plant_strategy, strategy_bodies
from tests.access.sight import ASKED, LISTED, MANAGED, OFFICE, Eyes, canary
from tests.courses.conftest import course_text
from tests.courses.keeping.conftest import REFLECTION
from tests.factories import (
    AgencyFactory,
    DesignationFactory,
    MembershipFactory,
    ModuleFactory,
    PartnershipFactory,
    PathwayFactory,
    RequirementFactory,
    RequirementVersionFactory,
    RoleGrantFactory,
    RoleGroupFactory,
    TeamFactory,
    TermFactory,
    UserFactory,
    completion,
)
from tests.people.roster.sheets import sheet_of
from training.access.actor import Actor
from training.access.clock import today
from training.ledger.rebuild import refresh_stale
from training.ledger.services import void_completion
from training.notices import services as notices
from training.pathways.services import record_trigger
from training.people.identity.merge import join_records, merge_records
from training.people.models import (
    Agency,
    Correction,
    DuplicateSearch,
    Employment,
    LikelyDuplicate,
    Partnership,
    Person,
    Post,
    RecordClaim,
    RosterImport,
    Sameness,
    User,
    Workplace,
)
from training.people.roster.apply import apply_import
from training.people.roster.stage import compare, keep
from training.people.services import mark_stale
from training.people.tokens import make_token
from training.strategy.pack_reader import read_pack
from training.strategy.services import load_pack

BY = Actor.system("test")
AGENCIES = {"hosp": "east", "force": "east", "school": "west"}
STRATEGY = "severnshire-2026"
LEARNS = ("learner", "colleague")
STAFF = ("learner", "manager", "colleague", "champion")
# On the roster, without a login: one whose record is protected, and one who works for another agency, too
OTHERS = ("hidden", "shared")
SECOND_JOBS = {"hosp": "school"}
FIELDS = {
    "first_name": "first",
    "last_name": "last",
    "preferred_name": "preferred",
    "employee_ref": "reference",
    "assignment_ref": "reference",
    "post_title": "title",
    "team": "team",
    "site_code": "workplace",
}


@dataclass
class Place:
    """One agency's world: what addresses about it, and about one of its people, are filled with."""

    word: str
    agency: Agency
    partnership: Partnership
    person: str = ""
    ids: dict[str, str] = field(default_factory=dict)


@dataclass
class Planted:
    """Everything: places by agency and person, logins with their eyes, and tokens by agency."""

    places: list[Place] = field(default_factory=list)
    logins: dict[str, tuple[User, Eyes]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def place(self, word: str, person: str = "learner") -> Place:
        """The world of an agency, as one of its people has it."""
        return next(it for it in self.places if (it.word, it.person) == (word, person))

    def eyes_at(self, address: str) -> Eyes:
        """Whose eyes read the mail to an address; nobody's, where no login has it."""
        return next((eyes for user, eyes in self.logins.values() if user.email == address), Eyes("visitor"))


def address_of(agency: str, person: str) -> str:
    """A work address with its canary."""
    return f"{canary(agency, person, 'address')}@example.org"


def plant() -> Planted:
    """Put it all into the database."""
    planted = Planted()
    group = RoleGroupFactory(code="MIDWIFE", title="Midwife")
    RoleGroupFactory(code="OFFICE", title="Office")
    DesignationFactory(code="CHAMPION", title="Champion")
    for partnership_word in ("east", "west"):
        _partnership(planted, partnership_word, group)
    for word in AGENCIES:
        _agency(planted, word)
    for word in AGENCIES:
        _request(planted, word)
    for first, second in SECOND_JOBS.items():
        _second_job(planted.place(first), planted.place(second))
    for role in ("content_author", "content_reviewer", "system_administrator"):
        _login(planted, role, Eyes(role), role)
    _login(planted, "loose", Eyes("loose"))
    shown = get_document_model().objects.create(title="Captions", file=ContentFile(b"WEBVTT", name="lesson.vtt"))
    ShownFile.objects.create(course=CoursePage.objects.first(), document=shown)
    for place in planted.places:
        place.ids["file"] = shown.file.name
    hidden = Path(settings.MEDIA_ROOT) / "else" / "file.txt"
    hidden.parent.mkdir(parents=True)
    hidden.write_text(canary("hosp", "learner", "file"))
    refresh_stale(at=_moment())  # or each page would, for each who knocks
    return planted


def _partnership(planted: Planted, word: str, group) -> None:
    partnership = PartnershipFactory(code=word, title=word.title())
    module = ModuleFactory(pathway=PathwayFactory(partnership=partnership), code="DA-A1")
    rule = RequirementVersionFactory(requirement=RequirementFactory(module=module, role_group=group)).requirement
    record_trigger(requirement=rule, event="briefing", happened_on=today(), days_to_complete=30, by=BY, at=_moment())
    load_course(_course_text(), partnership=partnership, at=_moment())
    if word == "east":
        load_pack(read_pack(STRATEGY), partnership=partnership, by=BY, at=_moment())
    roles = {"board": "board_member", "coordinator": "partnership_coordinator", "network": "champion_coordinator"}
    for role, code in roles.items():
        _login(planted, f"{role} of {word}", Eyes(role, partnership=word), code, partnership=partnership)
    until = {"partnership": partnership, "ends_on": today() + timedelta(days=30)}
    _login(planted, f"auditor of {word}", Eyes("auditor", partnership=word), "auditor", **until)


def _course_text() -> Course:
    """A small course, with a place to write in its first part."""
    raw = course_text().model_dump(mode="json")
    raw["lessons"][0]["blocks"].append(REFLECTION)
    return Course.model_validate(raw)


def _login(planted: Planted, name: str, eyes: Eyes, role_code: str = "", **grant) -> User:
    user = UserFactory(email=address_of(eyes.home, eyes.name))
    if role_code:
        RoleGrantFactory(user=user, role_code=role_code, **grant)
    planted.logins[name] = (user, eyes)
    return user


def _agency(planted: Planted, word: str) -> None:
    partnership = Partnership.objects.get(code=AGENCIES[word])
    agency = AgencyFactory(code=word.upper(), title=canary(word, OFFICE, "agency"), kind="nhs_acute")
    MembershipFactory(partnership=partnership, agency=agency)
    for person in (*STAFF, *OTHERS, "joiner"):
        site = canary(word, person, "workplace")
        Workplace.objects.create(agency=agency, code=site, title=site)
    applied = _roster(agency, word, (*STAFF, *OTHERS))
    apply_import(applied, by=BY, at=_moment())
    hidden = _person(agency, word, "hidden")
    hidden.is_protected = True
    hidden.save(update_fields=["is_protected"])
    staged = _roster(agency, word, ("learner", "joiner", "refused"), suffix=" again")
    ids = {
        "agency": agency.code,
        "partnership": partnership.code,
        "staged": str(staged.uid),
        "staged_digest": staged.digest,
        "applied": str(applied.uid),
        "lesson": "part-1",
        "final": "part-9",
        "number": "1",
        "strategy": STRATEGY,
        "colleague": str(_person(agency, word, "learner").uid),
        "post": str(Post.objects.within(agency).get(employment__person__last_name=canary(word, "learner", "last")).uid),
    } | planted_rules(agency, partnership, word, by=BY, at=_moment())
    ids |= plant_pledges(agency, partnership, canary(word, OFFICE, "signatory"), by=BY, at=_moment())
    for person in STAFF:
        eyes = Eyes("manager" if person == "manager" else "learner", word, partnership.code, person)
        _tie(_login(planted, f"{person} of {word}", eyes), agency, person)
    ids |= _identity(agency, word)
    ids |= plant_returns(agency, partnership, by=BY, at=_moment())
    for person in LISTED:
        ids |= _champion(agency, partnership, word, person)
    ids |= plant_network(agency, partnership, ids["champion"])
    ids |= plant_life(partnership, _person(agency, word, "learner"), ids["champion"])
    ids |= plant_enquiry(partnership, _person(agency, word, "learner"), canary(word, "learner", "enquiry"))
    ids |= plant_noticeboard(partnership, ids["champion"], canary(word, "champion", "said"))
    ids |= plant_figure(partnership, word, by=BY, at=_moment())
    ids |= plant_strategy(partnership, by=BY, at=_moment())
    ids |= plant_packs(partnership, by=BY, at=_moment())
    ids |= plant_inspection(partnership, by=BY, at=_moment())
    ids |= plant_site(partnership)
    for person in LEARNS:
        ids["reference"] = canary(word, person, "reference")
        own = ids | _learning(agency, partnership, word, person) | plant_elsewhere(agency, partnership, word, person)
        planted.places.append(Place(word, agency, partnership, person, own))
    _login(planted, f"hr of {word}", Eyes("hr", word, partnership.code), "agency_hr", agency=agency)
    _login(planted, f"lead of {word}", Eyes("lead", word, partnership.code), "agency_lead", agency=agency)
    ended = today() - timedelta(days=1)
    former = Eyes("former", word, partnership.code)
    _login(planted, f"former hr of {word}", former, "agency_hr", agency=agency, ends_on=ended)
    ends_on = today() + timedelta(days=30)
    label = canary(word, OFFICE, "label")
    planted.tokens[word] = make_token(agency, label=label, ends_on=ends_on, on=today(), by=BY, at=_moment())


def _identity(agency: Agency, word: str) -> dict[str, str]:
    """A pair that may be one person, and two records that HR has merged."""
    one, other = sorted((_person(agency, word, name) for name in LEARNS), key=lambda each: each.pk)
    pair = LikelyDuplicate.objects.create(
        agency=agency, one=one, other=other, evidence=["Same name"], found_at=_moment()
    )
    DuplicateSearch.objects.create(agency=agency, searched_at=timezone.now())
    twins = [TermFactory(post__employment__agency=agency).post.employment.person for _ in range(2)]
    said = merge_records(agency, *twins, evidence=[], own=(), by=BY, at=_moment())
    more = {"asked_at": _moment(), "agency": agency}
    post = Post.objects.within(agency).get(employment__person=one)
    asked = Correction.objects.create(
        person=one, post=post, about="role", words=canary(word, "learner", "correction"), **more
    )
    claim = RecordClaim.objects.create(
        claimant=one, record=twins[0], state="waiting", ends_at=timezone.now() + timedelta(days=9), **more
    )
    printed = PrintedName.objects.create(
        person=one, agency=agency, name=canary(word, "learner", "printed"), asked_at=_moment()
    )
    return {
        "printed_name": str(printed.uid),
        "pair": str(pair.uid),
        "merge": str(said.uid),
        "correction": str(asked.uid),
        "claim": str(claim.uid),
    }


def _roster(agency: Agency, word: str, people: tuple[str, ...], *, suffix: str = "") -> RosterImport:
    rows = [_row(word, person, suffix) for person in people]
    sheet = sheet_of(rows, sha256=uuid.uuid4().hex * 2)
    return keep(compare(agency, sheet, as_at=today(), is_full=False), as_at=today(), is_full=False, by=BY, at=_moment())


def _row(word: str, person: str, suffix: str) -> dict[str, str]:
    row = {name: canary(word, person, each) for name, each in FIELDS.items()}
    row["post_title"] += suffix
    row |= {"agency_code": word.upper(), "work_email": address_of(word, person), "start_date": "2024-06-01"}
    row["role_group"] = {"colleague": "", "refused": "No such group"}.get(person, "MIDWIFE")
    row["designations"] = "CHAMPION" if person in LISTED else ""
    row["manager_ref"] = canary(word, "manager", "reference") if person in MANAGED else ""
    return row


def _tie(user: User, agency: Agency, person: str) -> None:
    employment = Employment.objects.within(agency).select_related("person").get(work_email=user.email)
    employment.person.user = user
    employment.person.save(update_fields=["user"])


def _person(agency: Agency, word: str, name: str) -> Person:
    return Person.objects.within(agency).select_related("user").get(last_name=canary(word, name, "last"))


def _champion(agency: Agency, partnership: Partnership, word: str, name: str) -> dict[str, str]:
    """Put forward, agreed to and listed: one under another name, with the agency; one under their own, without."""
    person, on = _person(agency, word, name), today() - timedelta(days=1)
    champion = nominate(person=person, partnership=partnership, on=on, by=BY, at=_moment())
    record_agreement(champion=champion, agreed_on=on, by=BY, at=_moment())
    listing = Listing(name_to="everybody")
    if name == "colleague":
        listing = Listing(alias=canary(word, name, "alias"), agency_to="everybody")
    opt_in(person=person, partnership=partnership, listing=listing, terms_version=terms.VERSION, by=BY, at=_moment())
    block(owner=person, address="away@example.org", by=BY, at=_moment())
    kept_away = Block.objects.everywhere(reason="test").get(owner=person)
    return {"champion": str(champion.uid), "person": str(person.uid), "block": str(kept_away.uid)}


def _request(planted: Planted, word: str) -> None:
    """The learner has asked a champion, and has been answered."""
    asked = planted.place(ASKED[word])
    sender = _person(planted.place(word).agency, word, "learner")
    champion = Champion.objects.everywhere(reason="test").get(uid=asked.ids["champion"])
    more = {"about": "team", "urgency": "week", "words": canary(word, "learner", "request")}
    request = ask(sender=sender, champion=champion, by=BY, at=_moment(), **more)
    if word != "force":
        reply(request=request, choice="call", words=canary(asked.word, "champion", "reply"), by=BY, at=_moment())
    for person in LEARNS:
        planted.place(word, person).ids["request"] = str(request.uid)


def _second_job(first: Place, second: Place) -> None:
    """Somebody of one agency on the roster of another, with a reference, a title and a team of its own there."""
    person, word = _person(first.agency, first.word, "shared"), second.word
    module = ModuleFactory(pathway__partnership=first.partnership, code="DA-A1")
    evidence = canary(first.word, "shared", "evidence")
    completion(
        person, module, on=today() - timedelta(days=70), agency=first.agency, method="evidence", evidence=evidence
    )
    reference = canary(word, "elsewhere", "reference")
    TermFactory(
        post__employment__person=person,
        post__employment__agency=second.agency,
        post__employment__employee_ref=reference,
        post__employment__work_email=address_of(word, "elsewhere"),
        post__assignment_ref=reference,
        post_title=canary(word, "elsewhere", "title"),
        team=TeamFactory(agency=second.agency, title=canary(word, "elsewhere", "team")),
        role_group=RoleGroupFactory(code="MIDWIFE"),
    )
    mark_stale(Post.objects.within(second.agency).values_list("pk", flat=True), at=_moment())


def _learning(agency: Agency, partnership: Partnership, word: str, name: str) -> dict[str, str]:
    """A run through the course, completions with evidence, one of them voided, a certificate and a mail."""
    person = _person(agency, word, name)
    module = ModuleFactory(pathway__partnership=partnership, code="DA-A1")
    attempt = start_attempt(person, module.courses.get(), at=_moment())
    _progress(attempt, canary(word, name, "answer"))
    evidence = canary(word, name, "evidence")
    more = {"method": "evidence", "evidence": evidence, "source": evidence, "agency": agency}
    kept = completion(person, module, on=today() - timedelta(days=90), **more)
    wrong = completion(person, module, on=today() - timedelta(days=80), **more)
    void_completion(wrong, reason=evidence, by=BY, at=_moment())
    body = canary(word, name, "notice")
    notices.send(to=person.user, kind="mail", subject="Learning", body=body, at=_moment())
    certificate = issue(kept, at=_moment())
    status.place_of(certificate)
    share = make_share(person, label="", modules=(), last_on=today(), by=BY, on=today(), at=_moment())
    earlier = TermFactory(post__employment__agency=agency).post.employment.person
    joined = join_records(person, earlier, proof=Sameness.Proof.ADDRESS, by=BY, at=_moment())
    return {
        "joined": str(joined.uid),
        "holder": str(person.uid),
        "completion": str(kept.uid),
        "certificate": str(certificate.uid),
        "code": certificate.code,
        "first_list": "0",
        "share": str(share.uid),
        "share_code": share.code,
        "course": attempt.course.slug,
        "attempt": str(attempt.uid),
        "note": _note(attempt, canary(word, name, "note")),
    }


def _note(attempt: Attempt, words: str) -> str:
    """What the learner wrote for themselves."""
    write_note(attempt.person, attempt.course, Reflection.model_validate(REFLECTION), words, seen=0, at=_moment())
    return str(Note.objects.of(attempt.person).get().uid)


def _progress(attempt: Attempt, answer: str) -> None:
    open_lesson(attempt, "part-1", at=_moment())
    Answer.objects.create(
        attempt=attempt, question="check-one", chosen=["no", answer], is_correct=False, answered_at=_moment()
    )
    begin_try(attempt, at=_moment())


def _moment() -> datetime:
    """Noon of the day before."""
    return datetime.combine(today() - timedelta(days=1), time(12), UTC)


def posted(word: str, place: Place) -> dict[str, Any]:
    """Something plausible to post at this place, as the test client takes it."""
    address = address_of(place.word, place.person)
    roster = b"employee_ref,last_name,start_date,post_title\n1,Example,2024-06-01,Porter\n"
    bodies: dict[str, dict[str, Any]] = {
        "": {},
        "code": {"code": place.ids["code"]},
        "address": {"email": address},
        "work_address": {"address": address},
        "password": {"login": address, "password": "a guess", "password1": "x" * 14, "password2": "x" * 14},
        "sign_in_code": {"code": "BCDF-GHJK"},
        "other_way": {"do": "text"},
        "stop_protecting": {"do": "stop"},
        "note": {"reflection": "own-words", "note": "words", "seen": "0"},
        "survey": {"key": "sure", "moment": "before", "tap-ask": "3"},
        "answer": {"do": "answer", "check": "check-one", "chosen": "no"},
        "roster": {"file": SimpleUploadedFile("roster.csv", roster)},
        "titles": {},
        "approve_roster": {"file": str(uuid.uuid4())},
        "wrong": {"wrong": "day", "do": "confirm"},
        "apply": {"shown": place.ids["staged_digest"]},
        "apart": {"do": "apart"},
        "earlier": {"do": "address", "address": address},
        "correct": {"answer": "corrected", "words": ""},
        "not_right": {"about": "role"},
        "listing": {"alias": "", "agency_to": "everybody", "terms_version": terms.VERSION, "agrees": "on"},
        "keep_away": {"address": address},
        "nominate": {"address": address},
        "agreed": {"agreed_on_day": "1", "agreed_on_month": "11", "agreed_on_year": "2026"},
        "ask": {"about": "team", "urgency": "week"},
        "chosen": {"post": place.ids["post"], "do": "csv"},
        "filter": {"title": "Mine", "state": "overdue"},
        "reply": {"choice": "not_me"},
        "find": {"language": "pl"},
        **bodies_elsewhere(),
        **rule_bodies(),
        **pledge_bodies(place.ids["pledge_seen"]),
        **return_bodies(),
        **network_bodies(),
        **figure_bodies(place.ids["period"]),
        **pack_bodies(place.ids["board_strategy"]),
        **strategy_bodies(place.ids["strategy_seen"]),
        **inspection_bodies(),
    }
    if word == "sent_roster":
        return sent_roster(place.agency.code, canary(place.word, place.person, "reference"))
    if word == "completions":
        return sent_completions(canary(place.word, place.person, "reference"))
    return {"data": bodies[word]}


def sent_roster(code: str, reference: str) -> dict[str, Any]:
    """A roster of one row, as an agency's program sends it to see what it would change."""
    row = {"agency_code": code, "employee_ref": reference, "last_name": "X", "role_group": "MIDWIFE"}
    row["start_date"] = "2024-06-01"
    sent = {"rows": [row], "is_dry_run": True}
    return {"data": sent, "content_type": "application/json", "headers": {"Idempotency-Key": uuid.uuid4().hex}}


def sent_completions(*references: str) -> dict[str, Any]:
    """What an agency's program sends of these of its staff."""
    rows = [{"employee_ref": each, "module": "DA-A1", "completed_on": "2026-03-02"} for each in references]
    return {"data": rows, "content_type": "application/json", "headers": {"Idempotency-Key": uuid.uuid4().hex}}
