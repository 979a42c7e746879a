from django.urls import path

from reports.views import gallery, lists, look, made, poster, previews, prints

urlpatterns = [
    path("posters/", gallery.poster_gallery, name="poster_gallery"),
    path("posters/<int:poster_id>/", poster.poster_page, name="poster_page"),
    path("posters/<int:poster_id>/progress/", poster.poster_progress, name="poster_progress"),
    path("posters/<int:poster_id>/file/", poster.poster_file, name="poster_file"),
    path("posters/<int:poster_id>/cancel/", poster.poster_cancel, name="poster_cancel"),
    path("posters/<int:poster_id>/retry/", poster.poster_retry, name="poster_retry"),
    path("previews/<int:preview_id>/", previews.preview_page, name="preview_page"),
    path("previews/<int:preview_id>/progress/", previews.preview_progress, name="preview_progress"),
    path("previews/<int:preview_id>/picture/", previews.preview_picture, name="preview_picture"),
    path("settings/look/", look.look_edit, name="look_edit"),
    path("settings/look/preview/", look.look_preview, name="look_preview"),
    path("settings/look/logo/", look.look_logo, name="look_logo"),
    path("made/<slug:kind>/<int:made_id>/card/", gallery.made_card, name="made_card"),
    path("made/<slug:kind>/<int:made_id>/thumbnail/", gallery.made_thumbnail, name="made_thumbnail"),
    path("made/<slug:kind>/<int:made_id>/name/", made.made_rename, name="made_rename"),
    path("made/<slug:kind>/<int:made_id>/keep/", made.made_keep, name="made_keep"),
    path("made/<slug:kind>/<int:made_id>/delete/", made.made_delete, name="made_delete"),
    path("made/<slug:kind>/<int:made_id>/restore/", made.made_restore, name="made_restore"),
    path("journeys/<int:journey_id>/posters/", lists.poster_list, name="poster_list"),
    path("journeys/<int:journey_id>/posters/make/", lists.poster_make, name="poster_make"),
    path("rounds/<int:round_id>/prints/make/", prints.paper_make, name="paper_make"),
    path("prints/<int:print_id>/", prints.round_print_page, name="round_print_page"),
    path("prints/<int:print_id>/progress/", prints.round_print_progress, name="round_print_progress"),
    path("prints/<int:print_id>/file/", prints.round_print_file, name="round_print_file"),
    path("prints/<int:print_id>/cancel/", prints.round_print_cancel, name="round_print_cancel"),
    path("prints/<int:print_id>/retry/", prints.round_print_retry, name="round_print_retry"),
]
