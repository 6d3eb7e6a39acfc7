"""Addresses of where the network reaches."""

from django.urls import path

from champions.views import places

urlpatterns = [
    path("champions/network/<slug:code>/coverage/", places.network_coverage, name="network-coverage"),
    path("champions/network/<slug:code>/coverage/aims/", places.network_aims, name="network-aims"),
    path("champions/network/<slug:code>/coverage/districts.csv", places.districts_file, name="network-districts-file"),
    path(
        "champions/network/<slug:code>/coverage/workplaces.csv", places.workplaces_file, name="network-workplaces-file"
    ),
]
