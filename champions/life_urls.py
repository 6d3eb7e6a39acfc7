"""Addresses of a champion's life: their own, their manager's, the coordinator's, and a link that works once."""

from django.urls import path

from champions.views import keeping, life, network, team

urlpatterns = [
    path("champions/me/put-forward/", life.put_myself_forward, name="put-myself-forward"),
    path("champions/me/answer/", life.answer_nomination, name="answer-nomination"),
    path("champions/me/manager/", life.ask_my_manager, name="ask-my-manager"),
    path("champions/me/manager/take-back/", life.withdraw_question, name="withdraw-question"),
    path("champions/me/check-in/", life.champion_check_in, name="champion-check-in"),
    path("champions/me/stand-down/", life.stand_myself_down, name="stand-myself-down"),
    path("champions/team/", team.champion_team, name="champion-team"),
    path("champions/team/put-forward/", team.put_team_forward, name="put-team-forward"),
    path("champions/team/questions/<uuid:uid>/", team.manager_question, name="manager-question"),
    path("champions/team/check-in/<uuid:champion>/", team.manager_check_in, name="manager-check-in"),
    path("answer/<str:token>/", team.manager_link, name="manager-link"),
    path("champions/network/<slug:code>/conditions/", keeping.network_conditions, name="network-conditions"),
    path("champions/network/<slug:code>/community/", keeping.community_champion, name="community-champion"),
    path("champions/network/<slug:code>/questions/<uuid:uid>/", keeping.network_question, name="network-question"),
    path("champions/network/<slug:code>/hand-overs/<uuid:uid>/", keeping.close_handover, name="close-handover"),
    path(
        "champions/network/<slug:code>/<uuid:person>/ask-manager/",
        keeping.network_ask_manager,
        name="network-ask-manager",
    ),
    path(
        "champions/network/<slug:code>/<uuid:person>/take-back/",
        network.take_back_standing_down,
        name="take-back-standing-down",
    ),
    path("champions/network/<slug:code>/<uuid:person>/forget/", network.forget_champion, name="forget-champion"),
]
