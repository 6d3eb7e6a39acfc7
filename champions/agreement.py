"""What a manager agrees to, and what the yearly check-ins ask. New wording takes a new number."""

VERSION = 1

AGREEMENT = (
    "Time to come to network meetings: about four half days a year.",
    "Time to brief their own team: about half an hour, four times a year.",
    "Time to be asked by colleagues, within working hours. They advise and pass on; they hold no cases.",
    "Either of you can end it at any time, and need not say why.",
)

OWN_CHECK_IN = (
    ("has_time", "I still have the time that my manager agreed to"),
    ("is_shown_right", "I have looked at what others see of me, and it is right"),
    ("has_support", "I know whom I can talk to when this weighs on me"),
)

MANAGER_CHECK_IN = (
    ("has_time", "They still have the time that was agreed"),
    ("has_talked", "I have asked them how it is going"),
)
