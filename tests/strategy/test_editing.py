"""A coordinator changes a strategy in the site: by file after a look at what would change, or by a small form."""

import re
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from tests.conftest import MOMENT
from tests.factories import PartnershipFactory, RoleGrantFactory
from tests.kept import kept
from training.access.actor import Actor
from training.audit.models import AuditEvent
from training.strategy import edits
from training.strategy.changes import Kind, changes
from training.strategy.models import FormerStrategy, Outcome, Strategy
from training.strategy.pack import Evidence, Status, Succeeds
from training.strategy.pack_reader import BLANK, PACKS, packaged, read_pack
from training.strategy.pack_writer import as_yaml, from_yaml, pack_of
from training.strategy.selectors.editing import pack_as_known
from training.strategy.services import STALE, StrategyError, load_pack, remove_draft

BY = Actor.system("test")
ID = "severnshire-2026"
DEMO = (PACKS / f"{ID}.yaml").read_text(encoding="utf-8")
HERE = "/board/severnshire/strategies/"
ONE = f"{HERE}of/{ID}/"


@pytest.fixture(scope="module")
def loaded_once(django_db_setup, django_db_blocker):
    """Severnshire with its strategy, and its coordinator."""
    with kept(django_db_blocker):
        found = PartnershipFactory(code="severnshire", title="Severnshire")
        load_pack(read_pack(ID), partnership=found, by=BY, at=MOMENT)
        yield found, RoleGrantFactory(role_code="partnership_coordinator", partnership=found).user


@pytest.fixture
def partnership(loaded_once, db):
    return deepcopy(loaded_once[0])


@pytest.fixture
def kim(loaded_once, partnership, client):
    """A browser of the coordinator."""
    client.force_login(loaded_once[1])
    return client


def sent(client, content, name="own.yaml"):
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(f"{HERE}upload/", {"file": SimpleUploadedFile(name, data)})


def agreed(client, page):
    return client.post(f"{HERE}upload/", {"content": page.context["content"], "seen": page.context["seen"]})


def test_a_changed_file_is_shown_row_by_row_and_saved_only_then(kim, partnership):
    changed = DEMO.replace("title: New staff learn this in their first weeks", "title: Starters learn it at once")
    changed = changed.replace("{indicator: COV_POLICE, value: 75", "{indicator: COV_POLICE, value: 80")
    page = sent(kim, changed)
    assert page.status_code == 200
    assert page.context["rows"] == [
        [
            "Changed",
            "Outcome 1.1b",
            "Title",
            "New staff learn this in their first weeks",
            "Starters learn it at once",
        ],
        ["Changed", "Target of Police in date", "Figure", "75", "80"],
    ]
    assert Outcome.objects.get(ref="1.1b").title == "New staff learn this in their first weeks"
    answer = agreed(kim, page)
    assert (answer.status_code, answer["Location"]) == (302, ONE)
    assert Outcome.objects.get(ref="1.1b").title == "Starters learn it at once"
    event = AuditEvent.objects.get(verb="strategy changed")
    assert (event.partnership_code, event.object_uid, event.detail["changes"]) == ("severnshire", ID, 2)


@pytest.mark.parametrize("name", ["glos-da-2021", ID])
def test_what_is_exported_and_uploaded_changes_nothing_to_the_byte(kim, partnership, moment, name):
    pack = read_pack(name)
    if name != ID:
        pack = pack.model_copy(update={"id": f"own-{name}"})
        load_pack(pack, partnership=partnership, by=BY, at=moment)
    export = kim.get(f"{HERE}of/{pack.id}.yaml")
    page = sent(kim, export.content)
    assert '<h1 class="govuk-heading-l">Nothing changes</h1>' in page.content.decode()
    assert as_yaml(from_yaml(export.content.decode())).encode() == export.content


