from django.urls import path

from assessments.views import ideas, links, planning, recipients, results, rounds, steps, words

urlpatterns = [
    path("level-words/", words.level_words_edit, name="level_words_edit"),
    path("journeys/<int:journey_id>/words/", words.moment_words_edit, name="moment_words_edit"),
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round_page"),
    path("rounds/<int:round_id>/progress/", rounds.round_progress, name="round_progress"),
    path("journeys/<int:journey_id>/rounds/new/", planning.round_create, name="round_create"),
    path("rounds/<int:round_id>/edit/", planning.round_edit, name="round_edit"),
    path("rounds/<int:round_id>/delete/", planning.round_delete, name="round_delete"),
    path("rounds/<int:round_id>/open/", steps.round_open, name="round_open"),
    path("rounds/<int:round_id>/close/", steps.round_close, name="round_close"),
    path("rounds/<int:round_id>/reopen/", steps.round_reopen, name="round_reopen"),
    path("rounds/<int:round_id>/archive/", steps.round_archive, name="round_archive"),
    path("rounds/<int:round_id>/stop/", steps.round_stop, name="round_stop"),
    path("rounds/<int:round_id>/links/", links.link_list, name="link_list"),
    path("links/<int:link_id>/cap/", links.link_cap, name="link_cap"),
    path("links/<int:link_id>/renew/", links.link_renew, name="link_renew"),
    path("links/<int:link_id>/revoke/", links.link_revoke, name="link_revoke"),
    path("links/<int:link_id>/screen/", links.link_screen, name="link_screen"),
    path("rounds/<int:round_id>/results/", results.round_results, name="round_results"),
    path("rounds/<int:round_id>/ideas/", ideas.round_ideas, name="round_ideas"),
    path("ideas/<uuid:idea_id>/redact/", ideas.idea_redact, name="idea_redact"),
    path("rounds/<int:round_id>/people/", recipients.recipient_list, name="recipient_list"),
    path("rounds/<int:round_id>/people/add/", recipients.recipient_add, name="recipient_add"),
    path("rounds/<int:round_id>/people/invite/", recipients.recipient_invite, name="recipient_invite"),
    path("rounds/<int:round_id>/people/remind/", recipients.recipient_remind, name="recipient_remind"),
    path("recipients/<int:recipient_id>/", recipients.recipient_edit, name="recipient_edit"),
    path("recipients/<int:recipient_id>/bounce/", recipients.recipient_bounce, name="recipient_bounce"),
    path("recipients/<int:recipient_id>/remove/", recipients.recipient_remove, name="recipient_remove"),
]
