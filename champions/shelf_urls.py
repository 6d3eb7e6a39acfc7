"""Addresses of what the network keeps and says: enquiries and answers."""

from django.urls import path

from champions.views import enquiries, network_enquiries

NETWORK = "champions/network/<slug:code>/enquiries/"

urlpatterns = [
    path("champions/ask/", enquiries.ask_network, name="ask-network"),
    path("champions/ask/<uuid:uid>/", enquiries.enquiry, name="enquiry"),
    path("champions/ask/<uuid:uid>/take-back/", enquiries.take_back_enquiry, name="take-back-enquiry"),
    path("champions/enquiries/", enquiries.enquiries, name="enquiries"),
    path("champions/enquiries/<uuid:uid>/", enquiries.answer_enquiry, name="answer-enquiry"),
    path(NETWORK, network_enquiries.network_enquiries, name="network-enquiries"),
    path(f"{NETWORK}<uuid:uid>/", network_enquiries.network_enquiry, name="network-enquiry"),
    path(f"{NETWORK}answers/<uuid:uid>/withdraw/", network_enquiries.withdraw_answer, name="withdraw-answer"),
]
