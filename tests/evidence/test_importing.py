"""Files of completions: what is recorded, what waits, and that the same again writes nothing."""

from datetime import UTC, date, datetime

import pytest

from tests.evidence.conftest import BY, recorded, waiting
from tests.evidence.files import ESR, awarded, csv_file, done, xlsx_file
from tests.factories import MembershipFactory, ModuleFactory, PartnershipFactory, PathwayFactory, completion
from training.access.actor import Actor
from training.evidence.apply import apply_import
from training.evidence.errors import RecordsMoved
from training.evidence.models import CompletionImport, Evidence, Mode, SetAside
from training.evidence.selectors import of_nobody
from training.evidence.stage import stage_import
from training.evidence.undo import AGAIN, undo_import
from training.ledger.models import Completion, Entry
from training.ledger.services import void_completion
from training.ledger.verify import verify
from training.pathways.models import Equivalence
from training.people.identity.merge import join_records
from training.people.models import Employment, Post, Sameness, Term
from training.people.roster.limits import Refused

A1 = ("1", "DA-A1", "2026-03-02", "import")


def entry(module, moment, **more) -> Equivalence:
    """An entry of the register."""
    values = {"external_title": "Asking well", "accepted_by": "The board", "starts_on": date(2025, 1, 1)} | more
    return Equivalence.objects.create(module=module, recorded_at=moment, recorded_by=str(BY), **values)


def test_a_row_of_the_template_is_recorded(load):
    applied = load(csv_file(done(evidence_ref="Cert 7")))
    assert applied.counts == {"new": 1, "unchanged": 0, "skipped": 0, "waiting": 0, "refused": 0}
    assert recorded() == [A1]
    stands = Completion.objects.everywhere(reason="test").get()
    assert (stands.evidence, stands.source, stands.agency.code, stands.role_group_code) == (
        "Cert 7",
        f"file:{applied.uid}",
        "SVH",
        "MIDWIFE",
    )


def test_the_same_file_again_or_in_another_order_writes_nothing(load):
    rows = [done(), done(employee_ref="2"), done(course_code="", external_title="Fire"), done(employee_ref="9")]
    load(csv_file(*rows))
    before = recorded(), waiting(), Entry.objects.everywhere(reason="test").count()
    for again in (rows, rows[::-1]):
        applied = load(csv_file(*again))
        assert applied.counts["unchanged"] == 4
        assert (recorded(), waiting(), Entry.objects.everywhere(reason="test").count()) == before


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("mode", Mode)
def test_the_order_of_rows_decides_nothing(load, mode, order):
    rows = [done(completed_on=day) for day in ("2026-03-02", "2025-03-02", "2024-07-02", "2026-03-02")]
    load(csv_file(*rows[::order]), mode=mode)
    days = ["2024-07-02", "2025-03-02", "2026-03-02"] if mode == Mode.HISTORY else ["2026-03-02"]
    assert [row[2] for row in recorded()] == days
    assert load(csv_file(*rows), mode=mode).counts["new"] == 0


def test_esr_says_the_period_in_the_name_and_the_day_in_two_ways(look):
    later = awarded(Date_Last_Awarded="2025/12/02 00:00:00", Expiry_Date="No expiry")
    rows = [awarded() | {"Employee Number": "1"}, later | {"Employee Number": "2"}]
    plan = look(csv_file(*rows, columns=(*ESR, "Employee Number"))).plan
    assert [(row.kind, row.module_code, row.values["completed_on"]) for row in plan.rows] == [
        ("new", "DA-A1", "2026-03-02"),
        ("new", "DA-A1", "2025-12-02"),
    ]
    assert plan.rows[0].values["period_months"] == 24
    assert plan.rows[0].values["expires_on"] == "2028-03-02"
    assert "expires_on" not in plan.rows[1].values


