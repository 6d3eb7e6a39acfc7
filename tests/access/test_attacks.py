"""What an attacker would try at doors that open: hostile words, other methods, other people's ids in a body."""

import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from tests.access.doors import Door
from tests.access.knocking import Answer, Viewer, address_of, expected, faults, knock, may_pass, refusal, viewer
from tests.access.manifest import DOORS, TOKEN
from tests.access.planting import AGENCIES, Planted, posted, sent_completions
from tests.access.sight import Canary, canaries_in, canary
from training.access.gates import PUBLIC
from training.ledger.models import Entry
from training.people.models import Agency, Employment, Person, RosterImport, RosterRow, Team
from training.people.models.roster import RowKind

pytestmark = pytest.mark.django_db

# Of each door's guests, the first who may pass at the hospital
GUESTS = ("visitor", "learner of hosp", "champion of hosp", "manager of hosp", "hr of hosp", "board of east")
MORE_GUESTS = ("network of east", "token of hosp")
PARAMETERS = (
    *("page", "team", "module", "role_group", "state", "text", "as_at", "by", "kind", "next", "q", "limit", "offset"),
    *("locality", "agency_kind", "specialism", "language", "story", "way", "do", "check", "chosen", "code"),
    *("sort", "due", "missing", "change", "as_at_day", "as_at_month", "as_at_year", "known_on_year", "post", "title"),
)
FORM = {"content_type": "application/x-www-form-urlencoded"}
SCRIPT = "\"'><script>alert(1)</script>"
HOSTILE = {
    "far": "999999",
    "huge": "9" * 5000,
    "below": "-1",
    "nothing": "",
    "nul": "a\x00b",
    "script": SCRIPT,
    "long": "x" * 20_000,
    "elsewhere": "//evil.example/",
    "other digits": "٣",
    "unpaired": "\ud800",
    "sql": "' OR 1=1 --",
}
# What one database takes and another does not; the others are words to both
MINDED = {"far", "huge", "nul", "unpaired"}
# What a page could show, or lead to, that copies its address without looking at the parameters
SHOWN_AS_THEY_ARE = {"script", "elsewhere"}
WORDS = [pytest.param(word, marks=() if word in MINDED else pytest.mark.alike) for word in HOSTILE]
IN_BODIES = [word for word in WORDS if word.values[0] in {"nothing", "huge", "nul", "script", "long", "unpaired"}]


@pytest.fixture(scope="module")
def guests(planted) -> list[Viewer]:
    """Browsers that are signed in already."""
    return [viewer(planted, name) for name in (*GUESTS, *MORE_GUESTS)]


def guest_of(door: Door, guests: list[Viewer], planted: Planted) -> Viewer | None:
    """Somebody who may pass; none for doors that are shut to all of them."""
    place = planted.place("hosp")
    return next((who for who in guests if not refusal(door, who) and may_pass(door, who, place)), None)


DEAF: set[str] = set()
"""Doors that did not look at what they were asked, and do not have to be asked more of it."""


@pytest.mark.parametrize("word", WORDS)
def test_no_parameter_breaks_a_page_or_leaks(planted, guests, word):
    wrong = []
    hostile = HOSTILE[word].encode("utf-8", "surrogatepass")
    for door in DOORS.values():
        who = guest_of(door, guests, planted)
        if who is None or not door.get or (door.name in DEAF and word not in SHOWN_AS_THEY_ARE):
            continue
        answer = knock(who, "GET", address_of(door, planted.place("hosp")), dict.fromkeys(PARAMETERS, hostile))
        wrong += harm(door, answer, planted, who)
        if not looked_at(answer):
            DEAF.add(door.name)
    assert wrong == []


def looked_at(answer: Answer) -> bool:
    """Whether anything read the parameters: Django keeps them once somebody has asked for them."""
    return "GET" in vars(answer.response.wsgi_request)


def test_who_looks_at_the_parameters_is_told_from_who_does_not(planted, guests):
    who = next(each for each in guests if each.name == "board of east")
    place = planted.place("hosp")
    assert looked_at(knock(who, "GET", address_of(DOORS["explorer"], place), {"by": "agency"}))
    assert not looked_at(knock(who, "GET", address_of(DOORS["healthz"], place), {"by": "agency"}))


