from django.urls import path

from assessments.views import rounds, words

urlpatterns = [
    path("level-words/", words.level_words_edit, name="level_words_edit"),
    path("journeys/<int:journey_id>/words/", words.moment_words_edit, name="moment_words_edit"),
    path("rounds/", rounds.round_list, name="round_list"),
    path("rounds/<int:round_id>/", rounds.round_page, name="round_page"),
]
