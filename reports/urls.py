from django.urls import path

from reports.views import lists, poster

urlpatterns = [
    path("posters/", lists.poster_gallery, name="poster_gallery"),
    path("posters/<int:poster_id>/", poster.poster_page, name="poster_page"),
    path("posters/<int:poster_id>/progress/", poster.poster_progress, name="poster_progress"),
    path("posters/<int:poster_id>/file/", poster.poster_file, name="poster_file"),
    path("posters/<int:poster_id>/cancel/", poster.poster_cancel, name="poster_cancel"),
    path("posters/<int:poster_id>/retry/", poster.poster_retry, name="poster_retry"),
    path("posters/<int:poster_id>/delete/", poster.poster_delete, name="poster_delete"),
    path("journeys/<int:journey_id>/posters/", lists.poster_list, name="poster_list"),
    path("journeys/<int:journey_id>/posters/make/", lists.poster_make, name="poster_make"),
]