@pytest.mark.parametrize("word", IN_BODIES)
def test_no_body_breaks_a_page_or_leaks(planted, guests, word):
    wrong = []
    hostile = HOSTILE[word].encode("utf-8", "surrogatepass")
    for door in DOORS.values():
        who = guest_of(door, guests, planted)
        if who is None or "POST" not in door.methods or not door.post or door.rule == TOKEN:
            continue
        place = planted.place("hosp")
        names = {*PARAMETERS, *posted(door.body, place).get("data", {}), "words", "choice", "about", "address", "email"}
        answer = knock(who, "POST", address_of(door, place), urlencode(dict.fromkeys(names, hostile)), **FORM)
        wrong += harm(door, answer, planted, who)
    assert wrong == []


def harm(door: Door, answer, planted: Planted, who: Viewer) -> list[str]:
    """What is wrong with the answer to something hostile."""
    wrong = [f"{door.name}: {each}" for each in faults(planted, who, answer, planted.place("hosp"), door)]
    if answer.status >= 500 and door.name != "readyz":
        wrong.append(f"{door.name}: {answer.status}")
    if answer.response.get("Location", "/").startswith(("//", "http", "\\")):
        wrong.append(f"{door.name}: leads to {answer.response['Location']}")
    if "html" in answer.response.get("Content-Type", "") and "<script>alert" in answer.text:
        wrong.append(f"{door.name}: script comes back")
    return wrong


def test_a_neighbours_team_or_module_shows_nothing_of_theirs(planted, guests):
    hr = next(who for who in guests if who.name == "hr of hosp")
    teams = Team.objects.exclude(agency__code="HOSP").values_list("pk", flat=True)
    for team in teams:
        answer = knock(hr, "GET", "/agency/HOSP/people/", {"team": team})
        assert (answer.status, faults(planted, hr, answer)) == (200, [])


@pytest.mark.parametrize(
    "path",
    [
        "/agency/%00/",
        "/agency/FORCE%00/",
        "/agency/..%2fFORCE/",
        "/agency/force/",
        "/agency/Force/",
        "/agency/FORCE%20/",
        "/agency/HOSP%20OR%201=1/",
        "/agency/HOSP/roster/00000000-0000-0000-0000-000000000000/",
        "/board/%00/",
        "/verify/%00",
        "/verify/" + "A" * 5000,
        "/strategy/%00/",
        "/learning/%00/",
        "/learning/small/part-9/" + "9" * 5000 + "/",
        "/champions/network/west/",
        "/nothing/%00/",
        "/" + "a/" * 500,
    ],
)
def test_an_address_bent_by_hand_is_not_found(planted, guests, path):
    seen = {}
    for who in guests:
        answer = knock(who, "GET", path)
        assert faults(planted, who, answer) == []
        seen[who.name] = answer.status
    assert set(seen.values()) <= {404, 403, 401, -302}
    assert 404 in seen.values()


def test_a_neighbours_code_answers_as_one_that_nobody_has(planted):
    """By 403 or 404 alike: which codes there are is not to be learnt by trying."""
    place, wrong = planted.place("hosp"), []
    nobody = replace(place, ids=place.ids | {"agency": "NOBODY", "partnership": "nobody"})
    neighbours = [viewer(planted, f"{role} of school") for role in ("hr", "learner")]
    for door in DOORS.values():
        if {"agency", "partnership"} & {word for _, word in door.fills} and door.rule not in (PUBLIC, TOKEN):
            for who in neighbours:
                if may_pass(door, who, place):
                    continue
                theirs, none = (knock(who, "GET", address_of(door, each)).status for each in (place, nobody))
                if theirs != none or theirs not in {403, 404, 405}:
                    wrong.append(f"{door.name} to {who.name}: {theirs} and {none}")
    assert wrong == []


def test_the_case_of_ones_own_code_makes_no_difference(guests):
    hr = next(who for who in guests if who.name == "hr of hosp")
    assert [knock(hr, "GET", f"/agency/{code}/").status for code in ("HOSP", "hosp", "HoSp")] == [200, 200, 200]


