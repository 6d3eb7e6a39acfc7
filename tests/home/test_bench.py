"""The bench prints what it measured beside what was promised. No figure is tested: speed is for `make bench`."""

from home.bench.figures import Figure, table


def test_the_table_shows_figure_promise_and_ratio():
    figures = [
        Figure("Page: CPU", 15.04, "ms", 12.0),
        Figure("Page: database", 9, "queries"),
        Figure("Rebuild", 8.5, "s", 10.0, cpu=6.25),
    ]
    assert table(figures).splitlines() == [
        "                 measured  promised  ratio  of it CPU",
        "Page: CPU         15.0 ms     12 ms   1.25",
        "Page: database  9 queries",
        "Rebuild            8.50 s      10 s   0.85     6.25 s",
    ]
