"""Where the parts of a chart stand."""

from django.template.loader import render_to_string

from training.ui.charts import DEEP, funnel, spread, trend


def test_dots_near_each_other_are_piled_up_and_the_middle_is_drawn():
    found = spread([("Far", "41%", 41), ("One", "68%", 68), ("Two", "69%", 69), ("Few", "*", None)])
    assert [(dot.label, dot.x) for dot in found.dots] == [("Far", "41.36"), ("One", "67.28"), ("Two", "68.24")]
    far, one, two = found.dots
    assert far.y == one.y  # at the foot of its own pile
    assert two.y < one.y
    assert (found.middle, found.unseen) == (68, 1)
    assert found.table[-1] == ("Few", "*")


def test_a_crowd_of_dots_is_drawn_smaller():
    many = spread([(str(place), "50%", 50) for place in range(61)])
    assert (many.radius, many.height) == (3, 28 + 61 * 8 + 24)


def test_a_spread_of_which_nothing_can_be_shown_says_so():
    found = spread([("Few", "*", None)])
    assert (found.dots, found.middle) == ((), None)
    page = render_to_string("ui/spread.html", {"id": "a", "title": "T", "head": ["A", "B"], "spread": found})
    assert "No share can be shown." in page


def test_a_funnel_is_drawn_against_its_largest_step_and_leaves_out_what_is_hidden():
    found = funnel([("All", "200", 200), ("Asked", "*", None), ("In date", "50", 50)])
    assert [(step.x, step.width) for step in found.steps] == [("0.00", "100.00"), ("", ""), ("37.50", "25.00")]
    assert found.table[1] == ("Asked", "*")


def test_a_funnel_of_nobody_has_bars_without_width():
    assert [step.width for step in funnel([("All", "0", 0)]).steps] == ["0.00"]


def test_a_bar_carries_a_mark_for_what_was_before():
    rows = [{"label": "A", "percent": 80, "text": "80%", "before": 60, "before_text": "60%"}]
    page = render_to_string("ui/bar_chart.html", {"id": "a", "rows": rows, "before_head": "a year before"})
    assert 'class="ui-chart__before" x="60.0%"' in page
    assert "The dark mark is a year before." in page


def test_a_line_s_target_goes_through_none_of_its_figures():
    found = trend([("Mar", "36%", 36), ("Jun", "55%", 55), ("Sep", "71%", 71)], 85, "85%", whole=100)
    assert found.target_text == "85%"
    assert all(not point.text_y - 10 <= found.target_y <= point.text_y for point in found.points)
    low = trend([("Mar", "0", 0), ("Jun", "2", 2)], 3, whole=40)
    assert all(point.text_y < DEEP and not point.text_y - 10 <= low.target_y <= point.text_y for point in low.points)
