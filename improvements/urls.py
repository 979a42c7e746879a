from django.urls import URLPattern, URLResolver, path

from improvements.views import review_minutes, reviews

urlpatterns: list[URLPattern | URLResolver] = [
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
