"""Large completion files are looked at, applied and undone by the background worker; the page says so meanwhile."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.evidence.conftest import recorded
from tests.evidence.files import csv_file, done
from tests.evidence.test_pages import text_of, upload
from training.evidence import stage, work
from training.evidence.models import CompletionImport, CompletionRow
from training.evidence.tasks import TICKS
from training.evidence.work import work_on_completions
from training.people.by_worker import GIVEN_UP, MOST_TRIES


@pytest.fixture
def hr(client, bea, staff, module, monkeypatch):
    """HR's browser, on a site for which two rows are many."""
    monkeypatch.setattr(stage, "ROWS_AT_ONCE", 1)
    monkeypatch.setattr(work, "ROWS_AT_ONCE", 1)
    client.force_login(bea)
    return client


def tick() -> int:
    return work_on_completions(at=timezone.now())


def two():
    return csv_file(done(), done(employee_ref="9"))


def press(hr, what):
    return hr.post(reverse(what, args=["SVH", CompletionImport.objects.get().uid]), follow=True)


def test_the_worker_looks_applies_and_undoes(hr):
    assert work_on_completions in TICKS
    page = upload(hr, two())
    assert "Being read" in text_of(page) and page["Refresh"] == "5"
    assert not CompletionRow.objects.everywhere(reason="test").exists()
    assert tick() == 1
    address = reverse("completions-import", args=["SVH", CompletionImport.objects.get().uid])
    page = text_of(hr.get(address))
    assert "What this file would record" in page
    assert "nobody on your roster has this employee reference" in page
    assert CompletionImport.objects.get().packed is None
    assert "Being applied" in text_of(press(hr, "completions-apply"))
    assert recorded() == []
    tick()
    assert len(recorded()) == 1
    assert "Receipt" in text_of(hr.get(address))
    assert "Being undone" in text_of(press(hr, "completions-undo"))
    tick()
    assert "Undone" in text_of(hr.get(address))
    assert tick() == 0


def test_what_it_finds_is_what_a_page_would_find_at_once(hr, monkeypatch):
    def rows():
        names = ("number", "kind", "employee_ref", "module_code", "values", "reasons", "key", "person")
        found = CompletionRow.objects.everywhere(reason="test").order_by("id")
        return list(found.filter(completion_import=CompletionImport.objects.first()).values_list(*names))

    upload(hr, two())
    tick()
    by_the_worker = rows()
    monkeypatch.setattr(stage, "ROWS_AT_ONCE", 2)
    upload(hr, two())
    assert CompletionImport.objects.count() == 2
    assert rows() == by_the_worker != []


def test_what_the_worker_cannot_do_is_told_on_the_page_and_keeps_nothing(hr, monkeypatch):
    upload(hr, two())
    with monkeypatch.context() as patch:
        patch.setattr(work, "look", lambda *args, **more: 1 / 0)
        for _ in range(MOST_TRIES + 1):
            tick()
    seen = CompletionImport.objects.get()
    assert (seen.state, seen.work, seen.packed) == ("refused", "", None)
    address = reverse("completions-import", args=["SVH", seen.uid])
    assert GIVEN_UP in text_of(hr.get(address))


def test_each_file_is_recorded_at_a_moment_of_its_own(hr, monkeypatch):
    """Many files take long: what the last one records was not known when the round began."""
    upload(hr, two())
    upload(hr, csv_file(done(completed_on="2026-03-03"), done(employee_ref="9")))
    spans = []

    def slow(waiting, *, by, at):
        spans.append((at, timezone.now()))

    monkeypatch.setattr(work, "look", slow)
    assert tick() == 2
    assert spans[0][1] <= spans[1][0]


def test_a_wish_that_came_after_the_deed_is_over(hr):
    upload(hr, two())
    tick()
    press(hr, "completions-apply")
    tick()
    CompletionImport.objects.update(work="apply", work_by="user:late")
    assert (tick(), tick()) == (1, 0)
    assert CompletionImport.objects.get().problem == ""
