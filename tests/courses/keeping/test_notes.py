"""Notes: their author writes, reads, takes and deletes them; nobody else meets a word of them."""

import logging
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.views.debug import ExceptionReporter

from courses.keeping import notes
from courses.models import Note
from courses.services.loading import load_course
from tests.courses.conftest import BEGUN
from training.people.models import Term

from .conftest import PART, SECRET, keeping_text, write

OWN = "/learning/notes/"


def page(client, address=OWN):
    return client.get(address).content.decode()


def test_what_is_written_is_there_again_in_its_lesson_and_among_ones_notes(begun):
    assert write(begun).url == f"{PART}#note-1"
    assert [SECRET in page(begun, address) for address in (PART, OWN)] == [True, True]
    assert "Which words would you use?" in page(begun)


def test_it_can_be_taken_along_as_a_text_file(begun):
    write(begun)
    answer = begun.get(f"{OWN}learning-notes.txt")
    assert SECRET in answer.content.decode()
    assert answer["Content-Disposition"] == 'attachment; filename="learning-notes.txt"'


def test_no_table_no_log_and_no_export_holds_a_word_of_it(begun, amira, caplog, capsys):
    with caplog.at_level(logging.DEBUG):
        write(begun)
        page(begun)
    call_command("person_export", str(amira.uid))
    told = [caplog.text, capsys.readouterr().out, page(begun, reverse("learning-held-file"))]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            told += [
                bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
                for row in cursor.fetchall()
                for cell in row
            ]
    assert "courses_note" in connection.introspection.table_names()
    assert [text[:80] for text in told if SECRET in text] == []