@pytest.mark.alike  # refused by gates, and what HEAD reads is what GET reads
@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"])
def test_other_methods_open_no_door(planted, method):
    neighbour, wrong = viewer(planted, "hr of school"), []
    for door in DOORS.values():
        answer = knock(neighbour, method, address_of(door, planted.place("hosp")))
        allowed = {*expected(door, neighbour, planted.place("hosp"), "GET"), 400, 405}
        if answer.status not in allowed | set(door.post) or faults(planted, neighbour, answer):
            wrong.append(f"{door.name}: {answer.status}")
    assert wrong == []


@pytest.mark.alike  # refused by the middleware
def test_a_form_sent_from_another_site_is_refused(planted):
    wrong = []
    for name in ("learner of hosp", "champion of hosp", "hr of hosp", "network of east"):
        who = viewer(planted, name)
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = who.client.cookies
        who.client = strict
        for door in DOORS.values():
            place = planted.place("hosp")
            if door.rule == TOKEN or "POST" not in door.methods or not may_pass(door, who, place):
                continue
            answer = knock(who, "POST", address_of(door, place), **posted(door.body, place))
            if door.post and answer.status not in {403, 404}:
                wrong.append(f"{door.name}: {answer.status}")
    assert wrong == []


SUBJECT = re.compile(r"abuse|violence|domestic|stalking|survivor|victim", re.IGNORECASE)


@pytest.mark.alike  # headers and titles of pages that the walk opens
def test_what_opens_is_kept_by_no_cache_and_its_title_or_file_name_tells_nothing(planted, guests):
    """No cache keeps what is behind a sign-in, and neither a tab nor a download tells what is learnt."""
    wrong = []
    for door in DOORS.values():
        who = guest_of(door, guests, planted)
        if who is None or not door.get:
            continue
        answer = knock(who, "GET", address_of(door, planted.place("hosp")))
        if door.rule != PUBLIC and "no-store" not in answer.response.get("Cache-Control", ""):
            wrong.append(f"{door.name} may be kept")
        told = re.findall(r"<title>(.*?)</title>", answer.text, re.DOTALL)
        told.append(answer.response.get("Content-Disposition", ""))
        wrong += [f"{door.name}: {words}" for words in told if SUBJECT.search(words)]
    assert wrong == []


@pytest.mark.parametrize("path", ["/account/login/?next=", "/account/logout/?next=", "/account/login/password/?next="])
@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"]
)
def test_signing_in_and_out_lead_nowhere_else(planted, path, target):
    for name in ("visitor", "learner of hosp"):
        for method in ("GET", "POST"):
            answer = knock(viewer(planted, name), method, path + target)
            assert "evil" not in answer.response.get("Location", "")
            assert "javascript" not in answer.response.get("Location", "")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("{file}", 200),
        ("{file}/../../../else/file.txt", 404),
        ("else/file.txt", 404),
        ("images/../else/file.txt", 404),
        ("images/%2e%2e/else/file.txt", 404),
        ("images/..%2felse/file.txt", 404),
        ("images//../else/file.txt", 404),
        ("images/../../media/else/file.txt", 404),
        ("images/../../certificates/", 404),
        ("images/", 404),
        ("images/%00", 404),
        ("/etc/passwd", 404),
    ],
)
def test_only_lessons_files_are_served(planted, path, status):
    answer = knock(viewer(planted, "learner of hosp"), "GET", f"/media/{path.format(**planted.places[0].ids)}")
    assert (answer.status, canary("hosp", "learner", "file") in answer.text) == (status, False)


def test_a_request_that_names_one_of_anothers_staff_records_nothing(planted):
    token = viewer(planted, "token of hosp")
    own, other = canary("hosp", "learner", "reference"), canary("force", "learner", "reference")
    before = Entry.objects.everywhere(reason="test").count()
    answer = knock(token, "POST", "/api/v1/completions", **sent_completions(own, other))
    assert (answer.status, faults(planted, token, answer)) == (404, [])
    assert Entry.objects.everywhere(reason="test").count() == before


def test_a_token_opens_no_page_and_a_session_no_api(planted):
    page = knock(viewer(planted, "token of hosp"), "GET", "/agency/HOSP/")
    assert page.status == -302
    assert knock(viewer(planted, "hr of hosp"), "GET", "/api/v1/standings").status == 401


