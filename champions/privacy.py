"""What the network holds on a person. Who is kept away by a block is on nobody's record but its owner's."""

from training.privacy.holdings import Holding, Keep

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
        ("turn", "happened_on", "reason", "way", "recorded_at"),
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
        ("asks", "address", "asked_at", "answer", "answered_at", "confirmed_at", "withdrawn_at"),
    ),
    Holding(
        "champions.ManagerQuestion",
        "manager__uid",
        "To ask you about a champion in your team",
        Keep.SHORT,
        ("asks", "asked_at", "answer", "answered_at"),
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
            "shows_agency",
            "shows_locality",
            "shows_specialisms",
            "shows_languages",
            "shows_days",
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
        "champions.Nomination",
        "person__uid",
        "To remember that somebody put you forward as a champion",
        Keep.NINETY_DAYS,
        ("partnership__title", "address", "nominated_on", "recorded_at"),
    ),
    Holding(
        "champions.Block",
        "owner__uid",
        "To keep those away from whom you wish not to be found",
        Keep.OWNER,
        ("address", "recorded_at"),
    ),
    Holding(
        "champions.Attendance",
        "champion__person__uid",
        "To know which meetings of the network you came to: they count towards your place in it and your hours",
        Keep.WHILE_EMPLOYED,
        ("meeting__title", "meeting__held_on", "kind", "recorded_at", "voided_at"),
    ),
)
