"""The bench times coverage over what it makes, and takes everything back."""

from training.ledger import bench
from training.ledger.models import Entry
from training.people.models import Partnership, Person


def test_the_bench_counts_what_it_made_and_leaves_nothing(db):
    timing = bench.run(posts=200, completions=1000)
    assert (timing.posts, timing.completions) == (200, 1000)
    assert timing.rows > 400
    assert timing.worked_out_in > 0
    assert not Partnership.objects.exists()
    assert not Person.objects.everywhere(reason="test").exists()
    assert not Entry.objects.everywhere(reason="test").exists()