def test_a_stale_preview_is_refused_in_words_and_shown_anew(kim, partnership, moment):
    page = sent(kim, DEMO.replace("value: 75", "value: 80"))
    load_pack(edits.with_target(read_pack(ID), "COV_T1", value=90, note=""), partnership=partnership, by=BY, at=moment)
    answer = agreed(kim, page)
    assert answer.status_code == 409
    assert STALE in answer.content.decode().replace("&#x27;", "'")
    assert ["Changed", "Target of Awareness in date", "Figure", "90", "85"] in answer.context["rows"]
    assert Strategy.objects.get().targets.get(indicator__code="COV_T1").value == 90
    assert agreed(kim, answer).status_code == 302
    assert Strategy.objects.get().targets.get(indicator__code="COV_T1").value == 85


def test_all_faults_are_told_at_once_by_line_and_nothing_is_saved(kim, partnership):
    before = Strategy.objects.get().digest
    wrong = DEMO.replace("[INDUCTION_ON_TIME]", "[INDUCTION_IN_TIME]").replace(
        "COV_POLICE, value: 75", "COV_POLICE, value: 750"
    )
    page = sent(kim, wrong)
    assert page.status_code == 400
    lines = {text: n for n, text in enumerate(wrong.splitlines(), 1)}
    first = next(n for text, n in lines.items() if "INDUCTION_IN_TIME" in text)
    last = next(n for text, n in lines.items() if "value: 750" in text)
    assert page.context["wrong"] == [
        [f"own.yaml, line {first}", "there is no indicator INDUCTION_IN_TIME"],
        [f"own.yaml, line {last}", "COV_POLICE is a percentage: aim for 100 at most"],
    ]
    assert Strategy.objects.get().digest == before


HEAD = "id: own-2027\ntitle: "
HOSTILE = {
    "empty": (b"", "file"),
    "binary": (bytes(range(256)) * 20, "this is not text in UTF-8"),
    "utf-16": (DEMO.encode("utf-16"), "this is not text in UTF-8"),
    "zip": (b"PK\x03\x04" + b"\x00" * 50, "there is a sign here that is no text"),
    "bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "aliases are not used here"),
    "merge": (b"a: &a {x: y}\nb:\n  <<: *a\n", "aliases are not used here"),
    "deep": (b"[" * 50_000, "it goes too deep"),
    "python": (b"id: !!python/object/apply:os.system [ls]\n", "tags (words that begin with !) are not used here"),
    "set": (b"id: !!set {a, b}\n", "tags (words that begin with !) are not used here"),
    "key twice": ((HEAD + "x\ntitle: y\n").encode(), "title is written twice"),
    "key that is a list": (b"? [a, b]\n: c\n", "a key should be one word"),
    "tab": ((HEAD + "x\nperiod:\n\tfrom: 2027\n").encode(), "a tab, or a sign such as @"),
    "colon": ((HEAD + "Safe: a strategy\n").encode(), "put a text with a colon in quotation marks"),
    "quotation mark": ((HEAD + '"Safe\n').encode(), "a quotation mark is not closed"),
    "nought byte": ((HEAD + '"a\\0b"\n').encode(), "there is a sign here that is no text"),
    "turned text": ((HEAD + '"Safe \\u202eton"\n').encode(), "an unseen sign after 'Safe' that turns the direction"),
    "half a sign": ((HEAD + '"a\\ud800b"\n').encode(), "sign"),
    "long number": (f"id: {'9' * 5000}\n".encode(), "this is longer than 4,000 characters"),
    "keys without end": (
        b"".join(b"k%d: 1\n" % each for each in range(30_000)),
        "holds more than any of its kind does",
    ),
    "faults without end": (
        (HEAD + "x\n" + "".join(f"k{each}: 1\n" for each in range(300))).encode(),
        "more, told after these",
    ),
    "two documents": ((HEAD + "x\n---\nid: b\n").encode(), "there is a second document here"),
    "list": (b"- a\n- b\n", "should be a group of keys"),
    "word": (b"hello\n", "should be a group of keys"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_strategy_is_refused_in_words(kim, name):
    content, words = HOSTILE[name]
    page = sent(kim, content)
    said = page.content.decode().replace("&#x27;", "'")
    assert page.status_code == 400
    assert words in said
    assert Strategy.objects.count() == 1


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("from: 2026", "from: '2026'", "should be a whole number"),
        ("endorsed: false", "endorsed: maybe", "endorsed: should be true or false"),
        ("            evidence: D", "            evidence: X", "should be 'D', 'I' or 'N'"),
        ("fictional: true\n", "", "fictional: is missing"),
        ("fictional: true", "fictional: true\ncolour: red", "colour: is no key that can stand here"),
        ("id: severnshire-2026", "id: Severnshire 2026", "should be written with small letters, digits and hyphens"),
        ("value: 75", "value: 99999999999", "should be 1000000000 or less"),
        ("value: 75", "value: -1", "should be 0 or more"),
        ("name: Wynfold", "name: Marlbridge", "Marlbridge stands twice among the localities"),
        ("id: severnshire-2026", "id: second-2027", "already has a current strategy, severnshire-2026"),
    ],
)
def test_what_does_not_fit_is_told_in_plain_words(kim, old, new, words):
    assert old in DEMO
    page = sent(kim, DEMO.replace(old, new, 1))
    assert words in page.content.decode().replace("&#x27;", "'")
    assert agreed(kim, page).status_code != 302 if page.status_code == 200 else page.status_code == 400
    assert Strategy.objects.count() == 1


