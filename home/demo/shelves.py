"""What Severnshire's champions say and ask: a noticeboard, enquiries on their way, answers that are kept, a letter."""

from datetime import datetime, timedelta

from champions.models import Champion, Newsletter
from champions.services.enquiries import answer_enquiry, ask_network, decide, take
from champions.services.enquiry_guests import ask_specialist
from champions.services.noticeboard import let_through, open_thread, say
from training.access.actor import Actor
from training.people.models import Partnership

KEPT = (
    (
        "Where can a poster with the helpline hang so that somebody can read it alone?",
        "On the inside of toilet doors, of all toilets. Small cards by the sink are taken away more often than "
        "leaflets at the desk.",
    ),
    (
        "Somebody always comes with a partner who answers for them. How do we see them alone?",
        "Make it a rule for everybody: a part of each appointment is alone. Then nobody is singled out, and no reason "
        "needs to be given.",
    ),
)
WAITS = "Is there a briefing that fits into a ten-minute handover?"
TO_READ = "Who may interpret when somebody's relative offers to?"
ANSWER = "Never a relative or friend. Book an interpreter by telephone, and ask for one from outside the town."
SAID = (
    ("Posters and leaflets", "We put the cards by the sinks in June. All of them were gone after two weeks."),
    ("Briefings that went well", "Ten minutes at the start of the early shift works better for us than a lunch hour."),
)
REPLY = "Thank you, we will try that."
HELD = "Could we talk about night shifts at the next meeting?"


def build_shelves(partnership: Partnership, champions: list[Champion], *, by: Actor, at: datetime) -> None:
    """Said and asked over the last weeks by those who have agreed longest."""
    first, second, third, *_ = champions
    for number, (question, said) in enumerate(KEPT):
        then = at - timedelta(days=30 - number)
        enquiry = ask_network(asker=first.person, partnership=partnership, words=question, by=by, at=then)
        decide(enquiry=enquiry, decision="kept", question=question, answer=said, said_by="champion", by=by, at=then)
    to_read, waits = (
        ask_network(asker=second.person, partnership=partnership, words=words, by=by, at=at - timedelta(days=2))
        for words in (TO_READ, WAITS)
    )
    take(enquiry=to_read, champion=third, by=by, at=at)
    ask_specialist(enquiry=waits, address="specialist@severnshire-college.example", question=WAITS, by=by, at=at)
    answer_enquiry(enquiry=to_read, champion=third, words=ANSWER, by=by, at=at)
    for number, (title, words) in enumerate(SAID):
        then = at - timedelta(days=12 - number)
        thread = open_thread(partnership=partnership, title=title, by=by, at=then)
        top = say(thread=thread, author=first, words=words, by=by, at=then)
        below = say(thread=thread, author=second, words=REPLY, answers_to=top, by=by, at=then + timedelta(hours=3))
        for each in (top, below):
            let_through(contribution=each, by=by, at=then + timedelta(hours=4))
    say(thread=thread, author=third, words=HELD, by=by, at=at)
    words = "Thank you\n- Your briefings reached 118 people.\n\nNew to read\n- Looking after yourself"
    sent_at = at - timedelta(days=20)
    Newsletter.objects.create(partnership=partnership, words=words, made_at=sent_at, sent_at=sent_at)
