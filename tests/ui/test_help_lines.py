"""A number is shown for a year after its check, then hidden; `manage.py check` warns before."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string

from training.ui import checks
from training.ui.help_lines import NATIONAL_HELPLINE, HelpLine

LINE = HelpLine(name="A line", number="0000", when="always", checked_on=date(2026, 1, 10))
LAST = NATIONAL_HELPLINE.shown_until


@pytest.mark.parametrize(
    ("on", "is_stale"), [(date(2026, 1, 10), False), (date(2027, 1, 10), False), (date(2027, 1, 11), True)]
)
def test_a_check_holds_for_a_year(on, is_stale):
    assert LINE.is_stale(on) is is_stale


@pytest.mark.parametrize("template", ["ui/help_lines.html", "home/support.html"])
def test_a_number_not_checked_for_a_year_is_hidden_and_999_stays(monkeypatch, template):
    monkeypatch.setattr("training.ui.templatetags.ui.today", lambda: LAST)
    assert NATIONAL_HELPLINE.number in render_to_string(template)
    monkeypatch.setattr("training.ui.templatetags.ui.today", lambda: LAST + timedelta(days=1))
    page = render_to_string(template)
    assert "0808" not in page
    assert "Number checked" not in page
    assert "999" in page


@pytest.mark.parametrize(
    ("days_left", "said"),
    [(31, []), (30, ["will be hidden after"]), (0, ["will be hidden after"]), (-1, ["is hidden:"])],
)
def test_the_check_warns_thirty_days_before(monkeypatch, days_left, said):
    monkeypatch.setattr(checks, "today", lambda: LAST - timedelta(days=days_left))
    found = checks.help_lines_are_checked()
    assert [each.id for each in found] == ["training.W002"] * len(said)
    assert all(words in each.msg for words, each in zip(said, found, strict=True))
