from django.urls import URLPattern, URLResolver, path

from improvements.views import stories, story_links, story_review, story_telling, story_weeks

urlpatterns: list[URLPattern | URLResolver] = [
    path("stories/", stories.story_feed, name="story_feed"),
    path("stories/tell/", story_telling.story_tell, name="story_tell"),
    path("stories/tell/moments/", story_telling.story_moments, name="story_moments"),
    path("stories/review/", story_review.story_review, name="story_review"),
    path("stories/week/", story_weeks.story_week, name="story_week"),
    path("stories/export/", stories.story_export, name="story_export"),
    path("stories/link/", story_links.story_link, name="story_link"),
    path("stories/link/offer/", story_links.story_link_offer, name="story_link_offer"),
    path("stories/link/end/", story_links.story_link_end, name="story_link_end"),
    path("stories/link/screen/", story_links.story_link_screen, name="story_link_screen"),
    path("stories/<int:story_id>/", stories.story_page, name="story_page"),
    path("stories/<int:story_id>/photo/", stories.story_photo, name="story_photo"),
    path("stories/<int:story_id>/thank/", stories.story_thank, name="story_thank"),
    path("stories/<int:story_id>/edit/", story_telling.story_edit, name="story_edit"),
    path("stories/<int:story_id>/publish/", story_review.story_publish, name="story_publish"),
    path("stories/<int:story_id>/decline/", story_review.story_decline, name="story_decline"),
    path("stories/<int:story_id>/delete/", story_review.story_delete, name="story_delete"),
    path("stories/<int:story_id>/feature/", story_review.story_feature, name="story_feature"),
    path("stories/<int:story_id>/name/", story_review.story_unname, name="story_unname"),
    path("moments/<int:moment_id>/stories/", stories.moment_stories, name="moment_stories"),
]
