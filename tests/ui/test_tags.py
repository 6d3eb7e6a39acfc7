"""Words for dates, minutes and standings."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template, TemplateSyntaxError

from training.ui.charts import Dot
from training.ui.rows import dots, table_rows
from training.ui.templatetags.ui import minutes, standing_tag, uk_date, uk_moment


def drawn(source, **values):
    """A piece of template with the look's tags."""
    return Template("{% load ui %}" + source).render(Context(values))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (None, ""),
        (0, "0 minutes"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (75, "1 hour 15 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_minutes_are_said_in_words(number, words):
    assert minutes(number) == words


def test_a_day_is_said_as_in_britain():
    assert uk_date(date(2026, 3, 1)) == "1 March 2026"
    assert uk_date(None) == ""


def test_a_moment_is_read_as_londons_day():
    late = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert uk_date(late) == "1 July 2026"
    assert uk_moment(late) == "1 July 2026 at 12:30am"
    assert uk_moment(datetime(2026, 1, 5, 14, 5, tzinfo=UTC)) == "5 January 2026 at 2:05pm"
    assert uk_moment(None) == ""


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("not_yet_required", "Not yet required"),
        ("not_started", "Not started"),
        ("in_progress", "In progress"),
        ("in_date", "In date"),
        ("due_soon", "Due soon"),
        ("overdue", "Overdue"),
        ("exempt", "Exempt"),
        ("paused", "Paused"),
    ],
)
def test_a_standing_has_a_word_and_a_shape(state, words):
    tag = standing_tag(state)
    assert tag.endswith(f"</svg>{words}</strong>\n")
    assert "<svg" in tag


def test_no_two_standings_share_a_shape():
    states = ["not_yet_required", "not_started", "in_progress", "in_date", "due_soon", "overdue", "exempt", "paused"]
    shapes = {standing_tag(state).partition("<svg")[2].partition("</svg>")[0] for state in states}
    assert len(shapes) == len(states)


def test_a_component_wraps_the_pages_own_markup():
    page = drawn('{% component "ui/inset.html" %}<p>{{ word }}</p>{% endcomponent %}', word="A & B")
    assert '<div class="govuk-inset-text"><p>A &amp; B</p></div>' in page


def test_a_component_sees_only_what_it_is_given():
    page = drawn('{% component "ui/details.html" summary=said %}x{% endcomponent %}', said="More", body="leak")
    assert "More" in page
    assert "leak" not in page


def test_a_component_with_a_stray_word_says_so():
    with pytest.raises(TemplateSyntaxError, match="takes name=value"):
        drawn('{% component "ui/inset.html" stray %}{% endcomponent %}')


def test_a_tables_cells_may_be_text_links_or_standings():
    page = drawn(
        '{% include "ui/table.html" with caption="All" head=head rows=rows only %}',
        head=["Name", {"text": "Minutes", "numeric": True}],
        rows=[["<b>", {"text": 0, "numeric": True}], [{"text": "A1", "url": "/a1/"}, {"state": "overdue"}]],
    )
    assert "&lt;b&gt;" in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">0' in page
    assert '<a class="govuk-link" href="/a1/">A1</a>' in page
    assert "Overdue" in page


def test_a_chart_gives_a_hidden_figure_no_bar():
    rows = [{"label": "Vale", "percent": None, "text": "*"}, {"label": "Hills", "percent": 0, "text": "0%"}]
    page = drawn('{% include "ui/bar_chart.html" with id="c" title="T" description="D" rows=rows only %}', rows=rows)
    assert page.count('class="ui-chart__bar"') == 1
    assert 'aria-labelledby="c-title c-desc"' in page


def test_what_is_written_without_a_template_is_escaped_all_the_same():
    row = ["<b>Oak</b>", {"text": "a & b", "numeric": True}, {"text": 1234, "url": '/x?y="z"'}, {"state": "overdue"}]
    written = str(table_rows([row], header_at=1))
    assert written.startswith('<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">&lt;b&gt;Oak')
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">a &amp; b</td>' in written
    assert '<a class="govuk-link" href="/x?y=&quot;z&quot;">1234</a>' in written
    assert "Overdue" in written
    assert "&lt;i&gt;: 3%</title>" in dots([Dot("1", 2, "<i>", "3%")], 4)


def test_the_cell_that_is_its_rows_header_can_be_any():
    assert "".join(str(table_rows([["a", "b"]], header_at=2)).split()) == (
        '<trclass="govuk-table__row"><tdclass="govuk-table__cell">a</td>'
        '<thscope="row"class="govuk-table__header">b</th></tr>'
    )
