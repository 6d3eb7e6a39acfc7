"""Addresses of the coordinator's desk."""

from django.urls import path

from champions.views import desk

urlpatterns = [
    path("champions/network/<slug:code>/", desk.champions_network, name="champions-network"),
    path("champions/network/<slug:code>/people/", desk.network_people, name="network-people"),
    path("champions/network/<slug:code>/asked/", desk.network_asked, name="network-asked"),
    path("champions/network/<slug:code>/hand-overs/", desk.network_handovers, name="network-handovers"),
]
