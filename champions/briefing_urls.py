"""Addresses of briefing packs, of the log of briefings, and of what they reach."""

from django.urls import path

from champions.views import briefings, codes, packs, reach

urlpatterns = [
    path("champions/packs/", packs.briefing_packs, name="briefing-packs"),
    path("champions/packs/<slug:slug>/", packs.briefing_pack, name="briefing-pack"),
    path("champions/packs/<slug:slug>/handout/", packs.briefing_handout, name="briefing-handout"),
    path("champions/files/<int:pk>/", packs.area_file, name="area-file"),
    path("champions/briefings/", briefings.briefings, name="briefings"),
    path("champions/briefings/new/", briefings.log_briefing, name="log-briefing"),
    path("champions/briefings/<uuid:uid>/", briefings.briefing, name="briefing"),
    path("champions/briefings/<uuid:uid>/change/", briefings.change_briefing, name="change-briefing"),
    path("champions/briefings/<uuid:uid>/strike/", briefings.strike_briefing, name="strike-briefing"),
    path("champions/card/", codes.feedback_card, name="feedback-card"),
    path("champions/network/<slug:code>/reach/", reach.network_reach, name="network-reach"),
    path("agency/<str:code>/briefings/", reach.agency_briefings, name="agency-briefings"),
]
