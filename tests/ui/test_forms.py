"""Django forms drawn in GOV.UK mark-up."""

import re
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from training.ui.forms import DateField, DateParts, NumberField, month_number
from training.ui.gallery import SampleForm


class DateForm(forms.Form):
    """One date."""

    done_on = DateField(label="Done on", required=False)


class OneForm(forms.Form):
    """One field with a hint."""

    name = forms.CharField(label="Full name", help_text="As on a certificate")


def posted(day="", month="", year=""):
    """What a browser sends for the three boxes."""
    return {"done_on_day": day, "done_on_month": month, "done_on_year": year}


@given(st.dates())
def test_a_real_day_typed_in_numbers_cleans_to_that_day(day):
    form = DateForm(posted(str(day.day), str(day.month), f"{day.year:04}"))
    assert form.is_valid()
    assert form.cleaned_data == {"done_on": day}


@given(st.text(max_size=6), st.text(max_size=6), st.text(max_size=6))
def test_whatever_is_typed_gives_a_day_nothing_or_a_message(day, month, year):
    form = DateForm(posted(day, month, year))
    if form.is_valid():
        assert form.cleaned_data["done_on"] is None or isinstance(form.cleaned_data["done_on"], date)
    else:
        assert list(form.errors) == ["done_on"]


@pytest.mark.parametrize("month", ["3", "03", "March", "mar", "MAR"])
def test_a_month_may_be_typed_as_a_word(month):
    assert month_number(month) == 3


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (posted("27", "", "2026"), "The date must include a month"),
        (posted("27", "", ""), "The date must include a month and year"),
        (posted("31", "2", "2026"), "Enter a real date, like 27 3 2026"),
        (posted("27", "Smarch", "2026"), "Enter a real date, like 27 3 2026"),
        (posted("9" * 20, "3", "2026"), "Enter a real date, like 27 3 2026"),
        (posted("9" * 5000, "3", "2026"), "Enter a real date, like 27 3 2026"),
        (posted("27", "3", "26"), "The year must have 4 digits, like 2026"),
    ],
)
def test_a_date_that_is_none_says_what_is_wrong(typed, message):
    assert DateForm(typed).errors == {"done_on": [message]}


def test_an_empty_optional_date_is_none():
    form = DateForm(posted())
    assert form.is_valid()
    assert form.cleaned_data == {"done_on": None}


def test_what_was_typed_into_a_date_comes_back():
    page = str(DateForm(posted("31", "2", "2026")))
    assert re.findall(r'name="(\w+)"[^>]* value="(\w*)"', page) == [
        ("done_on_day", "31"),
        ("done_on_month", "2"),
        ("done_on_year", "2026"),
    ]


def test_the_same_day_again_is_no_change():
    field = DateField()
    day = date(2026, 3, 27)
    assert not field.has_changed(day, DateParts("27", "3", "2026"))
    assert field.has_changed(day, DateParts("28", "3", "2026"))
    assert field.has_changed(day, DateParts("28", "x", "2026"))


def test_a_form_in_a_variable_is_drawn_like_the_component():
    form = SampleForm({})
    assert str(form) == render_to_string("ui/form.html", {"form": form}).strip()


def test_hint_and_error_are_named_by_the_control_they_describe():
    page = str(OneForm({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'class="govuk-input govuk-input--error"' in page


def test_every_id_that_the_mark_up_points_at_exists_once():
    page = str(SampleForm(posted("31", "2", "2026")))
    ids = re.findall(r' id="([^"]+)"', page)
    pointed = set(re.findall(r' for="([^"]+)"', page)) | set(re.findall(r' href="#([^"]+)"', page))
    for names in re.findall(r' aria-describedby="([^"]+)"', page):
        pointed |= set(names.split())
    assert sorted(ids) == sorted(set(ids))
    assert pointed - set(ids) == set()


def test_the_summary_links_each_message_to_its_first_control():
    page = str(SampleForm({}))
    summary = page.partition("</ul>")[0]
    assert re.findall(r'href="#([^"]+)">([^<]+)<', summary) == [
        ("id_name", "Full name: enter an answer"),
        ("id_password", "Password: enter an answer"),
        ("id_about", "What you do: enter an answer"),
        ("id_role", "Role: choose an answer"),
        ("id_way_0", "How you would like to learn: choose an answer"),
        ("id_agrees", "I have read this: tick the box"),
        ("id_done_on_day", "Enter a date"),
    ]


def test_a_valid_form_has_no_summary():
    assert "There is a problem" not in str(OneForm({"name": "Amira"}))


def test_a_choice_that_was_made_stays_made():
    page = str(SampleForm({"way": "room", "days": ["tue"]}))
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["room", "tue"]


def test_markup_typed_by_a_user_is_escaped():
    page = str(OneForm({"name": '"><script>alert(1)</script>'}))
    assert "<script>" not in page


def test_a_filter_does_not_say_optional():
    form = DateForm()
    form.fields["team"] = forms.CharField(label="Team", required=False)
    assert "Team (optional)" in render_to_string("ui/fields.html", {"form": form})
    assert "Team (optional)" not in render_to_string("ui/filters.html", {"form": form})


def test_filters_leave_the_error_summary_to_the_top_of_the_page():
    form = OneForm({})
    assert not form.is_valid()
    assert "There is a problem" not in render_to_string("ui/filters.html", {"form": form})


def test_a_number_is_typed_as_text_so_that_what_is_none_comes_back_and_is_refused():
    class Asked(forms.Form):
        target = NumberField(min_value=0, max_value=100, required=False)

    drawn = str(Asked())
    assert 'type="text"' in drawn and 'inputmode="numeric"' in drawn
    assert "number" not in drawn and "max=" not in drawn
    form = Asked({"target": "8-5"})
    assert not form.is_valid()
    assert 'value="8-5"' in str(form) and "Enter a whole number" in str(form)


@pytest.mark.parametrize(("typed", "number"), [("0", 0), (" 40 ", 40), ("1,240", 1240), ("1 240", 1240), ("", None)])
def test_numbers_are_read_as_people_type_them(typed, number):
    assert NumberField(required=False).clean(typed) == number


@pytest.mark.parametrize("typed", ["1_0", "٤٠", "1,5", "1.0", "²", "-1", "+1", "9" * 5000])
def test_what_only_a_program_would_read_as_a_number_is_none(typed):
    with pytest.raises(forms.ValidationError, match="Enter a whole number"):
        NumberField().clean(typed)


@pytest.mark.parametrize("day", [("1_0", "3", "2026"), ("٤", "3", "2026"), ("4", "٣", "2026"), ("4", "3", "٢٠٢٦")])
def test_nor_is_a_day_read_from_it(day):
    with pytest.raises(forms.ValidationError):
        DateField().clean(DateParts(*day))
