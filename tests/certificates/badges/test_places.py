"""Where in the lists of suspended badges a badge has its bit."""

import pytest

from certificates.badges import status
from certificates.models import BadgePlace
from certificates.services import issue
from tests.factories import ModuleFactory, completion

PLACES = BadgePlace.objects.everywhere(reason="test")


@pytest.fixture
def another(amira, moment):
    """A second certificate of hers."""
    return issue(completion(amira, ModuleFactory(code="DA-B1")), at=moment)


@pytest.fixture
def lots(monkeypatch):
    """What is drawn, one after the other."""

    def drawn(*numbers):
        left = iter(numbers)
        monkeypatch.setattr(status.secrets, "randbelow", lambda length: next(left))

    return drawn


def test_a_place_is_drawn_by_lot_and_kept(certificate, another, lots):
    lots(90_000, 7)
    assert [status.place_of(each) for each in (certificate, another, certificate)] == [90_000, 7, 90_000]


def test_a_place_that_is_taken_is_not_given_again(certificate, another, lots):
    lots(7, 7, 7, 8)
    assert [status.place_of(each) for each in (certificate, another)] == [7, 8]


def test_who_is_beaten_to_it_reads_what_the_other_drew(certificate, monkeypatch):
    def other_first(length):
        BadgePlace.objects.create(number=5, certificate=certificate)
        return 6

    monkeypatch.setattr(status.secrets, "randbelow", other_first)
    assert status.place_of(certificate) == 5
    assert [each.number for each in PLACES] == [5]


def test_when_half_of_a_list_is_given_the_next_is_drawn_from(certificate, another, lots, monkeypatch):
    monkeypatch.setattr(status, "LENGTH", 2)
    lots(1, 0)
    first, second = status.place_of(certificate), status.place_of(another)
    given = BadgePlace.objects.of(certificate.pk).get().pk  # the database counts on from test to test
    assert (first, second) == (1, 2 * given)
    assert (status.exists(0), status.exists(given), status.exists(given + 1)) == (True, True, False)