def test_a_file_from_another_machine_is_read_as_it_was_meant(kim):
    for content in (b"\xef\xbb\xbf" + DEMO.encode(), DEMO.replace("\n", "\r\n").encode()):
        assert sent(kim, content).context["rows"] == []


def test_a_file_larger_than_any_strategy_is_refused(kim):
    page = sent(kim, b"# " + b"x" * 500_000)
    assert "This file is larger than 500 KB" in page.content.decode()


def test_an_id_that_is_somebody_elses_is_not_taken(kim, partnership, moment):
    load_pack(read_pack("glos-da-2014"), partnership=None, by=BY, at=moment)
    text = (PACKS / "glos-da-2014.yaml").read_text(encoding="utf-8")
    assert "glos-da-2014 is the id of an example" in sent(kim, text).content.decode()
    other = PartnershipFactory(code="elsewhere")
    theirs = read_pack(BLANK).model_copy(update={"id": "theirs-2027"})
    load_pack(theirs, partnership=other, by=BY, at=moment)
    page = sent(kim, as_yaml(theirs))
    assert "The id theirs-2027 is taken" in page.content.decode()
    assert agreed(kim, page).status_code == 409
    assert Strategy.objects.get(pack_id="theirs-2027").partnership == other
    assert kim.get(f"{HERE}of/theirs-2027/").status_code == 404


def test_a_draft_is_read_by_its_keepers_alone_until_it_is_current(kim, client, partnership):
    page = sent(kim, BLANK.read_bytes())
    assert page.context["means"] == [
        "It is a draft: it is on no public page, and no figure is held against it until it is current."
    ]
    assert agreed(kim, page).status_code == 302
    draft = f"{HERE}of/our-da-2027/"
    assert kim.get(draft).status_code == 200
    assert client.get("/strategy/our-da-2027/").status_code == 404
    assert "our-da-2027" not in client.get("/strategy/").content.decode()
    assert not partnership.localities.filter(title="OUR AREA").exists()
    said = {"title": "Ours", "from_year": 2027, "to_year": 2030, "status": "current", "follows": ID}
    seen = Strategy.objects.get(pack_id="our-da-2027").digest
    refused = kim.post(f"{draft}about/", said | {"seen": seen})
    assert "already has a current strategy, severnshire-2026" in refused.content.decode()
    assert kim.post(f"{draft}remove/").status_code == 302
    assert not Strategy.objects.filter(pack_id="our-da-2027").exists()


