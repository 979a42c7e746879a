from django.urls import URLPattern, URLResolver, path

from improvements.views import communications, review_minutes, reviews

urlpatterns: list[URLPattern | URLResolver] = [
    path("communications/", communications.communication_list, name="communication_list"),
    path("communications/new/", communications.communication_create, name="communication_create"),
    path("communications/paste/", communications.communication_paste, name="communication_paste"),
    path("communications/<int:communication_id>/", communications.communication_edit, name="communication_edit"),
    path(
        "communications/<int:communication_id>/remove/",
        communications.communication_remove,
        name="communication_remove",
    ),
    path(
        "communications/<int:communication_id>/restore/",
        communications.communication_restore,
        name="communication_restore",
    ),
    path("reviews/", reviews.review_list, name="review_list"),
    path("journeys/<int:journey_id>/review/", reviews.review_agenda, name="review_agenda"),
    path("journeys/<int:journey_id>/review/rhythm/", reviews.rhythm_edit, name="rhythm_edit"),
    path("journeys/<int:journey_id>/review/rhythm/end/", reviews.rhythm_end, name="rhythm_end"),
    path("journeys/<int:journey_id>/review/begin/", review_minutes.review_begin, name="review_begin"),
    path("reviews/<int:review_id>/", review_minutes.review_page, name="review_page"),
    path("reviews/<int:review_id>/edit/", review_minutes.review_edit, name="review_edit"),
    path("reviews/<int:review_id>/close/", review_minutes.review_close, name="review_close"),
    path("reviews/<int:review_id>/discard/", review_minutes.review_discard, name="review_discard"),
]
