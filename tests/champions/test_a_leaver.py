"""A champion of a surgery is missing from the roster file that HR uploads: what the pages say that same day."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from champions.models import Champion
from champions.services.network import nominate, record_agreement
from tests.champions.conftest import BY
from tests.factories import DesignationFactory
from tests.people.roster.files import csv_file, row
from training.people.models import Duty, RosterImport, Workplace

DESK = "/champions/network/severnshire/"
THERE = {"site_code": "SURGERY", "locality_code": "N"}
STAYS = [row(employee_ref=f"{each}", last_name=f"Stays{each}", **THERE) for each in range(12)]
GOES = row(employee_ref="99", last_name="Goes", designations="CHAMPION", **THERE)


def work() -> None:
    """The worker has its turns of half a minute: what one of its rooms leaves to another is done in the next."""
    for _ in range(2):
        call_command("worker", "--once", "--quiet")


@pytest.fixture
def surgery(world, network) -> Workplace:
    """Where twelve others work, so that one leaver needs no second person."""
    return Workplace.objects.create(
        agency=world.agency, code="SURGERY", title="Harbour surgery", locality=network.north
    )


@pytest.fixture
def hand_in(sign_in, bea, surgery):
    """HR uploads a full roster, looks at what it would change, and applies it; then the worker has its turn."""
    DesignationFactory(code="CHAMPION")

    def upload(*rows):
        client = sign_in(bea)
        sent = SimpleUploadedFile("roster.csv", csv_file(*rows).read())
        client.post(reverse("rosters", args=["SVH"]), {"file": sent, "is_full": "on"})
        newest = RosterImport.objects.order_by("-pk")[0]
        page = client.post(
            reverse("roster-apply", args=["SVH", newest.uid]), {"shown": newest.digest}, follow=True
        ).content.decode()
        assert "The roster has been applied." in page
        work()

    return upload


@pytest.fixture
def goes(hand_in, world, day, moment) -> Champion:
    """The surgery's champion, active."""
    hand_in(GOES, *STAYS)
    duty = Duty.objects.everywhere(reason="test").known_now().get(designation__code="CHAMPION")
    champion = nominate(person=duty.post.employment.person, partnership=world.partnership, on=day, by=BY, at=moment)
    record_agreement(champion=champion, agreed_on=day, by=BY, at=moment)
    work()
    return champion


@pytest.fixture
def reads(sign_in, cy):
    """The words of one of the coordinator's pages."""

    def read(part=""):
        page = sign_in(cy).get(DESK + part).content.decode().split("</h1>")[1]
        return " ".join(re.sub("<[^>]*>", " ", page).split())

    return read


def test_a_leaver_ends_the_row_opens_a_hand_over_and_leaves_the_surgery_as_a_gap(goes, hand_in, reads):
    assert "1 active champion " in reads()
    assert "Hand-overs" not in reads()
    assert "Harbour surgery" not in reads("coverage/")
    hand_in(*STAYS)
    desk = reads()
    assert "0 active champions" in desk
    assert "1 place where a champion went" in desk
    assert "Sam Goes , Severn Vale Hospitals Their post or duty ended on the roster" in desk
    assert "Stood down" in reads(f"{goes.person.uid}/")
    assert "Workplaces with none: 1" in reads("coverage/")
    assert "Harbour surgery Severn Vale Hospitals" in reads("coverage/")
