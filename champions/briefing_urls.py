"""Addresses of briefing packs, of the log of briefings, and of what they reach."""

from django.urls import path

from champions.views import packs

urlpatterns = [
    path("champions/packs/", packs.briefing_packs, name="briefing-packs"),
    path("champions/packs/<slug:slug>/", packs.briefing_pack, name="briefing-pack"),
    path("champions/packs/<slug:slug>/handout/", packs.briefing_handout, name="briefing-handout"),
    path("champions/files/<int:pk>/", packs.area_file, name="area-file"),
]
