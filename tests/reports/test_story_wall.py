"""A wall of stories on paper: what is frozen, how it is set, and what of it is left out before anything is lost."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pypdfium2
import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accounts.access import Role
from improvements.choices import StoryState
from improvements.models import StoryPhoto
from improvements.stories.links import make_link, story_link_words
from improvements.stories.naming import withdraw_name
from improvements.stories.photos import keep_photo
from jobs.artifacts import path_of
from jobs.picture_cleaning import CleanPicture
from jobs.problems import Refusal
from jobs.sweeper import delete_orphans
from jobs.work import work_on
from reports.models import Preview, StoryPaper
from reports.preview_making import make_preview
from reports.story_papers.asking import (
    NothingToPrint,
    file_name,
    inputs_of_wall,
    request_story_paper,
    retry_story_paper,
    sketch_of_wall,
)
from reports.story_papers.making import make_story_paper
from reports.story_papers.wall_content import wall_of
from reports.story_papers.wall_fit import fit_of_wall, sheet_of_wall
from reports.story_papers.wall_layout import lay_out_wall
from tests.improvements.tales import make_moments, make_stories, make_story, photo_file
from tests.reports.story_inputs import CHOSEN, KEYS, boxes_of, made, story_of, wall_inputs, words_of

SHEETS_MM = {"A4": (210, 297), "A3": (297, 420), "A2": (420, 594), "Letter": (216, 279), "Tabloid": (279, 432)}


def keep(story):
    keep_photo(story, CleanPicture(photo_file((400, 300), "JPEG"), 400, 300), "An empty bus stop")


@pytest.mark.parametrize("size", SHEETS_MM)
@pytest.mark.parametrize("is_portrait", [False, True])
def test_wall_is_one_sheet_of_its_size_with_its_fonts(size, is_portrait):
    pdf = PdfReader(io.BytesIO(made(wall_inputs(4, size=size, is_portrait=is_portrait))))

    (page,) = pdf.pages
    sides = tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:])
    assert sides == (SHEETS_MM[size] if is_portrait else SHEETS_MM[size][::-1])
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & set(each) for each in descriptors)


def test_wall_is_read_in_the_order_of_its_stories_and_leads_to_the_telling():
    stories = [
        story_of(0, words="The first.", said="Unheard of.", doer="Ines, Gate team"),
        story_of(1, words="The second.", on="", is_recovery=True, doer=""),
    ]

    words = words_of(made(wall_inputs(stories=stories)))

    assert words.startswith("Moments of impact")
    assert "A trip with us Tell us yours" in words
    assert (
        "The first. “Unheard of.” Ines, Gate team Waits at the gate · March 2026 "
        "What went wrong, and what we did The second. Waits at the gate" in words
    )
    assert words.endswith("Northern Air · 2 stories · 1 Jul 2026")


@pytest.mark.parametrize("count", [2, 13, 40])
def test_nothing_stands_outside_the_margins_and_no_two_stories_overlap(count):
    inputs = wall_inputs(count, size="A2")
    layout = lay_out_wall(wall_of(inputs), sheet_of_wall(inputs))

    room = layout.size.height - 2 * layout.size.margin - layout.head - layout.foot
    heights = [sum(block.height for block in column) for column in layout.columns]
    boxes = boxes_of(made(inputs))

    assert sum(len(column) for column in layout.columns) == count
    assert max(heights) <= room
    margin = layout.size.margin - 2
    assert min(left for left, *_ in boxes) >= margin
    assert max(right for _, _, right, _ in boxes) <= layout.size.width - margin
    assert min(bottom for _, bottom, *_ in boxes) >= margin - 4


def test_few_stories_stand_in_larger_type_than_many():
    few, many = (lay_out_wall(wall_of(wall_inputs(count)), sheet_of_wall(wall_inputs())) for count in (2, 30))

    assert few.body > many.body >= 10


def test_long_stories_are_cut_at_a_sentence_and_named_before():
    stories = [story_of(0, words="A short one."), *(story_of(i, words=f"{KEYS} " * 30) for i in range(1, 9))]
    inputs = wall_inputs(stories=stories, size="A4")

    fit = fit_of_wall(inputs)
    words = words_of(made(inputs))

    assert fit.words
    assert [problem.is_blocking for problem in fit.problems] == [False]
    assert fit.problems[0].text.startswith("Too long for this sheet, so they end early with “…”: “He found both sets")
    assert "and 3 more. A larger sheet or fewer stories" in fit.problems[0].text
    assert "A short one. Team 0" in words
    assert words.count("within the hour. … Team") == 8


def test_too_many_stories_are_refused_before_and_by_the_maker():
    inputs = wall_inputs(40, size="A4", stories=[story_of(i, words=f"{KEYS} " * 5) for i in range(40)])

    fit = fit_of_wall(inputs)

    assert (fit.words, [problem.text for problem in fit.problems]) == (
        "",
        ["40 stories do not fit on A4 at a readable size. Choose fewer, or a larger sheet."],
    )
    with pytest.raises(Refusal, match="Choose fewer of them"):
        made(inputs)


def test_words_of_customers_go_before_stories_do_and_that_is_said():
    inputs = wall_inputs(30, size="A4", stories=[story_of(i, said="Unheard of. " * 8) for i in range(30)])

    fit = fit_of_wall(inputs)

    assert fit.problems[-1].text.startswith("There is no room for what customers said")
    assert "Unheard" not in words_of(made(inputs))


def test_forty_usual_stories_fit_an_a2():
    stories = [story_of(i, words=KEYS * 2, said="Unheard of.") for i in range(40)]

    fit = fit_of_wall(wall_inputs(stories=stories, size="A2"))

    assert fit.words == "It fits in 5 columns, in type of 16 pt."
    assert fit.problems[-1].text == (
        "There is no room for what customers said, where and when it was beside so many words."
    )


def test_wall_speaks_its_language_and_arabic_from_the_right():
    german, arabic = (made(wall_inputs(3, language=language)) for language in ("de", "ar"))

    assert "März 2026" in words_of(german)
    assert "Moments of impact" not in words_of(german)
    assert boxes_of(arabic)[0][0] > 420 / 25.4 * 72 / 2


def test_same_inputs_give_the_same_bytes_and_grey_has_no_colour(in_scope):
    story = make_story(in_scope)
    keep(story)
    inputs = inputs_of_wall(in_scope, [story, make_story(in_scope)], {**CHOSEN, "is_grey": True})

    one, two = made(inputs), made(inputs)

    assert one == two
    picture = pypdfium2.PdfDocument(one)[0].render(scale=0.3).to_pil().convert("RGB")
    assert max(max(pixel) - min(pixel) for pixel in picture.get_flattened_data()) <= 2


def test_photo_stands_on_the_wall_with_its_words_and_without_it_stays_the_same_paper(in_scope):
    plain, shown = make_stories(in_scope, 2)
    keep(shown)
    stories = [plain, shown]

    inputs = inputs_of_wall(in_scope, stories, CHOSEN)
    without = inputs_of_wall(in_scope, stories, {**CHOSEN, "with_photos": False})

    assert inputs["stories"][1]["photo"]["words"] == "An empty bus stop"
    assert path_of(inputs["photos"]).is_file()
    assert [image.data[:2] for image in PdfReader(io.BytesIO(made(inputs))).pages[0].images] == [b"\xff\xd8"]
    assert "photos" not in without
    assert len(PdfReader(io.BytesIO(made(without))).pages[0].images) == 0


def test_sketch_reads_no_photo_and_fits_as_the_wall_does(in_scope, django_assert_max_num_queries):
    stories = make_stories(in_scope, 3)
    keep(stories[1])
    stories = list(type(stories[0]).objects.select_related("photo").order_by("pk"))

    with django_assert_max_num_queries(2):
        sketch = sketch_of_wall(in_scope, stories, CHOSEN)

    assert fit_of_wall(sketch).words == fit_of_wall(inputs_of_wall(in_scope, stories, CHOSEN)).words
    assert not (settings.ARTIFACT_DIR / "story-photos").exists() or sketch["photos"] == "sketch"


def test_photos_whose_file_is_gone_are_named(in_scope):
    story = make_story(in_scope)
    keep(story)
    inputs = inputs_of_wall(in_scope, [story], CHOSEN)

    path_of(inputs["photos"]).write_bytes(b"something else")

    with pytest.raises(Refusal, match="no longer on the server"):
        made(inputs)


def test_photos_stay_as_long_as_a_paper_names_them(in_scope, manager):
    import os

    story = make_story(in_scope)
    keep(story)
    inputs = inputs_of_wall(in_scope, [story, make_story(in_scope)], CHOSEN)
    paper, path = request_story_paper(in_scope, manager, inputs), path_of(inputs["photos"])
    os.utime(path, (0, 0))

    delete_orphans()
    stayed = path.is_file()
    names = paper.file_names
    paper.delete()
    delete_orphans()

    assert (stayed, path.exists(), names) == (True, False, [])


def test_name_taken_back_leaves_walls_made_from_then_on_and_made_again(in_scope, manager):
    named = make_story(in_scope, "Ines Moreno drove them home.", who="Ines Moreno", team="Gate team")
    other = make_story(in_scope)
    inputs = inputs_of_wall(in_scope, [named, other], CHOSEN)
    paper = request_story_paper(in_scope, manager, inputs)

    withdraw_name(named, drops_photo=False)
    named.refresh_from_db()
    again = retry_story_paper(paper, manager).inputs

    assert "Ines Moreno" in words_of(made(inputs))
    for anew in (again, inputs_of_wall(in_scope, [named, other], CHOSEN)):
        assert [(it["words"], it["doer"]) for it in anew["stories"][:1]] == [("[…] drove them home.", "Gate team")]
        assert "Ines" not in words_of(made(anew))


def test_wall_made_again_leaves_out_what_is_off_the_feed_and_refuses_where_nothing_is_left(in_scope, manager):
    stories = make_stories(in_scope, 2)
    paper = request_story_paper(in_scope, manager, inputs_of_wall(in_scope, stories, CHOSEN))

    stories[0].state = StoryState.DECLINED
    stories[0].save()
    again = retry_story_paper(paper, manager)
    kept = stories[1].pk
    stories[1].delete()

    assert [story["id"] for story in again.inputs["stories"]] == [kept]
    with pytest.raises(NothingToPrint):
        retry_story_paper(paper, manager)


def test_wall_carries_the_telling_link_but_not_in_the_row(in_scope, manager):
    link = make_link(in_scope, manager)

    inputs = inputs_of_wall(in_scope, make_stories(in_scope, 2), CHOSEN)

    said = story_link_words(link)
    assert said.address not in str(inputs)
    assert said.short.rpartition("/")[2] in words_of(made(inputs))


def address(name: str, *args: object) -> str:
    return reverse(name, args=["northern-air", *args])


def test_form_chooses_the_featured_and_the_newest_first_and_asks_for_a_wall(manager_client, in_scope, manager):
    moment = make_moments(in_scope)[0]
    newest, older = make_stories(in_scope, 2)
    featured = make_story(
        in_scope, "It.", moment=moment, featured_at=timezone.now(), published_at=timezone.now() - timedelta(days=400)
    )

    page = manager_client.get(address("story_wall_make"))
    chosen = {"stories": [older.pk, featured.pk], "size": "A4", "orientation": "portrait", "ink": "grey"}
    answer = manager_client.post(address("story_wall_make"), chosen)

    assert [int(pk) for pk, _label in page.context["form"].fields["stories"].choices] == [
        featured.pk,
        newest.pk,
        older.pk,
    ]
    assert "It fits in" in page.content.decode()
    paper = StoryPaper.objects.get()
    assert answer.url == address("story_paper_page", paper.pk)
    assert [story["id"] for story in paper.inputs["stories"]] == [featured.pk, older.pk]
    assert (paper.kind, paper.sheet_words, paper.title) == ("wall", "A4 portrait, grey", "Northern Air")
    assert manager_client.post(address("story_wall_make"), chosen).url == answer.url


def test_stories_are_filtered_by_journey_and_time(manager_client, in_scope):
    moment = make_moments(in_scope)[0]
    make_stories(in_scope, 2)
    own = [make_story(in_scope, moment=moment), make_story(in_scope, moment=moment)]
    make_story(in_scope, moment=moment, published_at=timezone.now() - timedelta(days=40))

    asked = {"journey": moment.stage.journey_id, "since": "30"}
    page = manager_client.get(address("story_wall_make"), asked)
    manager_client.post(address("story_wall_make"), {**asked, "stories": [it.pk for it in own], "size": "A3"})

    offered = {int(pk) for pk, _label in page.context["form"].fields["stories"].choices}
    assert offered == {story.pk for story in own}
    assert StoryPaper.objects.get().journey == moment.stage.journey


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "Choose 2 to 40 stories; 1 are chosen."), (41, "Choose 2 to 40 stories; 41 are chosen.")],
)
def test_too_few_and_too_many_are_told_beside_the_field(manager_client, in_scope, count, said):
    stories = make_stories(in_scope, count)

    answer = manager_client.post(address("story_wall_make"), {"stories": [it.pk for it in stories], "size": "A3"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["stories"] == [said]


def test_wall_that_does_not_fit_is_told_beside_its_size_and_for_htmx_alone(manager_client, in_scope):
    stories = [make_story(in_scope, KEYS * 20, team="The gate team of the early shift, Lisbon") for _ in range(40)]
    chosen = {"stories": [story.pk for story in stories], "size": "A4"}

    refused = manager_client.post(address("story_wall_make"), chosen)
    part = manager_client.get(address("story_wall_make"), chosen, headers={"HX-Request": "true"})

    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["size"])
    assert not StoryPaper.objects.exists()
    assert "do not fit on A4" in part.content.decode()
    assert "<html" not in part.content.decode()


def test_page_with_few_stories_teaches(manager_client, in_scope):
    make_story(in_scope)

    assert "A wall takes two stories" in manager_client.get(address("story_wall_make")).content.decode()


def test_stories_of_others_and_unread_ones_are_not_offered(manager_client, in_scope):
    waiting = make_story(in_scope, state=StoryState.WAITING)
    told = make_stories(in_scope, 2)

    answer = manager_client.post(
        address("story_wall_make"), {"stories": [waiting.pk, *(it.pk for it in told)], "size": "A3"}
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["stories"])


def test_wall_is_made_by_the_worker_and_downloaded(manager_client, in_scope, manager):
    stories = make_stories(in_scope, 2)
    keep(stories[0])
    paper = request_story_paper(in_scope, manager, inputs_of_wall(in_scope, stories, CHOSEN))

    work_on(StoryPaper, paper.pk, make_story_paper)
    answer = manager_client.get(address("story_paper_file", paper.pk))
    paper.refresh_from_db()

    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert answer["Content-Disposition"].endswith('filename="Northern-Air-story-wall-A3-en.pdf"')
    assert file_name(paper) == "Northern-Air-story-wall-A3-en.pdf"
    assert path_of(paper.thumbnail_name).is_file()
    assert "The file is ready" in manager_client.get(address("story_paper_page", paper.pk)).content.decode()
    gallery = manager_client.get(address("poster_gallery"), {"what": "story-wall"}).content.decode()
    assert "Story wall · A3 landscape" in gallery or "Story wall" in gallery


def test_staff_make_no_walls_and_leaders_do(client_of, make_member, in_scope):
    answers = [
        client_of(make_member(in_scope, role, f"{role}@example.org")).get(address("story_wall_make")).status_code
        for role in (Role.STAFF, Role.LEADER)
    ]

    assert answers == [403, 200]


def test_photo_of_a_story_is_one_of_its_own(in_scope):
    one, two = make_stories(in_scope, 2)
    keep(one)

    assert StoryPhoto.objects.count() == 1
    assert "photo" not in inputs_of_wall(in_scope, [two], CHOSEN)["stories"][0]
    assert date.fromisoformat(inputs_of_wall(in_scope, [two], CHOSEN)["made_on"])


def test_preview_of_a_wall_is_a_picture_of_it(manager_client, in_scope):
    stories = make_stories(in_scope, 2)
    chosen = {"stories": [it.pk for it in stories], "size": "A3", "preview": "1"}

    answer = manager_client.post(address("story_wall_make"), chosen, headers={"HX-Request": "true"})
    work_on(Preview, Preview.objects.get().pk, make_preview)

    assert answer.status_code == 200
    assert Preview.objects.get().state == "ready"
    assert not StoryPaper.objects.exists()