def test_a_roster_cannot_touch_the_neighbours(planted):
    """Rows with the neighbour's code are refused, and a neighbour's reference means nobody here."""
    from tests.access.planting import _row
    from tests.people.roster.sheets import sheet_of
    from training.access.clock import today
    from training.people.roster.stage import compare

    sheet = sheet_of([_row("force", "learner", ""), _row("force", "colleague", "") | {"agency_code": "HOSP"}])
    seen = compare(Agency.objects.get(code="HOSP"), sheet, as_at=today(), is_full=False)
    assert [row.kind for row in seen.plan.rows if row.number] == [RowKind.REFUSED, RowKind.NEW]


def test_looking_up_codes_is_limited_whatever_address_is_claimed(planted):
    client = Client()
    claimed = [client.get("/verify/AAAA", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in range(40)]
    assert (claimed[0], claimed[-1]) == (404, 429)


def test_one_agencys_roster_files_are_found_in_no_others_address(planted):
    hr = viewer(planted, "hr of force")
    theirs = planted.place("hosp").ids["staged"]
    for path in ("", "apply/", "undo/"):
        for code in ("HOSP", "FORCE", "force"):
            for method in ("GET", "POST"):
                answer = knock(hr, method, f"/agency/{code}/roster/{theirs}/{path}")
                assert answer.status in {404, 405}
                assert faults(planted, hr, answer) == []
    assert RosterImport.objects.get(uid=theirs).state == "staged"


@pytest.mark.parametrize(("whose", "who"), [("school", "champion"), ("hosp", "manager"), ("school", "learner")])
def test_a_coordinators_own_network_is_no_way_to_other_staff(planted, whose, who):
    network = viewer(planted, "network of east")
    uid = Person.objects.everywhere(reason="test").get(last_name=canary(whose, who, "last")).uid
    for part in ("", "stand-down/"):
        answer = knock(network, "POST", f"/champions/network/east/{uid}/{part}")
        assert (answer.status, faults(planted, network, answer)) == (404, [])


def test_putting_somebody_forward_names_nobody(planted):
    """The coordinator reads back the address that was typed, and nothing that the roster says of it."""
    network = viewer(planted, "network of east")
    for agency in ("hosp", "school"):
        body = {"address": f"{canary(agency, 'learner', 'address')}@example.org"}
        with transaction.atomic():
            network.client.post("/champions/network/east/nominate/", body)
            answer = knock(network, "GET", "/champions/network/east/")
            typed = str(Canary(agency, "learner", "address"))
            assert (answer.status, [fault for fault in faults(planted, network, answer) if fault != typed]) == (200, [])
            transaction.set_rollback(True)


def test_what_belongs_to_one_of_two_jobs_stays_there(planted):
    """HR of the first agency meets nothing of the second; HR of the second meets the name alone."""
    first, second = viewer(planted, "hr of hosp"), viewer(planted, "hr of school")
    page = knock(second, "GET", "/agency/SCHOOL/people/")
    assert {Canary("hosp", "shared", "last"), Canary("school", "elsewhere", "team")} <= canaries_in(page.text)
    for who in (first, second):
        for rest in ("", "people/", "matrix/"):
            assert faults(planted, who, knock(who, "GET", f"/agency/{who.eyes.agency}/{rest}")) == []


def test_a_protected_record_is_found_by_no_search(planted):
    hr = viewer(planted, "hr of hosp")
    team = Canary("hosp", "hidden", "team")
    assert team in listed(hr, "")
    assert [
        word for word in ("first", "last", "preferred", "reference") if listed(hr, canary("hosp", "hidden", word))
    ] == []
    assert listed(hr, canary("hosp", "learner", "last"))


def listed(hr: Viewer, text: str) -> set[Canary]:
    """What stands in HR's table of staff, its filters apart; there is no table where nobody fits."""
    page = knock(hr, "GET", "/agency/HOSP/people/", {"text": text}).text
    return canaries_in(page.partition("People and where they stand")[2])


def test_the_world_is_as_it_was(planted):
    """A walk that changed what it walks would prove little.

    Each agency has six of staff, two records that were merged and two that learners brought; one person has two jobs.
    """
    assert Employment.objects.everywhere(reason="test").count() == (6 + 2 + 2) * len(AGENCIES) + 1
    assert RosterRow.objects.everywhere(reason="test").count() == 9 * len(AGENCIES)
