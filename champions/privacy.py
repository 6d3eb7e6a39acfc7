"""What the network holds on a person. Who is kept away by a block is on nobody's record but its owner's.

Of two who wrote to each other each gets the words of both, which both have read, and no name or address of the other.
What others have said that one has not been shown is not given out: an answer that nobody has read over, or under
which address a manager was asked.
"""

from champions.erasure import forget_in_network
from training.privacy.holdings import Holding, Keep

FORGETS = (forget_in_network,)
PLACE_IN_NETWORK = "To know who the champions are, and since when"

HOLDINGS = (
    Holding(
        "champions.Champion",
        "person__uid",
        PLACE_IN_NETWORK,
        Keep.WHILE_EMPLOYED,
        ("partnership__title", "recorded_at"),
    ),
    Holding(
        "champions.ChampionTurn",
        "champion__person__uid",
        PLACE_IN_NETWORK,
        Keep.WHILE_EMPLOYED,
        ("turn", "happened_on", "reason", "way", "was_listed", "recorded_at"),
    ),
    Holding(
        "champions.CheckIn",
        "champion__person__uid",
        "To know that it goes on, as you and your manager said",
        Keep.WHILE_EMPLOYED,
        ("side", "checked_on", "recorded_at"),
    ),
    Holding(
        "champions.ManagerQuestion",
        "champion__person__uid",
        "To ask your manager whether they agree, and whether it goes on",
        Keep.SHORT,
        ("asks", "asked_at", "answer", "answered_at", "confirmed_at", "withdrawn_at"),
    ),
    Holding(
        "champions.ManagerQuestion",
        "manager__uid",
        "To ask you about a champion in your team",
        Keep.SHORT,
        ("asks", "asked_at", "answer", "answered_at"),
    ),
    Holding(
        "champions.LapseNotice",
        "champion__person__uid",
        "To tell you once that something of yours ends soon",
        Keep.SHORT,
        ("told_from",),
    ),
    Holding(
        "champions.Handover",
        "champion__person__uid",
        "To find somebody to come after you",
        Keep.WHILE_EMPLOYED,
        ("why", "wish", "opened_on", "outcome", "closed_on", "back_at"),
    ),
    Holding(
        "champions.ChampionProfile",
        "champion__person__uid",
        "To show you in the directory as you chose, and not otherwise",
        Keep.OWNER,
        (
            "is_listed",
            "terms_version",
            "agreed_at",
            "alias",
            "name_to",
            "agency_to",
            "locality_to",
            "specialisms_to",
            "languages_to",
            "days_to",
            "channels_to",
            "rests_until",
        ),
    ),
    Holding(
        "champions.ChampionOffer",
        "profile__champion__person__uid",
        "To let colleagues find you by what you can help with",
        Keep.OWNER,
        ("kind", "code"),
    ),
    Holding(
        "champions.ContactRequest",
        "sender__uid",
        "To carry your request to a champion, and their answer to you",
        Keep.SHORT,
        ("about", "urgency", "words", "asked_at", "reply", "reply_words", "replied_at", "deleted_at"),
    ),
    Holding(
        "champions.ContactRequest",
        "champion__person__uid",
        "To carry a colleague's request to you, and your answer to them",
        Keep.SHORT,
        ("about", "urgency", "words", "asked_at", "reply", "reply_words", "replied_at", "deleted_at"),
    ),
    Holding(
        "champions.Entry",
        "champion__person__uid",
        "To let colleagues find you by what you show",
        Keep.OWNER,
        ("for_everybody", "for_champions", "is_open", "rests_until"),
    ),
    Holding(
        "champions.ReaderDay",
        "user__person__uid",
        "To notice when somebody copies the directory; at whom you looked is not kept",
        Keep.SHORT,
        ("day", "looks", "cards"),
    ),
    Holding(
        "champions.CardLook",
        "champion__person__uid",
        "To tell you how often your card was shown; to whom is not kept",
        Keep.SHORT,
        ("day",),
    ),
    Holding(
        "champions.Nomination",
        "person__uid",
        "To remember that somebody put you forward as a champion",
        Keep.NINETY_DAYS,
        ("partnership__title", "address", "nominated_on", "recorded_at"),
    ),
    Holding(
        "champions.Block",
        "owner__uid",
        "To keep those away from whom you wish not to be found, until you let them back",
        Keep.WHILE_EMPLOYED,
        ("address", "recorded_at"),
    ),
    Holding(
        "champions.Attendance",
        "champion__person__uid",
        "To know which meetings of the network you came to: they count towards your place in it and your hours",
        Keep.WHILE_EMPLOYED,
        ("meeting__title", "meeting__held_on", "kind", "recorded_at", "voided_at"),
    ),
    Holding(
        "champions.ChampionStep",
        "person__uid",
        "To count champions quickly: worked out from the rest, and made anew from it",
        Keep.WHILE_EMPLOYED,
        ("status", "starts_on", "ends_on"),
    ),
    Holding(
        "champions.Cascade",
        "champion__person__uid",
        "To count at how many briefings that you gave people used the code",
        Keep.WHILE_EMPLOYED,
        ("counted_in", "cards", "recorded_at"),
    ),
    Holding(
        "champions.CascadeVersion",
        "cascade__champion__person__uid",
        "To know which briefings you gave, how many they reached, and your hours",
        Keep.WHILE_EMPLOYED,
        ("pack_title", "agency__title", "where", "people", "held_on", "minutes", "is_struck", "recorded_at"),
    ),
    Holding(
        "champions.Arrival",
        "person__uid",
        "To count you once at a briefing; it is no training record",
        Keep.SHORT,
        ("recorded_at",),
    ),
    Holding(
        "champions.Enquiry",
        "asker__uid",
        "To carry what you asked the network; nobody is told that it was you. The answer is on your own page",
        Keep.SHORT,
        ("words", "asked_at", "decision", "decided_at", "withdrawn_at"),
    ),
    Holding(
        "champions.Enquiry",
        "taken_by__person__uid",
        "To know which answer to the network's enquiries is yours until it has been read over",
        Keep.SHORT,
        ("taken_at", "answer", "answered_at"),
    ),
    Holding(
        "champions.Contribution",
        "author__person__uid",
        "To show champions what you say on the noticeboard, until you delete it",
        Keep.YEAR,
        ("thread__title", "words", "said_at", "shown_at", "removed_at", "removed_why"),
    ),
    Holding(
        "champions.Concern",
        "champion__person__uid",
        "To remember what you told the coordinator should not be on the noticeboard",
        Keep.YEAR,
        ("raised_at", "settled_at"),
    ),
    Holding(
        "champions.NewsletterStop",
        "champion__person__uid",
        "To remember that you want no letters by mail",
        Keep.OWNER,
        ("stopped_at",),
    ),
    Holding(
        "champions.GroupMessage",
        "written_by__person__uid",
        "To take what you wrote to a group to each of them, and to know that you wrote it",
        Keep.SHORT,
        ("group", "subject", "words", "people", "sent_at"),
    ),
    Holding(
        "champions.Addressed",
        "person__uid",
        "To carry what the coordinator wrote to you",
        Keep.SHORT,
        ("words", "message__sent_at"),
    ),
)
