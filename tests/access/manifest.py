"""Every door of the site: who may pass, whose rows lie behind it, and how it answers those whom it lets in.

A route that is not here fails `tests/house/test_access_manifest.py`. To add one, add a line: its url name, its rule as
the gate on the view says it, and what lies behind it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.doors import AGENCY, ANY_METHOD, OWN, PARTNERSHIP
from tests.access.doors import door_at as _door
from tests.access.doors import theirs_at as _theirs
from tests.access.manifest_boards import BOARD_PACKS
from tests.access.manifest_inspection import INSPECTION
from tests.access.manifest_network import CHAMPIONS
from tests.access.manifest_returns import RETURNS
from tests.access.manifest_strategies import STRATEGIES
from training.access.gates import PUBLIC, SIGNED_IN
from training.access.permissions import Permission as P

EDITORS = "cms/"
TOKEN = "an agency's token"
SHUT = {"get": (404,), "post": (404,)}
# Pages of the player hang on how far one has come: without a run of one's own they lead to its beginning, or are not
PLAYER = (200, 302, 404)
LESSON = "course=course lesson=lesson"
FINAL = "course=course lesson=final"

PUBLIC_PAGES = (
    _door("home", PUBLIC, post=ANY_METHOD),
    _door("support", PUBLIC, post=ANY_METHOD),
    _door("pathway", PUBLIC, post=ANY_METHOD),
    _door("pathway-of", PUBLIC, fills="code=partnership", post=ANY_METHOD),
    _door("public-document", PUBLIC, fills="number=document"),
    _door("sitemap", PUBLIC),
    _door("robots", PUBLIC),
    _door("strategies", PUBLIC, post=ANY_METHOD),
    _door("strategy", PUBLIC, fills="pack_id=strategy", post=ANY_METHOD),
    _door("commitment-wall", PUBLIC, fills="code=partnership", post=ANY_METHOD),
    _door("healthz", PUBLIC, post=ANY_METHOD),
    _door("readyz", PUBLIC, get=(200, 503), post=ANY_METHOD),
    _door("ui-gallery", PUBLIC, post=ANY_METHOD),
    # Outside the demo there is no mailbox, and the walk is outside the demo
    _door("mailbox", PUBLIC, get=(404,), post=ANY_METHOD),
    _door("did", PUBLIC),
    _door("badge-status", PUBLIC, fills="which=first_list"),
    _door("verify", PUBLIC, post=(302,), body="code"),
    _door("verify-file", PUBLIC, get=(), post=(400,)),
    _door("passport-opened", PUBLIC, fills="code=share_code", get=(200, 404), shows=frozenset({"preferred", "last"})),
    _door(
        "passport-opened-file", PUBLIC, fills="code=share_code", get=(200, 404), shows=frozenset({"preferred", "last"})
    ),
    _door("verify-code", PUBLIC, fills="code=code", shows=frozenset({"preferred", "last"})),
)
SIGNING_IN = (
    _theirs("account_login", get=(200, 302), post=(302,), body="address"),
    _theirs("account_request_login_code", get=(200, 302), post=(302,), body="address"),
    _door("account_confirm_login_code", PUBLIC, get=(200, 302), post=(200, 302), body="sign_in_code"),
    _theirs("account_login_by_password", get=(200, 302), post=(200, 302), body="password"),
    _theirs("account_logout", get=(200, 302), post=(302,)),
    _theirs("account_signup", get=(200, 302), post=(200, 302, 403), body="address"),
    _theirs("account_inactive", get=(200,)),
    _theirs("account_change_password", SIGNED_IN, get=(200, 302), post=(200, 302), body="password"),
    _theirs("account_set_password", SIGNED_IN, get=(200, 302), post=(200, 302), body="password"),
    _theirs("account_reset_password", get=(200, 302), post=(200, 302), body="address"),
    _theirs("account_confirm_password_reset_code", get=(302,), post=(302,), body="sign_in_code"),
    _theirs("account_complete_password_reset", get=(302,), post=(302,), body="password"),
    _theirs("account_password_reset_completed", get=(200, 302)),
    _door("change_address", SIGNED_IN, get=(302,), post=(302,), body="work_address"),
    _door("change_address_code", SIGNED_IN, get=(302,), post=(302,), body="sign_in_code"),
    _door("connect", SIGNED_IN, get=(200, 302), post=(302,), body="work_address"),
    _door("connect_code", SIGNED_IN, get=(200, 302), post=(302,), body="sign_in_code"),
)
LEARNING = (
    _door("learning", SIGNED_IN, get=(200, 302), post=ANY_METHOD),
    _door("learning-record", P.LEARN, post=ANY_METHOD),
    _door("passport", P.LEARN),
    _door("passport-pdf", P.LEARN),
    _door("passport-file", P.LEARN, get=(200, 409)),
    _door("passport-share-new", P.LEARN, post=(200,)),
    _door("passport-share", P.LEARN, OWN, fills="uid=share", post=(302,)),
    _door("learning-held", P.LEARN, post=ANY_METHOD),
    _door("learning-held-file", P.LEARN, post=ANY_METHOD),
    _door("bring-earlier", P.LEARN, post=(302,), body="earlier"),
    _door("bring-earlier-code", P.LEARN, post=(302,), body="sign_in_code"),
    _door("bring-signed-in", P.LEARN, get=(), post=(302,)),
    _door("earlier-offered", P.LEARN, get=(302,), post=(302,)),
    _door("part-earlier", P.LEARN, OWN, fills="uid=joined", get=(), post=(302,)),
    _door("shared-training", P.LEARN, post=(302,)),
    _door("not-right", P.LEARN, post=(200,), body="not_right"),
    _door("my-privacy", P.LEARN, post=(302,), body="stop_protecting"),
    _door("notes", P.LEARN),
    _door("notes-file", P.LEARN),
    _door("note-delete", P.LEARN, OWN, fills="uid=note", get=(), post=(302,)),
    _door("notes-delete", P.LEARN, post=(302,)),
    _door("tomorrow-put-away", P.LEARN, OWN, fills="uid=attempt", get=(), post=(302,)),
    _door("note-write", P.LEARN, fills=LESSON, get=(302,), post=PLAYER, body="note"),
    _door("survey-answer", P.LEARN, fills=LESSON, get=(302,), post=PLAYER, body="survey"),
    _door("course", P.LEARN, fills="course=course"),
    _door("course-start", P.LEARN, fills="course=course", get=(302,), post=(302,)),
    _door("course-finish", P.LEARN, fills="course=course", get=(302,), post=(302, 404)),
    _door("course-done", P.LEARN, fills="course=course", get=PLAYER),
    _door("course-said", P.LEARN, fills="course=course", get=(302,), post=(200, 302, 404)),
    _door("course-looked", P.LEARN, fills="course=course", get=(302,), post=(302, 404)),
    _door("another-way", P.LEARN, fills="course=course", post=(302,), body="other_way"),
    _door("lesson", P.LEARN, fills=LESSON, get=PLAYER, post=PLAYER, body="answer"),
    _door("final-answers", P.LEARN, fills=FINAL, get=PLAYER),
    _door("final-question", P.LEARN, fills=f"{FINAL} number=number", get=PLAYER, post=PLAYER, body="answer"),
    # 404 for those who neither learn nor write courses
    _door("lesson-file", SIGNED_IN, fills="path=file", get=(200, 404)),
    _door("certificates", P.LEARN),
    _door("certificate-of", P.LEARN, OWN, fills="uid=completion", get=(302,)),
    _door("printed-name", P.LEARN, post=(200,)),
    _door("printed-name-take-back", P.LEARN, get=(), post=(302,)),
    _door("certificate", P.LEARN, OWN, fills="uid=certificate"),
    _door("certificate-download", P.LEARN, OWN, fills="uid=certificate"),
    _door("certificate-print", P.LEARN, OWN, fills="uid=certificate"),
    _door("certificate-showing", P.LEARN, OWN, fills="uid=certificate", post=(302,)),
    _door("badge-json", P.LEARN, OWN, fills="uid=certificate"),
    _door("badge-png", P.LEARN, OWN, fills="uid=certificate"),
    _door("badge-svg", P.LEARN, OWN, fills="uid=certificate"),
)
STAFF = (
    _door("team", P.SEE_TEAM, post=ANY_METHOD),
    _door("team-person", P.SEE_TEAM, OWN, person="manager", fills="uid=post", post=ANY_METHOD),
    _door("agency", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-matrix", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-matrix-csv", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-matrix-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-facts", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-facts-csv", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-facts-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-restated", P.SEE_STAFF, AGENCY, fills="code=agency", get=(302,), post=ANY_METHOD),
    _door("agency-restated-csv", P.SEE_STAFF, AGENCY, fills="code=agency", get=(302,), post=ANY_METHOD),
    _door("agency-restated-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", get=(302,), post=ANY_METHOD),
    _door("agency-indicator", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-indicator-csv", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-indicator-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-forecast", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-forecast-csv", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-forecast-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-people", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-chosen", P.SEE_STAFF, AGENCY, fills="code=agency", get=(), post=(200,), body="chosen"),
    _door("agency-filter-save", P.SEE_STAFF, AGENCY, fills="code=agency", get=(), post=(302,), body="filter"),
    _door("agency-filter-forget", P.SEE_STAFF, AGENCY, fills="code=agency uid=colleague", get=(), post=(404,)),
    _door("agency-person", P.SEE_STAFF, AGENCY, fills="code=agency uid=colleague", post=ANY_METHOD),
    _door("agency-person-csv", P.SEE_STAFF, AGENCY, fills="code=agency uid=colleague", post=ANY_METHOD),
    _door("agency-person-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency uid=colleague", post=ANY_METHOD),
    _door(
        "agency-wrong",
        P.RECORD_COMPLETIONS,
        AGENCY,
        fills="code=agency uid=holder entry=completion",
        post=(302,),
        body="wrong",
    ),
    _door("agency-doubts", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-csv", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-xlsx", P.SEE_STAFF, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("rosters", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=(302,), body="roster"),
    _door("roster-template", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("roster-titles", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=(302,), body="titles"),
    _door("roster-import", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", post=ANY_METHOD),
    _door("workplaces", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=(302,)),
    _door("roster-refused", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", post=ANY_METHOD),
    _door("roster-known-columns", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=(302,), body="titles"),
    _door("roster-columns", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", get=(302,), post=(302,)),
    _door("roster-import-titles", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", post=(302,), body="titles"),
    _door("roster-look-again", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", get=(302,), post=(302,)),
    _door("roster-approve", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", get=(), post=(302,)),
    _door("roster-approvals", P.APPROVE_ROSTERS, post=(302,), body="approve_roster"),
    _door("roster-apply", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", get=(), post=(302,), body="apply"),
    _door("roster-discard", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=staged", get=(), post=(302,)),
    _door("record-claims", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("record-claim-answer", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=claim", get=(), post=(302,)),
    _door("certificate-batches", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=(200,)),
    _door("certificate-batch", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency uid=colleague", get=(404,)),
    _door("printed-names", P.MANAGE_ROSTER, AGENCY, fills="code=agency"),
    _door("printed-name-answer", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=printed_name", get=(), post=(302,)),
    _door("corrections", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("correction", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=correction", post=(302,), body="correct"),
    _door("duplicates", P.MANAGE_ROSTER, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("duplicate", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=pair", post=(302,), body="apart"),
    _door("merge-undo", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=merge", get=(), post=(302,)),
    _door("roster-undo", P.MANAGE_ROSTER, AGENCY, fills="code=agency uid=applied", get=(), post=(302,)),
)
RULE, OWN_RULE = "code=partnership uid=rule", "code=agency uid=own_rule"
RULES = (
    _door("rules", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("rule-new", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=(200,)),
    _door("rule", P.MANAGE_PATHWAY, PARTNERSHIP, fills=RULE, post=ANY_METHOD),
    _door("rule-change", P.MANAGE_PATHWAY, PARTNERSHIP, fills=RULE, post=(200,), body="rule"),
    _door("rule-way", P.MANAGE_PATHWAY, PARTNERSHIP, fills=RULE, post=ANY_METHOD),
    _door("rule-end", P.MANAGE_PATHWAY, PARTNERSHIP, fills=RULE, post=(200,), body="rule_end"),
    _door("rule-event", P.MANAGE_PATHWAY, PARTNERSHIP, fills=RULE, post=(302,), body="event"),
    _door("rule-event-back", P.MANAGE_PATHWAY, PARTNERSHIP, fills=f"{RULE} event=event", get=(), post=(302,)),
    _door("rule-proposals", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door(
        "rule-proposal",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership uid=proposal",
        post=(302,),
        body="decline",
    ),
    _door("agency-rules", P.KEEP_RULES, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-rule-new", P.KEEP_RULES, AGENCY, fills="code=agency", post=(200,)),
    _door("agency-rule", P.KEEP_RULES, AGENCY, fills=OWN_RULE, post=ANY_METHOD),
    _door("agency-rule-change", P.KEEP_RULES, AGENCY, fills=OWN_RULE, post=(200,), body="rule"),
    _door("agency-rule-way", P.KEEP_RULES, AGENCY, fills=OWN_RULE, post=ANY_METHOD),
    _door("agency-rule-event", P.KEEP_RULES, AGENCY, fills=OWN_RULE, post=(200,), body="event"),
    _door("agency-rule-end", P.KEEP_RULES, AGENCY, fills=OWN_RULE, post=(200,), body="rule_end"),
    _door("more-time", P.LEARN, fills="uid=module", get=(200, 404), post=(200, 302, 404), body="more_time"),
    _door(
        "team-more-time",
        P.SEE_TEAM,
        fills="post=post_number module=module_number",
        get=(200, 404),
        post=(302, 404),
        body="more_time",
    ),
    _door("agreements", P.KEEP_RULES, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agree", P.KEEP_RULES, AGENCY, fills="code=agency", post=(200,), body="agree"),
    _door("extension-request", P.KEEP_RULES, AGENCY, fills="code=agency uid=waits", post=(302,), body="decline"),
    _door("exemption-end", P.KEEP_RULES, AGENCY, fills="code=agency number=exemption", post=(302,), body="excused"),
    _door("partnership-agencies", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door(
        "agency-kind",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership agency=agency",
        get=(200, 404),
        post=(302, 404),
        body="kind",
    ),
    _door(
        "agency-sign-up",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership agency=agency",
        get=(200, 404),
        post=(200, 302, 404),
        body="sign_up",
    ),
    _door("rule-dates", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("agency-dates", P.KEEP_RULES, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("agency-proposal-back", P.KEEP_RULES, AGENCY, fills="code=agency uid=proposal", get=(), post=(302,)),
)
# Another partnership's agency is not there for a coordinator
OF_MEMBER = "code=partnership agency=agency"
PLEDGES = (
    _door("agency-commitments", P.PLEDGE, AGENCY, fills="code=agency", post=(302,), body="naming"),
    _door(
        "agency-commitment-new",
        P.PLEDGE,
        AGENCY,
        fills="code=agency partnership=partnership kind=policy",
        post=(302,),
        body="policy",
    ),
    _door("agency-commitment", P.PLEDGE, AGENCY, fills="code=agency uid=pledge", post=(302,), body="withdraw"),
    _door("commitments", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("charter", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=(302,), body="charter"),
    _door("commitments-agency", P.MANAGE_PATHWAY, PARTNERSHIP, fills=OF_MEMBER, post=(302,), body="naming"),
    _door(
        "commitment-new", P.MANAGE_PATHWAY, PARTNERSHIP, fills=f"{OF_MEMBER} kind=policy", post=(302,), body="policy"
    ),
    _door(
        "commitment",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership uid=pledge",
        post=(302,),
        body="confirm_pledge",
    ),
)
IMPORT = "code=agency uid=completions_staged"
GIVEN = "code=agency uid=given"
ELSEWHERE = (
    _door("completions", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=(302,), body="completion_file"),
    _door("completions-template", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("completions-csv", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("completions-xlsx", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("completions-import", P.RECORD_COMPLETIONS, AGENCY, fills=IMPORT, post=ANY_METHOD),
    _door("completions-apply", P.RECORD_COMPLETIONS, AGENCY, fills=IMPORT, get=(), post=(302,)),
    _door(
        "completions-undo",
        P.RECORD_COMPLETIONS,
        AGENCY,
        fills="code=agency uid=completions_applied",
        get=(),
        post=(302,),
    ),
    _door("evidence", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=ANY_METHOD),
    _door("evidence-again", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", get=(), post=(302,)),
    _door("evidence-title", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency group=title_group", post=(302,)),
    _door("evidence-back", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency pk=aside", get=(), post=(302,)),
    _door(
        "passport-accept",
        P.RECORD_COMPLETIONS,
        AGENCY,
        fills="code=agency share=share_code",
        get=(200, 404),
        post=(200, 404),
        shows=frozenset({"preferred", "last"}),
    ),
    _door("evidence-decide", P.RECORD_COMPLETIONS, AGENCY, fills=GIVEN, post=(302,), body="elsewhere_decline"),
    _door("evidence-file", P.RECORD_COMPLETIONS, AGENCY, fills=f"{GIVEN} file=handed", post=ANY_METHOD),
    _door("agency-register", P.RECORD_COMPLETIONS, AGENCY, fills="code=agency", post=(200,), body="elsewhere_proposal"),
    _door("elsewhere", P.LEARN, post=(302,), body="elsewhere_give"),
    _door("elsewhere-one", P.LEARN, OWN, fills="uid=given", post=(302,), body="elsewhere_withdraw"),
    _door("elsewhere-file", P.LEARN, OWN, fills="uid=given file=handed", post=ANY_METHOD),
    _door("register", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door(
        "register-new", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", body="elsewhere_proposal", post=(200,)
    ),
    # Nobody of the planted is alone in HR and has asked: what was not asked for does not exist
    _door("evidence-outside", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership uid=given", **SHUT),
    _door(
        "evidence-outside-file",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership uid=given file=handed",
        get=(404,),
        post=ANY_METHOD,
    ),
    _door(
        "register-entry",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership pk=entry",
        body="elsewhere_end",
        post=(302,),
    ),
    _door(
        "register-decline",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership uid=register_proposal",
        post=(302,),
        body="elsewhere_said",
    ),
)
PROGRAMS = (
    _theirs("api:openapi-json", post=ANY_METHOD),
    _theirs("api:openapi-view", post=ANY_METHOD),
    _theirs("api:api-root", get=(404,), post=(404, 405)),
    _theirs("api:coverage", TOKEN),
    _theirs("api:standings", TOKEN),
    _theirs("api:persons_standings", TOKEN, AGENCY, fills="employee_ref=reference"),
    _theirs("api:send_roster", TOKEN, AGENCY, get=(), post=(200,), body="sent_roster"),
    # The planted file is HR's own, which no program may ask about
    _theirs("api:sent_roster", TOKEN, AGENCY, fills="uid=staged", get=(404,)),
    # Its body names one person of the place: one's own staff, or nobody
    _theirs("api:completions", TOKEN, AGENCY, get=(), post=(200,), body="completions"),
)
BOARD = (
    _door("board", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("partnership-courses", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership"),
    _door("explorer", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("explorer_csv", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("explorer_xlsx", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    *(
        _door(name, P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD)
        for name in ("forecast", "forecast_csv", "forecast_xlsx")
    ),
    _door("indicators", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("indicator", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership indicator=indicator", post=ANY_METHOD),
    _door(
        "value-give",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership indicator=indicator",
        post=(200, 302),
        body="value",
    ),
    _door("values-file", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership", post=(200,)),
    _door("values-template", P.MANAGE_PATHWAY, PARTNERSHIP, fills="code=partnership"),
    _door(
        "value-take-back",
        P.MANAGE_PATHWAY,
        PARTNERSHIP,
        fills="code=partnership uid=value",
        post=(302,),
        body="take_back",
    ),
    _door("board_csv", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
    _door("board_xlsx", P.SEE_COVERAGE, PARTNERSHIP, fills="code=partnership", post=ANY_METHOD),
)
CONTENT = (
    # Wagtail's own ways to sign in, which would pass by our limits: shut to all (courses.middleware)
    _theirs(
        "wagtailcore_authenticate_with_password",
        SIGNED_IN,
        fills="page_view_restriction_id=number page_id=number",
        **SHUT,
    ),
    _theirs("wagtailcore_login", SIGNED_IN, **SHUT),
    # Pages of the public site; those of courses lead to the player
    _theirs("wagtail_serve", fills="=page", get=(200, 302, 404), post=(200, 302, 404)),
)
DOORS = {
    door.name: door
    for door in (
        *PUBLIC_PAGES,
        *SIGNING_IN,
        *LEARNING,
        *STAFF,
        *ELSEWHERE,
        *CHAMPIONS,
        *RETURNS,
        *RULES,
        *PLEDGES,
        *BOARD,
        *BOARD_PACKS,
        *INSPECTION,
        *STRATEGIES,
        *PROGRAMS,
        *CONTENT,
    )
}
# Addresses without a name that lead to a view which has one: 'verify/<code>/' beside 'verify/<code>'
NAMELESS = frozenset({"verify/<str:code>/"})


@dataclass(frozen=True)
class Route:
    """A route as the site has it."""

    name: str
    address: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    @property
    def is_editors(self) -> bool:
        """Whether it lies in the content editor, which has one gate for all of it."""
        return self.address.startswith(EDITORS)


def routes() -> list[Route]:
    """Every route of the site, named as `reverse` takes it."""
    return list(_routes(get_resolver(), "", "", ()))


def _routes(resolver: URLResolver, prefix: str, space: str, arguments: tuple[str, ...]) -> Any:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        given = (*arguments, *(pattern.pattern.converters or [""] * pattern.pattern.regex.groups))
        if isinstance(pattern, URLPattern):
            yield Route(space + (pattern.name or ""), address, pattern.callback, given)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern, address, inner, given)