def test_who_updated_the_record_is_not_the_learner(look, load):
    with pytest.raises(Refused, match="does not say whose training it is.*'Last Updated By' is whoever edited"):
        look(csv_file(awarded(Last_Updated_By="1"), columns=ESR))
    load(csv_file(awarded(Last_Updated_By="1"), columns=ESR), person="2")
    assert recorded() == [("2", "DA-A1", "2026-03-02", "import")]
    with pytest.raises(Refused, match="says in each row whose training it is"):
        look(csv_file(done()), person="2")


def test_what_has_not_been_achieved_is_skipped(look):
    rows = [awarded(Compliance_Status="RED", Date_Last_Awarded="", Date_Start="", Expiry_Date="")]
    plan = look(csv_file(*rows, columns=ESR), person="1").plan
    assert [(row.kind, row.reasons) for row in plan.rows] == [
        ("skipped", ["the file says that this has not been achieved"])
    ]


def test_a_red_row_with_a_day_is_history(load):
    load(csv_file(awarded(Compliance_Status="RED", Date_Last_Awarded="02-Mar-2020"), columns=ESR), person="1")
    assert recorded() == [("1", "DA-A1", "2020-03-02", "import")]
    stands = Completion.objects.everywhere(reason="test").get()
    assert stands.agency is None, "they had not come yet on that day"


def test_an_unknown_person_or_course_waits_for_a_decision(load):
    load(
        csv_file(
            done(employee_ref="9"),
            done(course_code="", external_title="NHS|CSTF|Fire Safety - 2 Years|"),
            done(course_code="XX-9", external_title="", completed_on="2026-03-01"),
        )
    )
    assert recorded() == []
    assert waiting() == [
        ("1", "Fire Safety", "NHS CSTF", "2026-03-02"),
        ("1", "XX-9", "", "2026-03-01"),
        ("9", "DA-A1", "", "2026-03-02"),
    ]


def test_what_waited_for_a_person_is_settled_by_the_next_file(load, world, staff):
    load(csv_file(done(employee_ref="9")))
    employment = Employment.objects.within(world.agency).get(employee_ref="2")
    employment.employee_ref = "9"
    employment.save()
    load(csv_file(done(employee_ref="9")))
    assert recorded() == [("9", "DA-A1", "2026-03-02", "import")]
    assert waiting() == []
    settled = Evidence.objects.everywhere(reason="test").get()
    assert (settled.state, settled.person, settled.entry.module_code) == ("accepted", staff["2"], "DA-A1")


def test_the_register_recognises_a_title_of_its_provider(load, module, moment):
    known = entry(module, moment, provider="Sea Training")
    titles = {"course_code": "", "external_title": "ASKING, well"}
    load(csv_file(done(**titles, provider="sea training"), done(employee_ref="2", **titles, provider="Others")))
    assert recorded() == [("1", "DA-A1", "2026-03-02", "equivalence")]
    stands = Completion.objects.everywhere(reason="test").get()
    assert (stands.source, stands.evidence) == (f"equivalence:{known.pk}", "ASKING, well (sea training)")
    assert [row[0] for row in waiting()] == ["2"]


def test_an_entry_without_a_provider_takes_any(load, module, moment):
    entry(module, moment, external_title="NHS|CSTF|Asking well - 2 Years|", provider="")
    entry(ModuleFactory(pathway=module.pathway, code="DA-B1"), moment, provider="")
    load(csv_file(done(course_code="", external_title="457|LOCAL|Asking well|")))
    assert recorded() == [("1", "DA-B1", "2026-03-02", "equivalence")]


def test_two_entries_for_one_title_are_not_guessed_between(load, module, moment):
    for code in ("DA-B1", "DA-C1"):
        entry(ModuleFactory(pathway=module.pathway, code=code), moment)
    load(csv_file(done(course_code="", external_title="Asking well")))
    assert (recorded(), len(waiting())) == ([], 1)


def test_an_entry_that_has_ended_decides_nothing_more(load, module, moment):
    entry(module, moment, ends_on=date(2026, 11, 1))
    load(csv_file(done(course_code="", external_title="Asking well")))
    assert (recorded(), len(waiting())) == ([], 1)


