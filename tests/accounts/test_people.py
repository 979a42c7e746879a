"""The page of people: roles, removing, leaving."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.access import Role
from accounts.models import Membership, Organisation, User
from accounts.people import LastOwnerError, change_role, remove_member


@pytest.fixture
def owner(make_member, organisation) -> User:
    return make_member(organisation, Role.OWNER)


@pytest.fixture
def owner_client(client_of, owner):
    return client_of(owner)


@pytest.fixture
def staff(make_member, organisation) -> Membership:
    return make_member(organisation, Role.STAFF).memberships.get()


def url(name, organisation, *ids):
    return reverse(name, args=[organisation.slug, *ids])


def roles(organisation) -> dict[str, str]:
    return dict(organisation.memberships.values_list("user__email", "role"))


def test_owner_changes_a_role(owner_client, organisation, staff):
    response = owner_client.post(url("member_change", organisation, staff.pk), {"role": "leader"}, follow=True)

    assert response.redirect_chain == [(url("member_list", organisation), 302)]
    assert [str(message) for message in response.context["messages"]] == ["Staff: Leader."]
    assert roles(organisation)[staff.user.email] == "leader"


def test_htmx_gets_the_list_alone_with_the_news(owner_client, organisation, staff):
    response = owner_client.post(
        url("member_change", organisation, staff.pk), {"role": "leader"}, headers={"HX-Request": "true"}
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert page.lstrip().startswith('<div id="people">')
    assert "Staff: Leader." in page
    assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("role", ["", "king", "owner\0", "x" * 10_000])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_unknown_role_is_refused_with_a_word(owner_client, organisation, staff, role, headers):
    response = owner_client.post(url("member_change", organisation, staff.pk), {"role": role}, headers=headers)

    assert response.status_code == 422
    assert "Choose a role from the list." in response.content.decode()
    assert roles(organisation)[staff.user.email] == "staff"


def test_last_owner_cannot_step_down(owner_client, organisation, owner):
    membership = owner.memberships.get()

    response = owner_client.post(url("member_change", organisation, membership.pk), {"role": "staff"})

    assert response.status_code == 422
    assert "Owner is the last owner of Northern Air. Make somebody else an owner first." in response.content.decode()
    assert roles(organisation) == {owner.email: "owner"}


def test_one_of_two_owners_steps_down_and_sees_the_page_of_the_new_role(owner_client, organisation, owner, make_member):
    make_member(organisation, Role.OWNER, "second@example.org")
    address = url("member_change", organisation, owner.memberships.get().pk)

    response = owner_client.post(address, {"role": "manager"}, headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == url("member_list", organisation)
    assert roles(organisation) == {owner.email: "manager", "second@example.org": "owner"}


def test_removing_asks_first_and_then_ends_the_membership_but_not_the_account(owner_client, organisation, staff):
    address = url("member_remove", organisation, staff.pk)

    asked = owner_client.get(address)
    done = owner_client.post(address)

    assert "Remove Staff?" in asked.content.decode()
    assert done.url == url("member_list", organisation)
    assert not Membership.objects.filter(pk=staff.pk).exists()
    assert User.objects.filter(pk=staff.user_id).exists()


def test_removed_member_is_out_at_once(owner_client, client_of, organisation, staff):
    removed = client_of(staff.user)
    before = removed.get(organisation.get_absolute_url()).status_code

    owner_client.post(url("member_remove", organisation, staff.pk))

    assert (before, removed.get(organisation.get_absolute_url()).status_code) == (200, 404)


def test_anybody_but_the_last_owner_leaves(client_of, organisation, owner, staff):
    left = client_of(staff.user).post(url("member_leave", organisation))
    stayed = client_of(owner).post(url("member_leave", organisation))

    assert left.url == reverse("home")
    assert stayed.status_code == 422
    assert "is the last owner" in stayed.content.decode()
    assert roles(organisation) == {owner.email: "owner"}


def test_list_shows_those_without_the_right_no_way_to_change(client_of, make_member, organisation, owner):
    page = client_of(make_member(organisation, Role.LEADER)).get(url("member_list", organisation)).content.decode()

    assert owner.email in page
    assert "<select" not in page
    assert "Invite somebody" not in page


def test_list_asks_as_many_queries_for_50_members_as_for_one(
    owner_client, organisation, make_member, django_assert_num_queries
):
    address = url("member_list", organisation)
    owner_client.get(address)
    with connection.execute_wrapper(counter := QueryCounter()):
        owner_client.get(address)
    for number in range(50):
        make_member(organisation, Role.STAFF, f"{number}@example.org")

    with django_assert_num_queries(counter.count):
        response = owner_client.get(address)

    assert response.content.decode().count("<select") == 52


class QueryCounter:
    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def test_names_of_any_kind_are_shown_as_text(owner_client, organisation, make_member):
    hostile = "<script>alert(1)</script> \u202e محمد 😀"
    User.objects.filter(pk=make_member(organisation, Role.STAFF).pk).update(name=hostile)

    page = owner_client.get(url("member_list", organisation)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \u202e محمد 😀" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [lambda member: change_role(member, Role.STAFF), remove_member])
def test_two_owners_who_go_at_the_same_moment_leave_one_behind(change):
    organisation = Organisation.objects.create(name="Northern Air", slug="northern-air")
    owners = [
        Membership.objects.create(
            organisation=organisation, user=User.objects.create_user(f"{number}@example.org"), role=Role.OWNER
        )
        for number in range(2)
    ]
    start, refused = threading.Barrier(2), []

    def go(member: Membership) -> None:
        start.wait()
        try:
            change(member)
        except LastOwnerError:
            refused.append(member.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[member]) for member in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert list(organisation.memberships.filter(role=Role.OWNER).values_list("pk", flat=True)) == refused
