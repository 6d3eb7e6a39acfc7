"""Addresses of what the network keeps and says: resources, enquiries, the noticeboard, letters, messages to groups."""

from django.urls import path

from champions.views import (
    enquiries,
    enquiry_guests,
    group_messages,
    network_enquiries,
    network_noticeboard,
    newsletters,
    noticeboard,
    resources,
)

NETWORK = "champions/network/<slug:code>/enquiries/"
BOARD = "champions/network/<slug:code>/noticeboard/"
LETTERS = "champions/network/<slug:code>/letters/"
SAID = "champions/noticeboard/said/<uuid:uid>/"

urlpatterns = [
    path("champions/resources/", resources.resources, name="resources"),
    path("champions/resources/<slug:slug>/", resources.resource, name="resource"),
    path("champions/ask/", enquiries.ask_network, name="ask-network"),
    path("champions/ask/<uuid:uid>/", enquiries.enquiry, name="enquiry"),
    path("champions/ask/<uuid:uid>/take-back/", enquiries.take_back_enquiry, name="take-back-enquiry"),
    path("champions/enquiries/", enquiries.enquiries, name="enquiries"),
    path("champions/enquiries/<uuid:uid>/", enquiries.answer_enquiry, name="answer-enquiry"),
    path(NETWORK, network_enquiries.network_enquiries, name="network-enquiries"),
    path(f"{NETWORK}<uuid:uid>/", network_enquiries.network_enquiry, name="network-enquiry"),
    path(f"{NETWORK}<uuid:uid>/specialist/", enquiry_guests.ask_specialist, name="ask-specialist"),
    path(
        f"{NETWORK}<uuid:uid>/specialist/take-back/",
        enquiry_guests.take_back_from_specialist,
        name="take-back-from-specialist",
    ),
    path("answer/question/<str:token>/", enquiry_guests.specialist_link, name="specialist-link"),
    path(f"{NETWORK}answers/<uuid:uid>/withdraw/", network_enquiries.withdraw_answer, name="withdraw-answer"),
    path("champions/noticeboard/", noticeboard.noticeboard, name="noticeboard"),
    path("champions/noticeboard/<uuid:uid>/", noticeboard.noticeboard_thread, name="noticeboard-thread"),
    path(f"{SAID}change/", noticeboard.change_contribution, name="change-contribution"),
    path(f"{SAID}delete/", noticeboard.delete_contribution, name="delete-contribution"),
    path(f"{SAID}concern/", noticeboard.raise_concern, name="raise-concern"),
    path(BOARD, network_noticeboard.network_noticeboard, name="network-noticeboard"),
    path(f"{BOARD}threads/<uuid:uid>/close/", network_noticeboard.close_thread, name="close-thread"),
    path(f"{BOARD}<uuid:uid>/judge/", network_noticeboard.judge_contribution, name="judge-contribution"),
    path("champions/messages/<uuid:uid>/", group_messages.group_message, name="group-message"),
    path(
        "champions/network/<slug:code>/messages/", group_messages.network_group_messages, name="network-group-messages"
    ),
    path("champions/letters/", newsletters.newsletters, name="newsletters"),
    path("champions/letters/want/", newsletters.want_newsletters, name="want-newsletters"),
    path("champions/letters/stop/<str:token>/", newsletters.stop_newsletters, name="stop-newsletters"),
    path("champions/letters/<uuid:uid>/", newsletters.newsletter, name="newsletter"),
    path(LETTERS, newsletters.network_newsletters, name="network-newsletters"),
    path(f"{LETTERS}<uuid:uid>/", newsletters.network_newsletter, name="network-newsletter"),
]
