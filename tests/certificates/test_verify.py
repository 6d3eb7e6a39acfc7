"""Anyone who holds a code can check a certificate, and learns no more than stands on it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from certificates import limits
from certificates import verify_views as views
from certificates.code import grouped, new_code
from certificates.models import Certificate, LookCount, Showing
from training.access.actor import Actor
from training.ledger import services as ledger


@pytest.fixture(autouse=True)
def on_a_day(monkeypatch, day):
    """The pages read the clock: it says the day of the tests."""
    monkeypatch.setattr(views, "today", lambda: day)


def look(client, code, **headers):
    """Check a code."""
    return client.get(reverse("verify-code", args=[code]), headers=headers)


def main(response) -> str:
    """The page without its frame."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def test_a_stranger_sees_what_is_printed_and_what_it_is_worth_today(client, certificate):
    response = look(client, certificate.code)
    html = main(response)
    assert response.status_code == 200
    for words in (
        "This certificate is genuine",
        "Amira Learner",
        "Domestic abuse: what everyone needs to know",
        "2 March 2026",
        "In date until 2 March 2029",
        "Severnshire",
        "listen, believe and reassure",
    ):
        assert words in html


def test_nothing_says_where_the_holder_works(client, certificate, amira, amira_post):
    for accept in ("text/html", "application/json"):
        body = look(client, certificate.code, accept=accept).content.decode()
        for canary in ("Severn Vale", "SVH", "svh.example", "Midwife", "MIDWIFE", str(amira.uid)):
            assert canary not in body


def test_a_machine_gets_json_at_the_same_address(client, certificate):
    response = look(client, certificate.code, accept="application/json")
    assert response.json() == {
        "is_ours": True,
        "standing": "in_date",
        "standing_in_words": "In date until 2 March 2029",
        "name": "Amira Learner",
        "module_code": "DA-A1",
        "module_title": "Domestic abuse: what everyone needs to know",
        "tier": "Tier A",
        "nice_level": 1,
        "standards": "",
        "minutes": 45,
        "method": "Online course",
        "provider": "Severnshire",
        "outcomes": ["listen, believe and reassure", "tell when to call 999"],
        "completed_on": "2026-03-02",
        "valid_until": "2029-03-02",
        "issued_on": "2026-03-02",
        "issued_by": "Severnshire",
        "agency": None,
        "later": None,
    }


def test_after_its_end_it_has_run_out(client, certificate, monkeypatch):
    monkeypatch.setattr(views, "today", lambda: date(2029, 3, 3))
    assert "Ran out on 2 March 2029" in main(look(client, certificate.code))


def test_a_voided_completion_withdraws_it_and_it_keeps_answering(client, certificate, moment):
    ledger.void_completion(certificate.completion, reason="Secret reason", by=Actor.system("test"), at=moment)
    response = look(client, certificate.code)
    assert response.status_code == 200
    assert "This certificate has been withdrawn" in main(response)
    assert "Secret reason" not in response.content.decode()


def test_a_revoked_completion_withdraws_it_from_its_day(client, certificate, moment, monkeypatch):
    ledger.revoke_completion(
        certificate.completion,
        effective_on=date(2026, 12, 1),
        reason="Course withdrawn",
        by=Actor.system("test"),
        at=moment,
    )
    assert "In date until 30 November 2026" in main(look(client, certificate.code))
    monkeypatch.setattr(views, "today", lambda: date(2026, 12, 1))
    assert look(client, certificate.code, accept="application/json").json()["standing"] == "withdrawn"


def test_one_that_another_took_the_place_of_says_so_and_the_other_is_genuine(client, certificate, moment):
    later = Certificate.objects.create(
        completion=certificate.completion,
        code=new_code(),
        snapshot=certificate.snapshot | {"name": "Amira Corrected"},
        issued_at=moment,
        supersedes=certificate,
        correction=Certificate.Correction.NAME,
    )
    old = look(client, certificate.code)
    assert "This certificate has been replaced" in main(old)
    assert "Corrected" not in main(old) and later.code not in old.content.decode()
    answer = look(client, certificate.code, accept="application/json").json()
    assert (answer["standing"], answer["valid_until"]) == ("replaced", None)
    assert "This certificate is genuine" in main(look(client, later.code))


@pytest.mark.parametrize(
    "shape",
    [str.lower, grouped, lambda code: f" {grouped(code)} ", lambda code: code.replace("0", "o").replace("1", "l")],
)
def test_the_address_forgives_how_the_code_is_written(client, certificate, shape):
    assert look(client, shape(certificate.code)).status_code == 200