def test_a_title_set_aside_is_left_out(load, world, moment):
    SetAside.objects.create(
        agency=world.agency, external_title="Fire", title_key="fire", recorded_at=moment, recorded_by=str(BY)
    )
    assert load(csv_file(done(course_code="", external_title="Fire"))).counts["skipped"] == 1
    assert waiting() == []


def test_a_code_that_two_pathways_use_waits(load, world):
    other = PartnershipFactory(code="east")
    MembershipFactory(partnership=other, agency=world.agency)
    ModuleFactory(pathway=PathwayFactory(partnership=other), code="DA-A1")
    load(csv_file(done()))
    assert Evidence.objects.everywhere(reason="test").get().why == "it could mean more than one module"


def test_only_what_is_newer(load, staff, module):
    completion(staff["1"], module, on=date(2026, 1, 5))
    older, same, newer = (done(completed_on=day) for day in ("2025-12-05", "2026-01-05", "2026-02-05"))
    assert load(csv_file(older, same), mode=Mode.NEWER).counts["new"] == 0
    assert load(csv_file(older, newer), mode=Mode.NEWER).counts == {
        "new": 1,
        "unchanged": 0,
        "skipped": 1,
        "waiting": 0,
        "refused": 0,
    }


def test_what_stands_under_another_record_of_the_same_person_is_not_recorded_again(load, staff, module):
    said = {"proof": Sameness.Proof.ADDRESS, "by": Actor.system("test"), "at": datetime(2026, 3, 2, 9, tzinfo=UTC)}
    join_records(staff["1"], staff["2"], **said)
    completion(staff["2"], module, on=date(2026, 3, 2))
    assert load(csv_file(done())).counts["unchanged"] == 1
    assert load(csv_file(done(completed_on="2025-03-02")), mode=Mode.NEWER).counts["skipped"] == 1


def test_only_what_is_asked_for_and_not_in_date(load, staff, module):
    completion(staff["1"], module, on=date(2026, 1, 5))
    unasked = ModuleFactory(pathway=module.pathway, code="DA-B1")
    assert unasked
    rows = [done(), done(employee_ref="2"), done(employee_ref="2", course_code="DA-B1")]
    counts = load(csv_file(*rows), mode=Mode.OPEN).counts
    assert (counts["new"], counts["skipped"]) == (1, 2)
    assert ("2", "DA-A1", "2026-03-02", "import") in recorded()


def test_a_refresher_is_open_where_what_it_refreshes_is(load, module):
    ModuleFactory(pathway=module.pathway, code="DA-A9", refreshes=module)
    assert load(csv_file(done(course_code="da-a9")), mode=Mode.OPEN).counts["new"] == 1


def test_another_agencys_rows_the_future_and_leavers_are_refused(look, world, staff):
    post = Post.objects.within(world.agency).get(employment__employee_ref="2")
    Term.objects.within(world.agency).filter(post=post).update(ends_on=date(2026, 1, 31))
    plan = look(
        csv_file(
            done(agency_code="SVP"),
            done(completed_on="2026-11-03"),
            done(employee_ref="2", completed_on="2026-02-01"),
            done(employee_ref="2", completed_on="2026-01-31"),
            done(expires_on="2026-03-01"),
        )
    ).plan
    assert [row.kind for row in plan.rows] == ["refused", "refused", "refused", "new", "refused"]
    assert [row.reasons for row in plan.rows if row.reasons] == [
        ["the row is about another agency: 'SVP'"],
        ["completed_on 2026-11-03 is yet to come"],
        ["they had left by 2026-02-01: check the day and the reference"],
        ["expires_on 2026-03-01 is before completed_on 2026-03-02"],
    ]


def test_a_workbook_says_the_same_as_csv(load):
    load(xlsx_file(done(completed_on=date(2026, 3, 2))))
    assert recorded() == [A1]


def test_applying_twice_records_once(world, staff, module, day, moment):
    staged = stage_import(world.agency, csv_file(done()), mode=Mode.HISTORY, on=day, by=BY, at=moment)
    for _ in range(2):
        apply_import(staged, by=BY, at=moment)
    assert recorded() == [A1]


