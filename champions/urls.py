"""Addresses of the network."""

from django.urls import path

from champions import briefing_urls, desk_urls, life_urls, meeting_urls, places_urls, shelf_urls
from champions.views import directory, finding, mine, network, requests

urlpatterns = [
    *desk_urls.urlpatterns,
    *life_urls.urlpatterns,
    *meeting_urls.urlpatterns,
    *briefing_urls.urlpatterns,
    *shelf_urls.urlpatterns,
    *places_urls.urlpatterns,
    path("champions/", directory.champions, name="champions"),
    path("champions/me/", mine.my_champion_page, name="my-champion-page"),
    path("champions/me/listing/", mine.champion_listing, name="champion-listing"),
    path("champions/me/hide/", mine.hide_me, name="hide-me"),
    path("champions/me/rest/", mine.rest, name="rest"),
    path("champions/me/keep-away/", mine.keep_away, name="keep-away"),
    path("champions/me/keep-away/<uuid:uid>/", mine.let_back, name="let-back"),
    path("champions/requests/<uuid:uid>/", requests.champion_request, name="champion-request"),
    path("champions/requests/<uuid:uid>/delete/", requests.delete_champion_request, name="delete-champion-request"),
    path("champions/requests/<uuid:uid>/next/", requests.ask_next, name="ask-next"),
    path("champions/requests/<uuid:uid>/block/", requests.block_sender, name="block-sender"),
    path("champions/network/<slug:code>/terms/", finding.network_terms, name="network-terms"),
    path("champions/network/<slug:code>/districts/", finding.network_neighbours, name="network-neighbours"),
    path("champions/network/<slug:code>/looks/", finding.network_looks, name="network-looks"),
    path("champions/network/<slug:code>/nominate/", network.nominate_champion, name="nominate-champion"),
    path("champions/network/<slug:code>/<uuid:person>/", network.network_champion, name="network-champion"),
    path(
        "champions/network/<slug:code>/<uuid:person>/stand-down/",
        network.stand_down_champion,
        name="stand-down-champion",
    ),
    path("champions/<uuid:champion>/ask/", directory.ask_champion, name="ask-champion"),
]