FORMS = [
    (
        "about/",
        {"title": "Safer", "from_year": 2026, "to_year": 2030, "status": "historic", "follows": ""},
        lambda pack: (pack.title, pack.period.to_year, pack.status) == ("Safer", 2030, Status.HISTORIC),
    ),
    (
        "outcomes/1.1b/",
        {"title": "Starters learn", "evidence": "I", "indicators": ["COV_T1", "INDUCTION_ON_TIME"]},
        lambda pack: (
            [(each.title, each.evidence, each.indicators) for each in pack.outcomes if each.ref == "1.1b"]
            == [("Starters learn", "I", ("INDUCTION_ON_TIME", "COV_T1"))]
        ),
    ),
    ("targets/COV_POLICE/", {"value": 80, "note": "Agreed"}, lambda pack: pack.target("COV_POLICE").value == 80),
    ("targets/COV_POLICE/", {"value": "", "note": ""}, lambda pack: pack.target("COV_POLICE") is None),
    ("targets/COV_CYP/", {"value": 0, "note": ""}, lambda pack: pack.target("COV_CYP").value == 0),
    ("agencies/0/", {"commitment": "pending"}, lambda pack: pack.agencies[0].commitment == "pending"),
]


@pytest.mark.parametrize(("door", "said", "holds"), FORMS)
def test_a_small_form_changes_one_thing_and_what_stood_before_can_be_read(kim, moment, door, said, holds):
    strategy = Strategy.objects.get()
    was = pack_of(strategy)
    assert kim.get(f"{ONE}{door}").status_code == 200
    assert kim.post(f"{ONE}{door}", said | {"seen": strategy.digest}).status_code == 302
    now = pack_of(Strategy.objects.get())
    assert holds(now)
    assert pack_as_known(Strategy.objects.get(), moment) == was
    assert pack_as_known(Strategy.objects.get(), moment - timedelta(seconds=1)) is None
    former = FormerStrategy.objects.get()
    page = kim.get(f"{ONE}before/{former.pk}/")
    assert len(page.context["rows"]) == len(changes(was, now, {})) > 0
    assert kim.get(f"{ONE}before/{former.pk}/?file").content.decode() == as_yaml(was)
    stale = kim.post(f"{ONE}{door}", said | {"seen": strategy.digest})
    assert (stale.status_code, STALE in stale.content.decode().replace("&#x27;", "'")) == (400, True)


@pytest.mark.parametrize(
    ("door", "said", "words"),
    [
        ("outcomes/1.1b/", {"title": "x", "evidence": "N", "indicators": ["COV_T1"]}, "so it names no indicator"),
        ("outcomes/1.1b/", {"title": "x", "evidence": "D"}, "so it names an indicator"),
        ("outcomes/1.1b/", {"title": "a\x07b", "evidence": "N"}, "there is a sign here that is no text"),
        ("outcomes/1.1b/", {"title": "Safe \u2067x", "evidence": "N"}, "that turns the direction of the text"),
        ("targets/COV_POLICE/", {"value": 101}, "aim for 100 at most"),
        (
            "about/",
            {"title": "x", "from_year": 2030, "to_year": 2026, "status": "draft"},
            "the period ends before it begins",
        ),
    ],
)
def test_a_small_form_is_held_to_what_a_file_is(kim, door, said, words):
    strategy = Strategy.objects.get()
    page = kim.post(f"{ONE}{door}", said | {"seen": strategy.digest})
    assert (page.status_code, words in page.content.decode()) == (400, True)
    assert Strategy.objects.get().digest == strategy.digest


def test_outcomes_are_linked_to_those_of_the_strategy_before(kim, partnership, moment):
    assert kim.get(f"{ONE}outcomes/1.1a/earlier/").status_code == 404
    said = {"title": "Safe", "from_year": 2026, "to_year": 2029, "status": "current", "follows": "glos-da-2014"}
    load_pack(read_pack("glos-da-2014"), partnership=None, by=BY, at=moment)
    kim.post(f"{ONE}about/", said | {"seen": Strategy.objects.get(pack_id=ID).digest})
    for refs in (["2.2", "1.1"], ["2.2"], []):
        seen = Strategy.objects.get(pack_id=ID).digest
        assert kim.post(f"{ONE}outcomes/1.1a/earlier/", {"earlier": refs, "seen": seen}).status_code == 302
        links = pack_of(Strategy.objects.get(pack_id=ID)).succeeds.outcomes
        assert {ref: sorted(old) for ref, old in links.items()} == ({"1.1a": sorted(refs)} if refs else {})


