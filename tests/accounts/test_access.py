"""The table of role x action, cell by cell."""

import pytest

from accounts.access import Action, Role, is_allowed

YES, NO = True, False
TABLE = {
    # action                    owner manager leader staff
    Action.SEE_JOURNEYS: (YES, YES, YES, YES),
    Action.EDIT_JOURNEYS: (YES, YES, NO, NO),
    Action.COMMENT: (YES, YES, YES, NO),
    Action.SHARE_JOURNEYS: (YES, YES, NO, NO),
    Action.RUN_ROUNDS: (YES, YES, NO, NO),
    Action.SEE_RESULTS: (YES, YES, YES, NO),
    Action.SEE_REPORTS: (YES, YES, YES, NO),
    Action.MAKE_REPORTS: (YES, YES, YES, NO),
    Action.TELL_STORIES: (YES, YES, YES, YES),
    Action.REVIEW_STORIES: (YES, YES, NO, NO),
    Action.SEE_ACTIONS: (YES, YES, YES, YES),
    Action.EDIT_ACTIONS: (YES, YES, YES, NO),
    Action.SHARE_ACTIONS: (YES, YES, NO, NO),
    Action.MANAGE_DISPLAYS: (YES, YES, NO, NO),
    Action.READ_MINUTES: (YES, YES, YES, NO),
    Action.KEEP_REVIEWS: (YES, YES, NO, NO),
    Action.SEE_PEOPLE: (YES, YES, YES, NO),
    Action.MANAGE_PEOPLE: (YES, NO, NO, NO),
    Action.EDIT_ORGANISATION: (YES, NO, NO, NO),
    Action.LEAVE: (YES, YES, YES, YES),
}
ROLES = (Role.OWNER, Role.MANAGER, Role.LEADER, Role.STAFF)
CELLS = [(role, action, TABLE[action][column]) for action in TABLE for column, role in enumerate(ROLES)]


def test_table_covers_every_role_and_action():
    assert {(role, action) for role, action, _ in CELLS} == {(role, action) for role in Role for action in Action}


@pytest.mark.parametrize(("role", "action", "expected"), CELLS)
def test_role_may_do_action(role, action, expected):
    assert is_allowed(role, action) is expected


def test_unknown_role_is_refused():
    with pytest.raises(ValueError, match="admin"):
        is_allowed("admin", Action.SEE_JOURNEYS)
