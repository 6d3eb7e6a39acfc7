"""Writing pathways, by flow."""

from .catalogue import Receipt, load_catalogue
from .errors import PathwayError, RuleLoosened, RuleRefused
from .posts import end_exemption, exempt, extend
from .requirements import begin_requirement, change_requirement
from .sign_ups import sign_up

__all__ = [
    "PathwayError",
    "Receipt",
    "RuleLoosened",
    "RuleRefused",
    "begin_requirement",
    "change_requirement",
    "end_exemption",
    "exempt",
    "extend",
    "load_catalogue",
    "sign_up",
]