def test_records_that_moved_are_looked_at_again(world, staff, module, day, moment):
    staged = stage_import(world.agency, csv_file(done()), mode=Mode.HISTORY, on=day, by=BY, at=moment)
    completion(staff["1"], module, on=date(2026, 3, 2), at=moment)
    with pytest.raises(RecordsMoved):
        apply_import(staged, by=BY, at=moment)
    assert CompletionImport.objects.get().state == "staged"


def test_undoing_voids_what_was_recorded_and_withdraws_what_waits(load, moment, world):
    applied = load(csv_file(done(), done(employee_ref="9"), done(employee_ref="8")))
    decided = Evidence.objects.within(world.agency).get(employee_ref="8")
    decided.state = Evidence.State.DECLINED
    decided.save()
    undone = undo_import(applied, by=BY, at=moment)
    assert (recorded(), waiting()) == ([], [])
    assert undone.unrestored == ["DA-A1 of 8 was declined since, so that stays."]
    assert undo_import(applied, by=BY, at=moment).undone_at == moment
    load(csv_file(done()))
    assert recorded() == [A1], "what was taken back can be recorded again"
    assert verify(world.partnership).is_intact


def test_what_somebody_has_voided_since_is_voided_once(load, moment, world, day):
    applied = load(csv_file(done(), done(employee_ref="2")))
    first = Completion.objects.everywhere(reason="test").get(person__employments__employee_ref="1")
    void_completion(first, reason="A mistake", by=BY, at=moment)
    undo_import(applied, by=BY, at=moment)
    voids = Entry.objects.everywhere(reason="test").filter(kind=Entry.Kind.VOID).order_by("number")
    assert [each.reason for each in voids] == ["A mistake", "The file that brought it was taken back"]
    assert verify(world.partnership).is_intact


def test_undoing_lets_wait_again_what_the_file_had_settled(load, world, moment):
    first = load(csv_file(done(employee_ref="9")))
    Employment.objects.within(world.agency).filter(employee_ref="2").update(employee_ref="9")
    second = load(csv_file(done(employee_ref="9")))
    undo_import(second, by=BY, at=moment)
    again = Evidence.objects.within(world.agency).get()
    assert (again.state, again.person, again.entry, again.module.code) == ("waiting", None, None, "DA-A1")
    assert (again.why, again.decided_at, again.decided_by) == (AGAIN, None, "")
    assert of_nobody(world.agency) == [again], "where HR finds it"
    assert recorded() == []
    load(csv_file(done(employee_ref="9")))
    assert (recorded(), waiting()) == ([("9", "DA-A1", "2026-03-02", "import")], [])
    assert undo_import(first, by=BY, at=moment).unrestored == ["DA-A1 of 9 was accepted since, so that stays."]


def test_what_a_file_settled_waits_no_more_once_both_files_are_undone(load, world, module, moment):
    titled = {"course_code": "", "external_title": "Asking well"}
    first = load(csv_file(done(**titled)))
    register = entry(module, moment)
    second = load(csv_file(done(**titled)))
    assert recorded() == [("1", "DA-A1", "2026-03-02", "equivalence")]
    register.delete()
    for file in (first, second):
        undo_import(file, by=BY, at=moment)
    assert (recorded(), waiting()) == ([], [])
    gone = Evidence.objects.within(world.agency).get()
    assert (gone.state, gone.entry, gone.external_title) == ("withdrawn", None, "")


@pytest.mark.parametrize(
    ("days", "notes"),
    [
        (("03/04/2025", "02/03/2025"), 2),
        (("03/04/2025", "22/03/2025"), 0),
        (("2025-04-03", "03/03/2025"), 0),
    ],
)
def test_days_that_could_be_two_are_read_day_first_and_say_so(look, days, notes):
    seen = look(csv_file(*(done(employee_ref=str(n), completed_on=day) for n, day in enumerate(days, 1))))
    reasons = [reason for row in seen.plan.rows for reason in row.reasons if "was read with the day first" in reason]
    assert len(reasons) == notes