def test_somebody_under_protection_shows_initials_alone(client, certificate, amira):
    amira.is_protected = True
    amira.save()
    for accept in ("text/html", "application/json"):
        body = look(client, certificate.code, accept=accept).content.decode()
        assert "A. L." in body
        assert "Amira" not in body and "Learner" not in body


@pytest.mark.parametrize(
    "code", ["27A7NMB1196D9GNHM5BM9J7MAFD1S8E0", "not-a-code", "'; DROP TABLE", "U" * 32, "%00", "é" * 40]
)
def test_a_code_that_is_not_ours_gets_the_page_that_says_what_to_do(client, world, code):
    response = look(client, code)
    assert response.status_code == 404
    assert "We did not issue a certificate with this code" in main(response)
    assert look(client, code, accept="application/json").json() == {"is_ours": False, "reason": views.NOT_OURS}


def test_the_form_leads_to_the_answer(client, certificate):
    response = client.post(reverse("verify"), {"code": grouped(certificate.code).lower()})
    assert response.url == reverse("verify-code", args=[certificate.code])


def test_the_form_leads_on_what_is_a_link_to_a_passport(client, db):
    plain = "0123456789ABCDEF" * 2
    response = client.post(reverse("verify"), {"code": f"https://training.example/passport/{plain}/?x=1"})
    assert response.url == reverse("passport-opened", args=[plain])


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Enter the code"), ("ABCD", "Check the code"), ("x" * 500, "at most")]
)
def test_what_cannot_be_a_code_is_said_so_in_the_form(client, db, typed, said):
    response = client.post(reverse("verify"), {"code": typed})
    assert response.status_code == 400
    assert said in main(response)


def test_there_is_no_search_by_name(client, certificate):
    assert client.post(reverse("verify"), {"code": "Amira Learner"}).status_code == 400


@pytest.mark.parametrize("name", ["verify", "verify-code"])
def test_no_search_engine_lists_it_and_no_cache_keeps_it(client, certificate, name):
    response = client.get(reverse(name, args=[certificate.code] if name == "verify-code" else []))
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert "Accept" in response["Vary"]


def test_thirty_looks_a_minute_are_enough(client, certificate, monkeypatch, moment):
    monkeypatch.setattr(views.timezone, "now", lambda: moment)
    statuses = [look(client, new_code()).status_code for _ in range(limits.LOOKS_A_MINUTE)]
    assert set(statuses) == {404}
    refused = look(client, certificate.code)
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert "Amira" not in refused.content.decode()
    assert look(client, certificate.code, accept="application/json").status_code == 429
    assert client.get(reverse("verify-code", args=[certificate.code]), REMOTE_ADDR="192.0.2.7").status_code == 200


def test_of_the_address_of_the_one_who_looks_a_hash_is_kept_for_minutes(client, certificate, monkeypatch, moment):
    monkeypatch.setattr(views.timezone, "now", lambda: moment)
    client.get(reverse("verify-code", args=[certificate.code]), REMOTE_ADDR="192.0.2.7")
    kept = LookCount.objects.get()
    assert kept.looks == 1 and "192.0.2.7" not in kept.place
    assert limits.forget_look_counts(at=moment + timedelta(minutes=1)) == 0
    assert limits.forget_look_counts(at=moment + timedelta(minutes=3)) == 1


def test_a_code_of_ours_takes_the_same_statements_as_any_other(client, certificate, django_assert_num_queries):
    for code in (certificate.code, certificate.code, new_code()):
        with django_assert_num_queries(4):
            look(client, code)


def test_the_same_address_with_json_behind_it_is_the_machines_answer(client, certificate):
    assert look(client, certificate.code + ".json").json()["standing"] == "in_date"
    assert look(client, new_code() + ".json").json()["is_ours"] is False


def test_a_look_leaves_counts_and_nothing_else(client, certificate):
    before = _all_rows()
    look(client, certificate.code)
    look(client, certificate.code, accept="application/json")
    after = _all_rows()
    assert Showing.objects.of(certificate.pk).get().looks == 2
    assert {table for table in after if after[table] != before[table]} == {
        "certificates_showing",
        "certificates_lookcount",
    }


def _all_rows() -> dict[str, int]:
    from django.db import connection

    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_all_the_addresses_of_one_place_are_counted_together(address, place):
    assert limits.place_of(address) == place
