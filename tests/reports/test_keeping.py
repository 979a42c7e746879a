"""What is done with a file that was made: called otherwise, kept, thrown away, brought back, gone by the rule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django_scopes import scopes_disabled

from accounts.access import Role
from jobs.sweeper import sweep
from reports import keeping
from reports.models import Poster, RoundPrint
from reports.posters.asking import request_poster
from tests.reports.made_rows import PAGED, made_row, reread_made

HTMX = {"HX-Request": "true"}


def to(name: str, made) -> str:
    return reverse(f"made_{name}", args=[made.organisation.slug, made.part, made.pk])


def gallery(organisation) -> str:
    return reverse("poster_gallery", args=[organisation.slug])


def ago(**span: float) -> Any:
    return timezone.now() - timedelta(**span)


def set_row(made, **fields: Any) -> None:
    type(made).objects.with_scopes_disabled().filter(pk=made.pk).update(**fields)


def has_files(made) -> bool:
    return any((settings.ARTIFACT_DIR / name).exists() for name in made.file_names)


@pytest.mark.parametrize("model", PAGED)
def test_rename_changes_lists_and_the_file_name(manager_client, organisation, journey, model):
    made = made_row(model, organisation, journey)

    shown = manager_client.get(to("rename", made), {"from": "q=trip"})
    response = manager_client.post(to("rename", made), {"title": "Für die Kantine", "from": "q=trip"})

    assert 'value="A trip with us"' in shown.content.decode()
    assert (response.status_code, response.url) == (302, f"{gallery(organisation)}?q=trip")
    assert reread_made(made).title == "Für die Kantine"


@pytest.mark.parametrize("title", ["", "   ", "a" * 201, "a\0b"])
def test_rename_to_what_is_no_name_answers_422_beside_the_field(manager_client, organisation, journey, title):
    made = made_row(Poster, organisation, journey)

    response = manager_client.post(to("rename", made), {"title": title})

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["title"])
    assert reread_made(made).title == "A trip with us"


def test_renamed_poster_downloads_under_its_new_name(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)
    manager_client.post(to("rename", made), {"title": "Canteen"})

    response = manager_client.get(made.file_address)

    assert 'filename="Canteen-A4-v12.pdf"' in response["Content-Disposition"]
    response.close()


def test_keep_and_let_go(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)

    kept = manager_client.post(to("keep", made), {"kept": "1", "from": ""})
    is_kept = reread_made(made).is_kept
    let_go = manager_client.post(to("keep", made), {"kept": "0"})

    assert (kept.url, is_kept) == (gallery(organisation), True)
    assert (let_go.url, reread_made(made).is_kept) == (made.get_absolute_url(), False)


def test_keep_by_htmx_answers_with_the_card(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)

    response = manager_client.post(to("keep", made), {"kept": "1", "from": "q=trip"}, headers=HTMX)

    words = response.content.decode()
    assert 'aria-pressed="true"' in words
    assert words.startswith('<li class="made"')
    assert 'name="from" value="q=trip"' in words


def test_keep_leads_nowhere_else(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)

    response = manager_client.post(to("keep", made), {"kept": "1", "from": "https://evil.example/?q=//evil\r\nX: y"})

    assert response.url.startswith(f"{gallery(organisation)}?")
    assert "\n" not in response.url


@pytest.mark.parametrize("model", PAGED)
def test_delete_takes_it_out_of_every_list_and_offers_it_back(manager_client, organisation, journey, model):
    made = made_row(model, organisation, journey)

    response = manager_client.post(to("delete", made), {"from": "q=trip"}, follow=True)

    assert response.redirect_chain == [(f"{gallery(organisation)}?q=trip", 302)]
    assert (response.context["cards"], response.context["thrown_away"]) == ([], [made])
    assert to("restore", made) in response.content.decode()
    assert [
        manager_client.get(where).status_code
        for where in (made.get_absolute_url(), made.file_address, to("thumbnail", made))
    ] == [404] * 3
    assert has_files(made)


@pytest.mark.parametrize("model", PAGED)
def test_restore_brings_it_back_as_it_was(manager_client, organisation, journey, model):
    made = made_row(model, organisation, journey, is_kept=True)
    manager_client.post(to("delete", made))

    response = manager_client.post(to("restore", made), follow=True)

    assert (list(response.context["page"]), response.context["thrown_away"]) == ([made], [])
    row = reread_made(made)
    assert (row.state, row.is_kept, row.deleted_at) == ("ready", True, None)
    assert "is back" in response.content.decode()


def test_restore_twice_is_restored_once(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)
    manager_client.post(to("delete", made))
    manager_client.post(to("restore", made))

    again = manager_client.post(to("restore", made))

    assert (again.status_code, reread_made(made).deleted_at) == (302, None)


@pytest.mark.parametrize("state", ["queued", "running"])
def test_delete_of_what_is_being_made_stops_it(manager_client, organisation, journey, state):
    made = made_row(Poster, organisation, journey, state=state)

    manager_client.post(to("delete", made))

    row = reread_made(made)
    assert (row.state, row.deleted_at is not None) == ("cancelled", True)


def test_poster_asked_for_again_after_its_deletion_is_made_anew(organisation, journey, manager, in_scope):
    first = request_poster(journey, manager, {"size": "A4", "language": "en", "plan": {}})
    ready = made_row(Poster, organisation, journey)  # whose file the first one takes
    set_row(ready, state="cancelled")
    set_row(first, state="ready", artifact_name=ready.artifact_name)
    same = request_poster(journey, manager, {"size": "A4", "language": "en", "plan": {}})
    keeping.throw_away(first)

    anew = request_poster(journey, manager, {"size": "A4", "language": "en", "plan": {}})

    assert (same.pk == first.pk, anew.pk == first.pk, anew.state) == (True, False, "queued")


def test_sweeper_deletes_for_good_after_an_hour(organisation, journey):
    late, early, there = (made_row(Poster, organisation, journey) for _ in range(3))
    set_row(late, deleted_at=ago(minutes=61))
    set_row(early, deleted_at=ago(minutes=59))

    sweep()

    assert [reread_made(made) is None for made in (late, early, there)] == [True, False, False]
    assert [has_files(made) for made in (late, early, there)] == [False, True, True]


def test_restore_of_what_has_gone_for_good_is_404(manager_client, organisation, journey):
    made = made_row(Poster, organisation, journey)
    set_row(made, deleted_at=ago(hours=2))
    sweep()

    assert manager_client.post(to("restore", made)).status_code == 404


@pytest.mark.parametrize("model", PAGED)
@pytest.mark.parametrize(
    ("rule", "age", "fields", "is_thrown_away"),
    [
        (365, 366, {}, True),
        (365, 364, {}, False),
        (90, 91, {}, True),
        (730, 700, {}, False),
        (0, 5000, {}, False),
        (90, 5000, {"is_kept": True}, False),
        (90, 5000, {"state": "failed"}, True),
        (90, 5000, {"state": "queued", "finished_at": None}, False),
    ],
)
def test_rule_throws_away_what_is_old_and_not_kept(organisation, journey, model, rule, age, fields, is_thrown_away):
    organisation.keep_files_days = rule
    organisation.save()
    made = made_row(model, organisation, journey)
    set_row(made, **{"finished_at": ago(days=age), **fields})

    sweep()

    assert (reread_made(made).deleted_at is not None) is is_thrown_away


def test_rule_of_one_organisation_is_not_the_others(organisation, other_organisation, journey):
    other_organisation.keep_files_days = 90
    other_organisation.save()
    made = made_row(Poster, organisation, journey)
    set_row(made, finished_at=ago(days=100))

    with scopes_disabled():
        assert keeping.throw_away_old() == 0


def test_page_and_card_tell_when_it_goes(client_of, manager, organisation, journey, time_machine):
    time_machine.move_to("2027-02-20 12:00:00+00:00", tick=False)
    client = client_of(manager)
    soon = made_row(Poster, organisation, journey)
    set_row(soon, finished_at=datetime(2026, 3, 3, 12, tzinfo=UTC))
    late = made_row(Poster, organisation, journey)

    cards = client.get(gallery(organisation)).content.decode()
    pages = [client.get(made.get_absolute_url()).content.decode() for made in (soon, late)]

    assert cards.count("unless you keep it") == 1
    assert "Goes on 3 Mar 2027 unless you keep it" in cards
    assert [
        "Goes on 3 Mar 2027 unless you keep it." in pages[0],
        "Goes on 20 Feb 2028 unless you keep it." in pages[1],
    ] == [True, True]


def test_kept_and_for_ever_never_go(organisation, journey):
    kept = made_row(Poster, organisation, journey, is_kept=True)
    organisation.keep_files_days = 0
    organisation.save()
    stays = made_row(Poster, organisation, journey)

    assert (kept.goes_at, stays.goes_at) == (None, None)


@pytest.mark.parametrize("name", ["rename", "keep", "delete", "restore"])
@pytest.mark.parametrize(
    ("role", "is_own", "status"),
    [(Role.OWNER, False, 302), (Role.LEADER, True, 302), (Role.LEADER, False, 403), (Role.STAFF, True, 403)],
)
def test_change_is_for_the_maker_and_managers(
    client_of, make_member, organisation, journey, name, role, is_own, status
):
    member = make_member(organisation, role, "another@northern-air.example")
    made = made_row(Poster, organisation, journey, **({"requested_by": member} if is_own else {}))

    assert client_of(member).post(to(name, made), {"title": "New"}).status_code == status


def test_leader_changes_no_prints(client_of, make_member, organisation, journey):
    leader = make_member(organisation, Role.LEADER)
    made = made_row(RoundPrint, organisation, journey, requested_by=leader)

    answers = [
        client_of(leader).post(to(name, made), {"title": "x"}) for name in ("rename", "keep", "delete", "restore")
    ]

    assert [answer.status_code for answer in answers] == [403] * 4


def test_thrown_away_is_offered_to_whom_may_bring_it_back(client_of, make_member, organisation, journey):
    leader = make_member(organisation, Role.LEADER)
    others, own = made_row(Poster, organisation, journey), made_row(Poster, organisation, journey, requested_by=leader)
    for made in (others, own):
        set_row(made, deleted_at=timezone.now())

    response = client_of(leader).get(gallery(organisation))

    assert response.context["thrown_away"] == [own]