def test_a_preview_says_what_becomes_of_what_hangs_on_it(kim, partnership, moment):
    follows = Succeeds(pack=ID, outcomes={"1.1": ("4.2b",)})
    later = read_pack(BLANK).model_copy(update={"id": "next-2030", "succeeds": follows})
    load_pack(later, partnership=partnership, by=BY, at=moment)
    text = DEMO.replace("ref: 4.2b", "ref: 4.2z").replace("name: Oakhollow", "name: New Oak", 1)
    means = sent(kim, text.replace("value: 75", "value: 76")).context["means"]
    assert means[0] == "Anyone can read the new wording at once, on the public pages."
    assert means[1].startswith("Pages show figures of every day, earlier ones too, beside the targets that stand now.")
    assert means[2] == (f"{later.title} says that it carries on 4.2b, which is no outcome here: put its links right.")
    assert means[3].startswith("New localities of the partnership: New Oak.")


def test_the_database_refuses_any_change_of_what_a_strategy_said(kim):
    strategy = Strategy.objects.get()
    kim.post(f"{ONE}targets/COV_T1/", {"value": 90, "note": "", "seen": strategy.digest})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        FormerStrategy.objects.update(content="")
    with pytest.raises(StrategyError, match="Mark it historic instead"):
        remove_draft(Strategy.objects.get(), by=BY, at=strategy.loaded_at)


def test_a_neighbours_coordinator_and_the_board_find_nothing(client, partnership):
    elsewhere = RoleGrantFactory(role_code="partnership_coordinator", partnership=PartnershipFactory(code="west")).user
    client.force_login(elsewhere)
    for door in ("", "upload/", f"of/{ID}/", f"of/{ID}.yaml", f"of/{ID}/targets/COV_T1/", "guide/"):
        assert client.get(f"{HERE}{door}").status_code == 404
    board = RoleGrantFactory(role_code="board_member", partnership=partnership).user
    client.force_login(board)
    assert client.get(HERE).status_code == 403


def test_what_one_starts_from_can_be_downloaded_and_nothing_else(kim):
    assert kim.get(f"{HERE}start/blank-pack.yaml").content == BLANK.read_bytes()
    assert kim.get(f"{HERE}start/banes-da-2018.yaml").content == (PACKS / "banes-da-2018.yaml").read_bytes()
    assert kim.get(f"{HERE}start/indicators.yaml").status_code == 404
    page = kim.get(HERE).content.decode()
    assert re.findall(r"start/([a-z0-9-]+)\.yaml", page) == ["blank-pack", *[each for each in packaged() if each != ID]]


def test_a_moved_row_is_told_as_moved():
    pack = read_pack(ID)
    moved = pack.model_copy(update={"principles": pack.principles[::-1]})
    assert [(each.kind, each.place) for each in changes(pack, moved, {})] == [(Kind.CHANGED, "The order of rows")]
    assert changes(pack, pack, {}) == []
    assert [str(each) for each in changes(pack, moved, {})] == ["The order of rows changed"]
    assert {each.kind for each in changes(None, pack, {})} == {Kind.ADDED}


def test_a_target_that_comes_or_goes_is_told_by_its_title(kim):
    def saved(value):
        said = {"value": value, "note": "", "seen": Strategy.objects.get().digest}
        page = kim.post(f"{ONE}targets/COV_CYP/", said, follow=True)
        return [str(each) for each in page.context["messages"]]

    title = "Children and young people module in date"
    assert saved("70") == [f"Saved: Target of {title} added: figure: 70."]
    assert saved("75") == [f"Saved: Target of {title}, figure: 70 to 75."]
    assert saved("") == [f"Saved: Target of {title} gone: figure: 75."]


def test_what_evidences_an_outcome_is_told_by_title():
    pack = read_pack(ID)
    after = edits.with_outcome(
        pack, "1.1b", title="New staff learn this in their first weeks", evidence=Evidence.DIRECT, indicators=["COV_T1"]
    )
    told = changes(pack, after, {"COV_T1": "Awareness in date", "INDUCTION_ON_TIME": "New starters on time"})
    assert [(each.before, each.after) for each in told if each.what == "Figures"] == [
        ("New starters on time", "Awareness in date")
    ]
