"""Writing pathways, by flow."""

from .catalogue import Receipt, load_catalogue
from .errors import AlreadyWaiting, OutOfScope, PathwayError, RuleLoosened, RuleRefused
from .many_posts import exempt_posts, extend_posts, record_triggers
from .posts import end_exemption, exempt, extend
from .proposals import decide_proposal, propose, proposed_words, withdraw_proposal
from .requests import agree_request, ask_for_time, decline_request, withdraw_request
from .requirements import asks_less, begin_requirement, change_requirement, end_requirement, partnership_rule, proposed
from .sign_ups import sign_up
from .triggers import record_trigger, take_back_trigger

__all__ = [
    "AlreadyWaiting",
    "OutOfScope",
    "PathwayError",
    "Receipt",
    "RuleLoosened",
    "RuleRefused",
    "agree_request",
    "ask_for_time",
    "asks_less",
    "begin_requirement",
    "change_requirement",
    "decide_proposal",
    "decline_request",
    "end_exemption",
    "end_requirement",
    "exempt",
    "exempt_posts",
    "extend",
    "extend_posts",
    "load_catalogue",
    "partnership_rule",
    "propose",
    "proposed",
    "proposed_words",
    "record_trigger",
    "record_triggers",
    "sign_up",
    "take_back_trigger",
    "withdraw_proposal",
    "withdraw_request",
]
