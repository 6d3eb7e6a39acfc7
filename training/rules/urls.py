"""Addresses of the rules."""

from django.urls import path

from .views import agency, exceptions, learner, members, partnership, posts

urlpatterns = [
    path("rules/<str:code>/", partnership.rules, name="rules"),
    path("rules/<str:code>/new/", partnership.rule_new, name="rule-new"),
    path("rules/<str:code>/proposals/", partnership.proposals, name="rule-proposals"),
    path("rules/<str:code>/proposals/<uuid:uid>/", partnership.proposal, name="rule-proposal"),
    path("rules/<str:code>/agencies/", members.partnership_agencies, name="partnership-agencies"),
    path("rules/<str:code>/agencies/<str:agency>/", members.agency_sign_up, name="agency-sign-up"),
    path("rules/<str:code>/agencies/<str:agency>/kind/", members.agency_kind, name="agency-kind"),
    path("rules/<str:code>/dates/", exceptions.rule_dates, name="rule-dates"),
    path("agency/<str:code>/rules/dates/", exceptions.agency_dates, name="agency-dates"),
    path("rules/<str:code>/<uuid:uid>/", partnership.rule, name="rule"),
    path("rules/<str:code>/<uuid:uid>/change/", partnership.rule_change, name="rule-change"),
    path("rules/<str:code>/<uuid:uid>/way/", partnership.rule_way, name="rule-way"),
    path("rules/<str:code>/<uuid:uid>/end/", partnership.rule_end, name="rule-end"),
    path("rules/<str:code>/<uuid:uid>/events/", partnership.rule_event, name="rule-event"),
    path("rules/<str:code>/<uuid:uid>/events/<uuid:event>/", partnership.rule_event_back, name="rule-event-back"),
    path("learning/more-time/<uuid:uid>/", learner.more_time, name="more-time"),
    path("team/<int:post>/more-time/<int:module>/", learner.team_more_time, name="team-more-time"),
    path("agency/<str:code>/agreements/", posts.agreements, name="agreements"),
    path("agency/<str:code>/agreements/several/", posts.agree, name="agree"),
    path("agency/<str:code>/agreements/<uuid:uid>/", posts.extension_request, name="extension-request"),
    path("agency/<str:code>/agreements/exemptions/<int:number>/", posts.exemption_end, name="exemption-end"),
    path("agency/<str:code>/rules/", agency.agency_rules_page, name="agency-rules"),
    path("agency/<str:code>/rules/new/", agency.agency_rule_new, name="agency-rule-new"),
    path("agency/<str:code>/rules/<uuid:uid>/", agency.agency_rule_page, name="agency-rule"),
    path("agency/<str:code>/rules/<uuid:uid>/change/", agency.agency_rule_change, name="agency-rule-change"),
    path("agency/<str:code>/rules/<uuid:uid>/way/", agency.agency_rule_way, name="agency-rule-way"),
    path("agency/<str:code>/rules/<uuid:uid>/events/", agency.agency_rule_event, name="agency-rule-event"),
    path("agency/<str:code>/rules/<uuid:uid>/end/", agency.agency_rule_end, name="agency-rule-end"),
    path("agency/<str:code>/rules/proposals/<uuid:uid>/", agency.agency_proposal_back, name="agency-proposal-back"),
]
