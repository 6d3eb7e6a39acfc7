"""Addresses of the coordinator's desk."""

from django.urls import path

from champions.views import desk, report

urlpatterns = [
    path("champions/network/<slug:code>/", desk.champions_network, name="champions-network"),
    path("champions/network/<slug:code>/people/", desk.network_people, name="network-people"),
    path("champions/network/<slug:code>/asked/", desk.network_asked, name="network-asked"),
    path("champions/network/<slug:code>/hand-overs/", desk.network_handovers, name="network-handovers"),
    path("champions/network/<slug:code>/report/", report.network_report_page, name="network-report"),
    path("champions/network/<slug:code>/report.pdf", report.network_report_paper, name="network-report-paper"),
    path("champions/network/<slug:code>/report.xlsx", report.network_report_file, name="network-report-file"),
]
