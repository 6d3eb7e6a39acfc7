"""Letters: drafted from what is new, sent by the outbox without a word of what is in them, and stopped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from champions.models import Newsletter
from champions.newsletter import pieces
from champions.services import newsletters as letters
from champions.services.enquiries import ask_network, decide
from champions.services.steps import refresh_steps
from tests.champions.conftest import BY
from training.notices.models import Notice

READ, DESK = "/champions/letters/", "/champions/network/severnshire/letters/"


def html(answer) -> str:
    return answer.content.decode()


def mails() -> list[Notice]:
    return list(Notice.objects.everywhere(reason="test").filter(kind="newsletter"))


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sent(world, pola, now) -> Newsletter:
    """A letter on its way to pola."""
    letter = Newsletter.objects.create(partnership=world.partnership, words="Hello.", made_at=now)
    refresh_steps(at=now)
    letters.send(newsletter=letter, words="Posters are here.", by=BY, at=now)
    return letter


def test_a_letter_is_drafted_from_what_is_new_edited_looked_at_and_sent(sign_in, cy, amira, pola, now):
    asked = ask_network(asker=amira, partnership=pola.partnership, words="Which forms?", by=BY, at=now)
    decide(enquiry=asked, decision="kept", question="Which forms?", answer="Two.", said_by="champion", by=BY, at=now)
    refresh_steps(at=now)
    client = sign_in(cy)
    page = client.post(DESK).headers["Location"]
    assert client.post(DESK).headers["Location"] == page  # one draft at a time
    draft = html(client.get(page))
    assert "Which forms?" in draft and "Southmere" in draft and "Amira" not in draft
    looked = html(client.post(page, {"words": "Forms are here.", "look": "1"}))
    assert "Send it" in looked and sign_in(pola.person).get(page).status_code == 403
    sign_in(cy).post(page, {"words": "Forms are here.", "send": "1"})
    assert "Forms are here." in html(sign_in(pola.person).get(f"{READ}{Newsletter.objects.get().uid}/"))


def test_it_goes_once_to_active_champions_and_the_mail_says_nothing_of_it(sent, pola, now):
    for _ in range(2):
        letters.tell_of_newsletters(at=now)
    (mail,) = mails()
    assert (mail.address, mail.subject) == (pola.person.user.email, "A message for you")
    assert "oster" not in mail.body and "hampion" not in mail.body.replace("/champions/", "")


def test_a_link_stops_them_without_signing_in_and_a_press_brings_them_back(client, sign_in, sent, pola, now):
    letters.tell_of_newsletters(at=now)
    (mail,) = mails()
    link = mail.body.strip().splitlines()[-1].split("//", 1)[1].split("/", 1)[1]
    assert "Pola" not in html(client.get(f"/{link}"))
    assert "no more mails" in html(client.post(f"/{link}"))
    assert client.get("/champions/letters/stop/nonsense/").status_code == 404
    Newsletter.objects.update(told_up_to=0)
    assert letters.tell_of_newsletters(at=now) == 0
    sign_in(pola.person).post(f"{READ}want/", {"want": "1"})
    Newsletter.objects.update(told_up_to=0)
    assert letters.tell_of_newsletters(at=now) == 1


def test_a_letter_that_is_sent_stays_and_the_next_begins_where_it_ended(sign_in, cy, sent, now):
    client = sign_in(cy)
    assert "stays as it is" in html(client.post(f"{DESK}{sent.uid}/", {"words": "Other"}))
    assert Newsletter.objects.get().words == "Posters are here."
    second = letters.begin(partnership=sent.partnership, by=BY, at=now + timedelta(days=1))
    assert "Asked and answered" not in second.words


def test_drafts_are_read_by_no_champion_and_letters_by_no_colleague(sign_in, world, amira, pola, sent, now):
    draft = Newsletter.objects.create(partnership=world.partnership, words="Draft", made_at=now)
    assert sign_in(pola.person).get(f"{READ}{draft.uid}/").status_code == 404
    for page in (READ, f"{READ}{sent.uid}/"):
        assert sign_in(amira).get(page).status_code == 404


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Hello.\nAgain.", [(("Hello.", "Again."), ())]),
        ("New\n- One\n- Two\nAfter\n\n\nEnd", [(("New",), ("One", "Two")), (("After",), ()), (("End",), ())]),
        ("- One\n\n", [((), ("One",))]),
        ("", []),
    ],
)
def test_a_letter_is_shown_as_paragraphs_headings_and_lists(words, shown):
    assert [(each.lines, each.items) for each in pieces(words)] == shown


def test_what_is_written_in_a_letter_is_never_mark_up(sign_in, sent, pola):
    Newsletter.objects.update(words="<b>Bold</b>\n- <i>One</i>")
    page = html(sign_in(pola.person).get(f"{READ}{sent.uid}/"))
    assert "&lt;b&gt;Bold&lt;/b&gt;</h2>" in page and "<li>&lt;i&gt;One&lt;/i&gt;</li>" in page
