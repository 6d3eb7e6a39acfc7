"""The holder decides what a check of a certificate shows."""

from datetime import date

import pytest
from django.urls import reverse

from certificates import checking, choices
from certificates.models import Showing
from certificates.passport.selectors import opened_by
from certificates.passport.services import make_share
from certificates.services import issue
from certificates.snapshot import MASKED, initials_of
from tests.factories import ModuleFactory, completion
from training.access.actor import Actor

BY = Actor.system("test")


@pytest.fixture
def chosen(client, amira, certificate):
    """Saves the holder's wishes on the page, and gives what a stranger then reads."""
    from django.test import Client

    client.force_login(amira.user)

    def choose(*wishes: str):
        response = client.post(reverse("certificate-showing", args=[certificate.uid]), dict.fromkeys(wishes, "on"))
        assert response.status_code == 302
        stranger = Client().get(reverse("verify-code", args=[certificate.code]))
        machine = Client().get(reverse("verify-code", args=[certificate.code + ".json"]))
        return stranger.content.decode(), machine.json()

    return choose


def test_initials_instead_of_the_name(chosen):
    page, answer = chosen("is_masked")
    assert "A. L." in page and answer["name"] == "A. L."
    assert "Amira" not in page and "Learner" not in page


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Amira Learner", "A. L."),
        ("Amira (Amy) van der Learner", "A. A. V. D. L."),
        ("’Alī Özil", "A. Ö."),
        ("Li Ng", "L."),
        ("Suharto", "S."),
        ("李小龙", "李."),
        ("李 小龙", "李."),
        ("欧阳 小龙", "欧."),
        ("王伟", MASKED),
        ("김 민수", "김."),
        ("山田 太郎", "山."),
        ("สมชาย", "ส."),
        ("மீனா", "ம."),
        ("عمر", "ع."),
        ("O", MASKED),
    ],
)
def test_initials_are_never_most_of_a_name(name, shown):
    assert initials_of(name) == shown


def test_where_they_worked_only_if_they_wish_it(chosen):
    assert "Severn Vale" not in "".join(map(str, chosen()))
    page, answer = chosen("shows_agency")
    assert "Severn Vale Hospitals" in page and answer["agency"] == "Severn Vale Hospitals"


def test_a_paused_page_says_that_it_is_ours_and_no_more(chosen, certificate):
    page, answer = chosen("is_paused")
    assert answer == {"is_ours": True, "standing": "paused", "standing_in_words": "Paused by its holder"}
    assert "paused" in page
    assert not [
        said
        for said in ("Amira", "DA-A1", "Domestic abuse", "2026")
        if said in page.partition("<main")[2].partition("</main")[0]
    ]
    page, answer = chosen()
    assert answer["standing"] == "in_date" and "Amira Learner" in page


def test_the_way_to_a_renewal_only_if_they_wish_it(chosen, amira, module, certificate, moment):
    renewed = issue(completion(amira, module, on=date(2026, 9, 1)), at=moment)
    page, answer = chosen()
    assert renewed.code not in page and answer["later"] is None
    page, answer = chosen("points_forward")
    assert f"http://testserver/verify/{renewed.code}" in page
    assert answer["later"] == f"http://testserver/verify/{renewed.code}"


def test_the_page_says_how_often_it_was_checked_and_not_by_whom(chosen, client, certificate):
    chosen()
    html = client.get(reverse("certificate-showing", args=[certificate.uid])).content.decode()
    assert "It has been checked 2 times. We do not know by whom." in html


def test_nobody_else_decides(client, bea, certificate):
    client.force_login(bea)
    response = client.post(reverse("certificate-showing", args=[certificate.uid]), {"is_paused": "on"})
    assert response.status_code in (403, 404)
    assert not Showing.objects.of(certificate.pk).exists()


def test_an_earlier_one_is_found_to_be_paused(client, amira, module, certificate, moment):
    renewed = issue(completion(amira, module, on=date(2026, 9, 1)), at=moment)
    client.force_login(amira.user)
    page = client.get(renewed.get_absolute_url()).content.decode()
    assert certificate.get_absolute_url() in page
    assert "Completed on 2 March 2026, printed for" in page


def test_what_is_hidden_stays_hidden_on_a_renewal(client, amira, module, certificate, moment, day):
    """An old code may lead to the renewal, and an open link to the passport shows it."""
    Showing.objects.create(certificate=certificate, is_masked=True, points_forward=True)
    link = make_share(amira, label="", modules=(), last_on=day, by=BY, on=day, at=moment)
    renewed = issue(completion(amira, module, on=date(2026, 9, 1)), at=moment)
    assert [name for name, is_wished in choices.chosen(renewed).items() if is_wished] == ["is_masked"]
    assert [line.name for line in opened_by(link.code, on=day).lines] == ["A. L."]
    assert checking.checked(renewed.code, on=day).name == "A. L."


def test_a_refresher_of_what_is_paused_is_paused_and_its_holder_is_told(client, amira, module, certificate, moment):
    Showing.objects.create(certificate=certificate, is_paused=True)
    refresher = ModuleFactory(code="DA-A1-R", refreshes=module)
    renewed = issue(completion(amira, refresher, on=date(2026, 9, 1)), at=moment)
    client.force_login(amira.user)
    assert "because you paused it" in client.get(renewed.get_absolute_url()).content.decode()
    Showing.objects.of(renewed.pk).update(is_paused=False)
    assert "because you paused it" not in client.get(renewed.get_absolute_url()).content.decode()
    again = issue(completion(amira, module, on=date(2026, 10, 1)), at=moment)
    assert not any(choices.chosen(again).values())


def test_what_is_hidden_of_one_module_says_nothing_of_another(amira, certificate, moment):
    Showing.objects.create(certificate=certificate, is_masked=True)
    other = issue(completion(amira, ModuleFactory(code="DA-B1")), at=moment)
    assert not any(choices.chosen(other).values())