def test_a_mail_about_an_error_does_not_quote_it(begun, rf, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("courses.keeping.notes._put", broken)
    begun.raise_request_exception = True
    with pytest.raises(RuntimeError) as caught:
        write(begun)
    request = rf.post(f"{PART}note/")
    report = ExceptionReporter(request, caught.type, caught.value, caught.tb)
    ours = [frame for frame in report.get_traceback_frames() if "keeping" in frame["filename"]]
    assert [
        frame["function"] for frame in ours if SECRET in str(frame["vars"]) and "tests" not in frame["filename"]
    ] == []
    assert "write_note" in [frame["function"] for frame in ours]


def test_a_colleague_sees_and_deletes_nothing_of_it(begun, colleague):
    write(begun)
    uid = Note.objects.everywhere(reason="test").get().uid
    assert [SECRET in page(colleague, address) for address in (PART, OWN, f"{OWN}learning-notes.txt")] == [False] * 3
    assert colleague.post(f"{OWN}{uid}/delete/").status_code == 404
    colleague.post(f"{OWN}delete/")
    assert SECRET in page(begun)


def test_a_row_handed_to_somebody_else_does_not_open(begun, colleague):
    write(begun)
    write(colleague, "words of the other")
    hers, other = Note.objects.everywhere(reason="test").order_by("id")
    Note.objects.everywhere(reason="test").filter(pk=other.pk).update(sealed=hers.sealed)
    assert "A note that cannot be opened" in page(colleague)
    assert SECRET not in page(colleague)


def test_a_new_edition_leaves_the_note_with_its_old_question(begun, world):
    write(begun)
    load_course(keeping_text(keeps=False), partnership=world.partnership, at=BEGUN)
    assert "Which words would you use?" in page(begun)
    assert SECRET in page(begun)


def test_one_note_or_all_can_be_deleted(begun):
    write(begun)
    uid = Note.objects.everywhere(reason="test").get().uid
    begun.post(f"{OWN}{uid}/delete/")
    assert SECRET not in page(begun)
    write(begun)
    assert "They cannot be brought back" in page(begun, f"{OWN}delete/")
    begun.post(f"{OWN}delete/")
    assert Note.objects.everywhere(reason="test").count() == 0


def test_written_twice_it_is_kept_once_and_blank_it_is_gone(begun):
    write(begun)
    assert write(begun).url == f"{PART}#note-1"
    assert Note.objects.everywhere(reason="test").get().number == 1
    write(begun, " \r\n ", seen=1)
    assert Note.objects.everywhere(reason="test").count() == 0


def test_two_windows_lose_neither_text(begun):
    write(begun)
    told = write(begun, "typed in the other window").content.decode()
    assert [SECRET in told, "typed in the other window" in told, 'name="seen" value="1"' in told] == [True] * 3
    write(begun, "typed in the other window", seen=1)
    assert "typed in the other window" in page(begun)


def test_one_window_saves_again_and_again(begun):
    for text in ("first", "first and second", "first, second and third"):
        assert write(begun, text, window="one").status_code == 302
    told = write(begun, "of another", window="two").content.decode()
    assert ["meanwhile" in told, 'data-keep="press"' in told, 'data-keep="change"' in told] == [True, True, False]
    assert "first, second and third" in page(begun)


def test_a_window_that_no_page_has_is_none(begun):
    assert write(begun, window="a\0b").status_code == 302
    assert Note.objects.everywhere(reason="test").get().window == ""


def test_too_long_a_note_comes_back_to_be_cut(begun):
    told = write(begun, "x" * 10_001).content.decode()
    assert ["x" * 10_001 in told, "at most 10,000 characters" in told] == [True, True]


def test_the_players_script_is_told_when_it_is_saved(begun):
    told = write(begun, script=True).json()
    assert (told["leads_to"], told["is_signed_in"]) == (f"{PART}#note-1", True)


def test_who_signs_in_on_the_way_comes_back_to_the_lesson(begun):
    assert begun.get(f"{PART}note/").url == PART
    assert begun.get(f"{PART}survey/").url == PART


def test_a_lost_key_is_said_and_loses_nothing(begun, settings):
    write(begun)
    kept, settings.NOTES_KEYS = settings.NOTES_KEYS, ["another key, at least thirty-two long"]
    assert "cannot be opened" in page(begun, PART)
    assert "A note that cannot be opened" in page(begun)
    assert "cannot be opened" in page(begun, f"{OWN}learning-notes.txt")
    assert "cannot be opened now" in write(begun, "anew", seen=1).content.decode()
    settings.NOTES_KEYS = kept
    assert SECRET in page(begun)


def test_without_any_key_the_question_stands_and_nothing_is_kept(begun, settings, tmp_path):
    settings.NOTES_KEYS, settings.NOTES_KEY_FILE = [], tmp_path / "none"
    assert "Nothing can be written down here at the moment" in page(begun, PART)
    assert "cannot be kept here" in write(begun).content.decode()
    assert Note.objects.everywhere(reason="test").count() == 0


@pytest.mark.parametrize("wrong", [{"reflection": "none"}, {"reflection": ""}, {}])
def test_a_place_that_is_not_in_the_lesson_is_not_there(begun, wrong):
    assert begun.post(f"{PART}note/", {"note": "words", **wrong}).status_code == 404


def test_who_has_not_begun_cannot_write(learner):
    assert write(learner).status_code == 404


def test_thirty_days_after_the_last_post_has_ended_notes_go(begun, amira, moment):
    write(begun)
    own = Note.objects.everywhere(reason="test")
    own.update(written_at=moment)
    Term.objects.everywhere(reason="test").filter(post__employment__person=amira).update(ends_on=moment.date())
    assert notes.forget_leavers_notes(at=moment + timedelta(days=29)) == 0
    assert notes.forget_leavers_notes(at=moment + timedelta(days=32)) == 1


def test_who_is_still_here_keeps_theirs_for_years(begun, moment):
    write(begun)
    assert notes.forget_leavers_notes(at=moment + timedelta(days=2000)) == 0


def test_on_a_shared_computer_no_note_goes_to_the_next_who_signs_in(begun, attempt, colleague):
    """Amira's page is still open while a colleague signs in beside it, and its script saves by itself."""
    assert f'name="attempt" value="{attempt.uid}"' in page(begun, PART).split('id="note-1-form"')[1].split("</form>")[0]
    data = {"reflection": "own-words", "note": SECRET, "seen": 0, "attempt": attempt.uid}
    assert colleague.post(f"{PART}note/", data, headers={"X-Player": "1"}).status_code == 409
    assert colleague.post(f"{PART}note/", data).url == PART
    assert "opened by somebody else" in page(colleague, PART)
    assert Note.objects.everywhere(reason="test").count() == 0
