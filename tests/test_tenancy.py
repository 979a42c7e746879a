"""Walks every address of the product as a stranger, as each role, and with another organisation's ids.

A new address needs one line in RULES, or a test fails:

    "journey_map": Member(Action.SEE_JOURNEYS),
    "moment_add": Member(Action.EDIT_JOURNEYS, method="post"),

`Member` is an address of an organisation; `method` is how its view acts ("get" where it shows something), `data` what
is posted (nothing by default: 422 is a fine answer). `SIGNED_IN` needs any account, `PUBLIC` none.

An address with a part that names an object needs, once for the part's name, a maker in PARTS: a function that gets an
organisation and gives the value for an object owned by that organisation:

    "moment_id": lambda organisation: make_moment(organisation).pk,

Makers run with the organisation's scope open. Every part but the slug is then tried with ids of another organisation
and with ids that do not exist; both must answer 404 alike.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import ALLOWED, Action, Role
from accounts.invitations import hmac_of
from accounts.models import Invitation, Membership, Organisation, User
from assessments.choices import View
from assessments.links import make_links
from assessments.models import Batch, Idea, OpenLink, Recipient, ResultSheet, Round
from assessments.rounds import make_round, open_round
from improvements.choices import StoryState
from improvements.communications.surveys import make_survey
from improvements.models import Action as ImprovementAction
from improvements.models import (
    ActionEvent,
    Communication,
    Display,
    OwnerMail,
    Review,
    SaidLink,
    Story,
    StoryPhoto,
)
from improvements.reviews.keeping import begin_review
from improvements.walls.displays import make_display
from jobs import artifacts
from jobs.models import State
from jobs.sweeper import sweep
from jobs.work import work_on
from journeys.contact_making import make_import
from journeys.contact_storing import store_import
from journeys.contact_uploads import begin_upload, finish_upload, receive_whole, request_import
from journeys.contacts.mapping import Mapping
from journeys.models import (
    Comment,
    CommentInvitation,
    ContactImport,
    ContactUpload,
    Moment,
    Scenario,
    ShareLink,
)
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.removals import remove_moment
from journeys.sequence import create_journey
from journeys.snapshot import plan_of
from journeys.versions import name_version
from reports import prints
from reports.models import Poster, Preview, PrintKind, Report, RoundPrint, Schedule, StoryPaper
from reports.portfolio import freezing as portfolio
from reports.posters.asking import inputs_of
from reports.story_papers.asking import inputs_of_certificate
from tests.assessments.sheets import figures, ideas

PUBLIC, SIGNED_IN = "public", "signed in"
NO_SUCH_ID = 10**30


@dataclass(frozen=True)
class Member:
    """An address that needs a membership whose role may do `action`; `but_not`: roles that may with their own only."""

    action: Action
    method: str = "get"
    data: dict[str, Any] = field(default_factory=dict)
    but_not: frozenset[Role] = frozenset()

    def lets(self, role: Role) -> bool:
        return self.action in ALLOWED[role] and role not in self.but_not


RULES: dict[str, Member | str] = {
    # Front door and signing in
    "home": PUBLIC,
    "invitation_accept": PUBLIC,
    "invitation_open": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "profile_edit": SIGNED_IN,
    "notification_list": SIGNED_IN,
    "organisation_create": SIGNED_IN,
    # Organisation and people
    "organisation_edit": Member(Action.EDIT_ORGANISATION),
    "member_list": Member(Action.SEE_PEOPLE),
    "member_leave": Member(Action.LEAVE),
    "member_change": Member(Action.MANAGE_PEOPLE, method="post"),
    "member_remove": Member(Action.MANAGE_PEOPLE),
    "invitation_add": Member(Action.MANAGE_PEOPLE, method="post"),
    "invitation_resend": Member(Action.MANAGE_PEOPLE, method="post"),
    "invitation_withdraw": Member(Action.MANAGE_PEOPLE, method="post"),
    "organisation_home": Member(Action.SEE_JOURNEYS),
    # Journeys
    "journey_list": Member(Action.SEE_JOURNEYS),
    "journey_create": Member(Action.EDIT_JOURNEYS),
    "journey_from_example": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_paste": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_upload": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_export": Member(Action.SEE_JOURNEYS),
    "journey_map": Member(Action.SEE_JOURNEYS),
    "journey_panel": Member(Action.SEE_JOURNEYS),
    "journey_changes": Member(Action.SEE_JOURNEYS),
    "presence_set": Member(Action.SEE_JOURNEYS, method="post"),
    "journey_edit": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_archive": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_check": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_what_if": Member(Action.SEE_JOURNEYS),
    "scenario_add": Member(Action.EDIT_JOURNEYS, method="post"),
    "scenario_edit": Member(Action.EDIT_JOURNEYS, method="post"),
    "scenario_remove": Member(Action.EDIT_JOURNEYS, method="post"),
    "stage_add": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_table": Member(Action.SEE_JOURNEYS),
    "journey_print": Member(Action.SEE_JOURNEYS),
    "moment_row": Member(Action.EDIT_JOURNEYS),
    "stage_rename": Member(Action.EDIT_JOURNEYS, method="post"),
    "stage_move": Member(Action.EDIT_JOURNEYS, method="post"),
    "stage_remove": Member(Action.EDIT_JOURNEYS, method="post"),
    "moment_add": Member(Action.EDIT_JOURNEYS, method="post"),
    "moment_panel": Member(Action.SEE_JOURNEYS),
    "moment_edit": Member(Action.EDIT_JOURNEYS, method="post"),
    "moment_move": Member(Action.EDIT_JOURNEYS, method="post", data={"direction": "later"}),
    "moment_remove": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_history": Member(Action.SEE_JOURNEYS),
    "journey_undo": Member(Action.EDIT_JOURNEYS, method="post"),
    "event_undo": Member(Action.EDIT_JOURNEYS, method="post"),
    "version_add": Member(Action.EDIT_JOURNEYS, method="post"),
    "version_page": Member(Action.SEE_JOURNEYS),
    "version_compare": Member(Action.SEE_JOURNEYS),
    "version_restore": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_fill": Member(Action.EDIT_JOURNEYS, method="post"),
    "journey_copy": Member(Action.EDIT_JOURNEYS),
    "journey_compare": Member(Action.SEE_JOURNEYS),
    "moment_detail": Member(Action.EDIT_JOURNEYS, method="post"),
    "team_list": Member(Action.SEE_JOURNEYS),
    "team_page": Member(Action.SEE_JOURNEYS),
    # Contact logs
    "contact_log_list": Member(Action.SEE_JOURNEYS),
    "contact_log_result": Member(Action.SEE_JOURNEYS),
    "contact_log_figures": Member(Action.SEE_JOURNEYS),
    "contact_log_page": Member(Action.SEE_JOURNEYS),
    "contact_log_progress": Member(Action.SEE_JOURNEYS),
    "contact_log_upload": Member(Action.EDIT_JOURNEYS),
    "contact_log_chunk": Member(Action.EDIT_JOURNEYS),
    "contact_log_columns": Member(Action.EDIT_JOURNEYS),
    "contact_log_discard": Member(Action.EDIT_JOURNEYS, method="post"),
    "contact_log_names": Member(Action.EDIT_JOURNEYS),
    "contact_log_take": Member(Action.EDIT_JOURNEYS, method="post"),
    "contact_log_cancel": Member(Action.EDIT_JOURNEYS, method="post"),
    "contact_log_retry": Member(Action.EDIT_JOURNEYS, method="post"),
    "contact_log_remove": Member(Action.EDIT_JOURNEYS),
    "contact_log_rows": Member(Action.EDIT_JOURNEYS),
    # Comments; staff comment where they are invited, and change their own alone
    "comment_add": Member(Action.SEE_JOURNEYS, method="post", data={"text": "Why?"}, but_not=frozenset({Role.STAFF})),
    "comment_edit": Member(Action.SEE_JOURNEYS, but_not=frozenset(Role)),
    "comment_delete": Member(Action.SEE_JOURNEYS, but_not=frozenset({Role.LEADER, Role.STAFF})),
    "comment_resolve": Member(Action.SEE_JOURNEYS, method="post", but_not=frozenset({Role.LEADER, Role.STAFF})),
    "comment_list": Member(Action.SEE_JOURNEYS),
    "mention_suggest": Member(Action.SEE_JOURNEYS, but_not=frozenset({Role.STAFF})),
    "commenter_add": Member(Action.EDIT_JOURNEYS, method="post"),
    "commenter_remove": Member(Action.EDIT_JOURNEYS, method="post"),
    # Sharing
    "share_list": Member(Action.SHARE_JOURNEYS),
    "share_revoke": Member(Action.SHARE_JOURNEYS),
    "share_open": PUBLIC,
    "share_page": PUBLIC,
    "share_gone": PUBLIC,
    # Rounds
    "level_words_edit": Member(Action.EDIT_ORGANISATION),
    "moment_words_edit": Member(Action.RUN_ROUNDS),
    "round_list": Member(Action.SEE_RESULTS),
    "round_page": Member(Action.SEE_RESULTS),
    # Answering
    "answer_open": PUBLIC,
    "answer_kiosk": PUBLIC,
    "answer_code": PUBLIC,
    "answer_type": PUBLIC,
    "answer_lost": PUBLIC,
    "answer_wait": PUBLIC,
    "answer_mistyped": PUBLIC,
    "answer_worker": PUBLIC,
    "answer_start": PUBLIC,
    "answer_language": PUBLIC,
    "answer_tick": PUBLIC,
    "answer_moment": PUBLIC,
    "answer_save": PUBLIC,
    "answer_check": PUBLIC,
    "answer_done": PUBLIC,
    "answer_again": PUBLIC,
    "answer_anew": PUBLIC,
    "round_progress": Member(Action.SEE_RESULTS),
    "round_create": Member(Action.RUN_ROUNDS),
    "round_edit": Member(Action.RUN_ROUNDS),
    "round_delete": Member(Action.RUN_ROUNDS),
    "round_open": Member(Action.RUN_ROUNDS),
    "round_close": Member(Action.RUN_ROUNDS),
    "round_reopen": Member(Action.RUN_ROUNDS),
    "round_archive": Member(Action.RUN_ROUNDS, method="post"),
    "round_stop": Member(Action.RUN_ROUNDS, method="post"),
    "link_list": Member(Action.RUN_ROUNDS),
    "link_cap": Member(Action.RUN_ROUNDS, method="post"),
    "link_renew": Member(Action.RUN_ROUNDS),
    "link_revoke": Member(Action.RUN_ROUNDS),
    "link_screen": Member(Action.RUN_ROUNDS),
    "round_results": Member(Action.SEE_RESULTS),
    "round_ideas": Member(Action.SEE_RESULTS),
    "round_volumes": Member(Action.EDIT_JOURNEYS),
    "idea_redact": Member(Action.RUN_ROUNDS),
    "recipient_list": Member(Action.RUN_ROUNDS),
    "recipient_add": Member(Action.RUN_ROUNDS, method="post"),
    "recipient_invite": Member(Action.RUN_ROUNDS, method="post"),
    "recipient_remind": Member(Action.RUN_ROUNDS, method="post"),
    "recipient_edit": Member(Action.RUN_ROUNDS),
    "recipient_bounce": Member(Action.RUN_ROUNDS, method="post"),
    "recipient_remove": Member(Action.RUN_ROUNDS, method="post"),
    "results_export": Member(Action.SEE_RESULTS),
    # Reviews
    "review_list": Member(Action.SEE_JOURNEYS),
    "review_agenda": Member(Action.SEE_JOURNEYS),
    "rhythm_edit": Member(Action.KEEP_REVIEWS),
    "rhythm_end": Member(Action.KEEP_REVIEWS, method="post"),
    "review_begin": Member(Action.KEEP_REVIEWS, method="post"),
    "review_page": Member(Action.READ_MINUTES),
    "review_edit": Member(Action.KEEP_REVIEWS),
    "review_close": Member(Action.KEEP_REVIEWS, method="post"),
    "review_discard": Member(Action.KEEP_REVIEWS, method="post"),
    # Communications
    "communication_list": Member(Action.SEE_RESULTS),
    "communication_create": Member(Action.EDIT_JOURNEYS),
    "communication_edit": Member(Action.EDIT_JOURNEYS),
    "communication_remove": Member(Action.EDIT_JOURNEYS, method="post"),
    "communication_restore": Member(Action.EDIT_JOURNEYS, method="post"),
    "communication_paste": Member(Action.EDIT_JOURNEYS),
    "communication_forget": Member(Action.EDIT_JOURNEYS, method="post"),
    "communication_asking": Member(Action.RUN_ROUNDS),
    "communication_asking_end": Member(Action.RUN_ROUNDS),
    "communication_asking_screen": Member(Action.RUN_ROUNDS),
    "rate_open": PUBLIC,
    "rate_page": PUBLIC,
    "rate_lost": PUBLIC,
    # Paper
    "paper_entry": Member(Action.RUN_ROUNDS),
    "answers_import": Member(Action.RUN_ROUNDS),
    "paper_make": Member(Action.RUN_ROUNDS),
    "round_print_page": Member(Action.RUN_ROUNDS),
    "round_print_progress": Member(Action.RUN_ROUNDS),
    "round_print_file": Member(Action.RUN_ROUNDS),
    "round_print_cancel": Member(Action.RUN_ROUNDS, method="post"),
    "round_print_retry": Member(Action.RUN_ROUNDS, method="post"),
    # Actions
    "action_board": Member(Action.SEE_ACTIONS),
    "action_list": Member(Action.SEE_ACTIONS),
    "action_picture": Member(Action.SEE_RESULTS),
    "actions_export": Member(Action.SEE_ACTIONS),
    "action_mails": Member(Action.SEE_ACTIONS, method="post"),
    "action_create": Member(Action.EDIT_ACTIONS),
    "action_page": Member(Action.SEE_ACTIONS),
    "action_edit": Member(Action.EDIT_ACTIONS),
    "action_move": Member(Action.SEE_ACTIONS, method="post", but_not=frozenset({Role.STAFF})),
    "action_done": Member(Action.SEE_ACTIONS, but_not=frozenset({Role.STAFF})),
    "action_drop": Member(Action.SEE_ACTIONS, but_not=frozenset({Role.STAFF})),
    "action_delete": Member(Action.EDIT_ACTIONS),
    "action_undo": Member(Action.SEE_ACTIONS, method="post", but_not=frozenset({Role.STAFF})),
    "said_page": Member(Action.SEE_ACTIONS),
    "said_tell": Member(Action.EDIT_ACTIONS, method="post"),
    "said_link_make": Member(Action.SHARE_ACTIONS, method="post"),
    "said_link_revoke": Member(Action.SHARE_ACTIONS),
    "do_gone": PUBLIC,
    "do_page": PUBLIC,
    "do_answer": PUBLIC,
    "do_stop": PUBLIC,
    "do_open": PUBLIC,
    "said_gone": PUBLIC,
    "said_public": PUBLIC,
    "said_open": PUBLIC,
    # Screens on the wall
    "display_list": Member(Action.MANAGE_DISPLAYS),
    "display_create": Member(Action.MANAGE_DISPLAYS),
    "display_edit": Member(Action.MANAGE_DISPLAYS),
    "display_look": Member(Action.MANAGE_DISPLAYS),
    "display_revoke": Member(Action.MANAGE_DISPLAYS),
    "wall_open": PUBLIC,
    "wall_page": PUBLIC,
    "wall_content": PUBLIC,
    "wall_gone": PUBLIC,
    "wall_wait": PUBLIC,
    # Reports
    "report_make": Member(Action.MAKE_REPORTS),
    "portfolio_make": Member(Action.MAKE_REPORTS),
    "report_page": Member(Action.SEE_REPORTS),
    "report_progress": Member(Action.SEE_REPORTS),
    "report_file": Member(Action.SEE_REPORTS),
    "report_cancel": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    "report_retry": Member(Action.MAKE_REPORTS, method="post"),
    # Posters
    "schedule_list": Member(Action.MAKE_REPORTS),
    "schedule_create": Member(Action.MAKE_REPORTS),
    "schedule_edit": Member(Action.MAKE_REPORTS),
    "schedule_pause": Member(Action.MAKE_REPORTS, method="post"),
    "schedule_run": Member(Action.MAKE_REPORTS, method="post"),
    "schedule_delete": Member(Action.MAKE_REPORTS, method="post"),
    "story_wall_make": Member(Action.MAKE_REPORTS),
    "certificate_make": Member(Action.MAKE_REPORTS),
    "story_paper_page": Member(Action.SEE_REPORTS),
    "story_paper_progress": Member(Action.SEE_REPORTS),
    "story_paper_file": Member(Action.SEE_REPORTS),
    "story_paper_cancel": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    "story_paper_retry": Member(Action.MAKE_REPORTS, method="post"),
    "poster_gallery": Member(Action.SEE_REPORTS),
    "poster_list": Member(Action.SEE_REPORTS),
    "poster_make": Member(Action.MAKE_REPORTS, method="post"),
    "poster_page": Member(Action.SEE_REPORTS),
    "poster_progress": Member(Action.SEE_REPORTS),
    "poster_file": Member(Action.SEE_REPORTS),
    "poster_cancel": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    "poster_retry": Member(Action.MAKE_REPORTS, method="post"),
    # All that was made
    "preview_page": Member(Action.MAKE_REPORTS),
    "preview_progress": Member(Action.MAKE_REPORTS),
    "preview_picture": Member(Action.MAKE_REPORTS),
    "look_edit": Member(Action.EDIT_ORGANISATION),
    "look_preview": Member(Action.EDIT_ORGANISATION),
    "look_logo": Member(Action.EDIT_ORGANISATION),
    "made_card": Member(Action.SEE_REPORTS),
    "made_thumbnail": Member(Action.SEE_REPORTS),
    "made_rename": Member(Action.MAKE_REPORTS, but_not=frozenset({Role.LEADER})),
    "made_keep": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    "made_delete": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    "made_restore": Member(Action.MAKE_REPORTS, method="post", but_not=frozenset({Role.LEADER})),
    # Stories
    "story_feed": Member(Action.TELL_STORIES),
    "story_tell": Member(Action.TELL_STORIES),
    "story_moments": Member(Action.TELL_STORIES),
    "story_page": Member(Action.TELL_STORIES),
    "story_photo": Member(Action.TELL_STORIES),
    "story_thank": Member(Action.TELL_STORIES, method="post"),
    "story_week": Member(Action.TELL_STORIES),
    "moment_stories": Member(Action.TELL_STORIES),
    "story_edit": Member(Action.TELL_STORIES, but_not=frozenset({Role.LEADER, Role.STAFF})),
    "story_unname": Member(Action.TELL_STORIES, but_not=frozenset({Role.LEADER, Role.STAFF})),
    "story_review": Member(Action.REVIEW_STORIES),
    "story_publish": Member(Action.REVIEW_STORIES, method="post"),
    "story_decline": Member(Action.REVIEW_STORIES),
    "story_delete": Member(Action.REVIEW_STORIES),
    "story_feature": Member(Action.REVIEW_STORIES, method="post"),
    "story_link": Member(Action.REVIEW_STORIES),
    "story_link_offer": Member(Action.REVIEW_STORIES, method="post"),
    "story_link_end": Member(Action.REVIEW_STORIES),
    "story_link_screen": Member(Action.REVIEW_STORIES),
    "story_export": Member(Action.SEE_REPORTS),
    "story_open": PUBLIC,
    "story_lost": PUBLIC,
    "story_tell_open": PUBLIC,
    "story_open_moments": PUBLIC,
    "story_told": PUBLIC,
    "story_name": PUBLIC,
    "story_after": PUBLIC,
    # For machines
    "health_live": PUBLIC,
    "health_ready": PUBLIC,
}


def make_membership(organisation: Organisation) -> Membership:
    user = User.objects.create_user(f"{secrets.token_hex(8)}@example.org", None)
    return Membership.objects.create(organisation=organisation, user=user, role=Role.STAFF)


def make_invitation(organisation: Organisation) -> Invitation:
    return Invitation.objects.create(
        organisation=organisation,
        email=f"{secrets.token_hex(8)}@example.org",
        role=Role.STAFF,
        token_hmac=hmac_of(secrets.token_urlsafe(32)),
        expires_at=timezone.now() + timedelta(days=1),
    )


def make_moment(organisation: Organisation) -> Moment:
    plan = JourneyPlan("A call", stages=(StagePlan("Before", (MomentPlan("Dials"),)),))
    return Moment.objects.get(stage__journey=create_journey(organisation, plan))


def make_comment(organisation: Organisation) -> Comment:
    """Somebody else's, who has left."""
    moment = make_moment(organisation)
    return Comment.objects.create(journey=moment.stage.journey, moment=moment, moment_title="Dials", text="Why?")


def make_comment_invitation(organisation: Organisation) -> CommentInvitation:
    user = make_membership(organisation).user
    return CommentInvitation.objects.create(journey=make_moment(organisation).stage.journey, user=user)


def make_link(organisation: Organisation) -> ShareLink:
    journey = make_moment(organisation).stage.journey
    return ShareLink.objects.create(journey=journey, token_hmac=secrets.token_hex(32))


def make_scenario(organisation: Organisation) -> Scenario:
    moment = make_moment(organisation)
    return Scenario.objects.create(journey=moment.stage.journey, name="Better", targets={str(moment.pk): 4})


def make_draft_round(organisation: Organisation) -> Round:
    return make_round(make_moment(organisation).stage.journey, None, title="Autumn")


def make_open_link(organisation: Organisation) -> OpenLink:
    return make_links(make_draft_round(organisation))[0]


def make_read_idea(organisation: Organisation) -> Idea:
    """One that is out and may be read."""
    round_ = open_round(make_draft_round(organisation))
    batch = Batch.objects.create(round=round_, view="staff", number=1)
    ResultSheet.objects.create(round=round_, figures=figures(views=["staff"], ideas={"staff": ideas({batch.pk: []})}))
    moment = round_.moments.get()
    return Idea.objects.create(round=round_, batch=batch, moment=moment, view="staff", text="More smiles")


def make_recipient(organisation: Organisation) -> Recipient:
    email = f"{secrets.token_hex(8)}@example.org"
    return Recipient.objects.create(round=make_draft_round(organisation), view="staff", email=email, token_hmac="x")


def make_action(organisation: Organisation) -> ImprovementAction:
    """By somebody who has left, about a moment."""
    moment = make_moment(organisation)
    journey = moment.stage.journey
    return ImprovementAction.objects.create(organisation=organisation, journey=journey, moment=moment, what="Call back")


def make_action_event(organisation: Organisation) -> ActionEvent:
    action = make_action(organisation)
    return ActionEvent.objects.create(
        organisation=organisation, action=action, before={"what": "Write"}, after={"what": "Call back"}
    )


def make_owner_mail(organisation: Organisation) -> OwnerMail:
    return OwnerMail.objects.create(
        organisation=organisation,
        user=make_membership(organisation).user,
        week=timezone.localdate(),
        token_hmac=secrets.token_hex(32),
        expires_at=timezone.now() + timedelta(days=1),
    )


def make_said_link(organisation: Organisation) -> SaidLink:
    return SaidLink.objects.create(organisation=organisation, token_hmac=secrets.token_hex(32))


def make_poster(organisation: Organisation) -> Poster:
    """One that is ready, with its file, asked for by somebody who has left."""
    journey = make_moment(organisation).stage.journey
    poster = Poster.objects.create(
        organisation=organisation,
        journey=journey,
        title=journey.title,
        journey_version=journey.version,
        inputs=inputs_of(journey, plan_of(journey), "A4"),
        inputs_hash=secrets.token_hex(32),
        state=State.READY,
        artifact_name=f"posters/{secrets.token_hex(8)}.pdf",
        thumbnail_name=f"posters/{secrets.token_hex(8)}.png",
    )
    for name in poster.file_names:
        path = artifacts.path_of(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")
    return poster


def make_report(organisation: Organisation) -> Report:
    """A portfolio that is ready, with its file, asked for by somebody who has left."""
    journey = make_moment(organisation).stage.journey
    report = Report.objects.create(
        organisation=organisation,
        title=journey.title,
        kind="portfolio",
        language="en",
        inputs=portfolio.inputs_of(organisation, [journey], language="en"),
        inputs_hash=secrets.token_hex(32),
        state=State.READY,
        artifact_name=f"reports/{secrets.token_hex(8)}.pdf",
    )
    path = artifacts.path_of(report.artifact_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    return report


def make_story_paper(organisation: Organisation) -> StoryPaper:
    """A certificate that is ready, with its file."""
    said = {"to": "Gate team", "words": "Thank you.", "signed_by": "", "language": "en", "is_grey": False}
    paper = StoryPaper.objects.create(
        organisation=organisation,
        title="A trip with us",
        kind="certificate",
        paper="A5",
        language="en",
        inputs=inputs_of_certificate(make_story(organisation), said),
        inputs_hash=secrets.token_hex(32),
        state=State.READY,
        artifact_name=f"story-papers/{secrets.token_hex(8)}.pdf",
    )
    path = artifacts.path_of(paper.artifact_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    return paper


def make_print(organisation: Organisation) -> RoundPrint:
    """One that is ready, with its file."""
    round_ = make_draft_round(organisation)
    made = RoundPrint.objects.create(
        organisation=organisation,
        round=round_,
        title=round_.title,
        inputs=prints.inputs_of(round_, PrintKind.FORM, "A4", "en", View.STAFF),
        inputs_hash=secrets.token_hex(32),
        state=State.READY,
        artifact_name=f"round-prints/{secrets.token_hex(8)}.pdf",
    )
    path = artifacts.path_of(made.artifact_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7")
    return made


def make_schedule(organisation: Organisation) -> Schedule:
    """One to nobody, by somebody who has left."""
    return Schedule.objects.create(
        organisation=organisation,
        journey=make_moment(organisation).stage.journey,
        rhythm="weekly",
        language="en",
        watches_from=timezone.now(),
    )


def make_contact_upload(organisation: Organisation) -> ContactUpload:
    """One that is whole."""
    log = b"customer,start\nanna,2024-02-01 10:00:00\n"
    upload = begin_upload(make_moment(organisation).stage.journey, None, "log.csv", len(log), "")
    receive_whole(upload, [log])
    finish_upload(upload)
    return upload


def make_contact_import(organisation: Organisation) -> ContactImport:
    """One that a worker has counted."""
    job = request_import(make_contact_upload(organisation), Mapping(customer="customer", start="start"), None)
    work_on(ContactImport, job.pk, make_import, store_import)
    return job


def make_wall(organisation: Organisation) -> Display:
    """One by somebody who has left."""
    return make_display(organisation, None, {"name": "Canteen"}, [])


def make_preview(organisation: Organisation) -> Preview:
    """One that is ready, with its picture."""
    preview = Preview.objects.create(
        organisation=organisation,
        part="poster",
        inputs={},
        inputs_hash=secrets.token_hex(32),
        state=State.READY,
        artifact_name=f"previews/{secrets.token_hex(8)}.png",
    )
    path = artifacts.path_of(preview.artifact_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG")
    return preview


def make_story(organisation: Organisation) -> Story:
    """Somebody else's, with a photo."""
    story = Story.objects.create(
        organisation=organisation, state=StoryState.PUBLISHED, what_happened="Keys.", published_at=timezone.now()
    )
    StoryPhoto.objects.create(story=story, content=b"\xff\xd8", width=1, height=1)
    return story


def make_review(organisation: Organisation) -> Review:
    """One whose minutes are open."""
    return begin_review(make_moment(organisation).stage.journey, None)


def make_communication(organisation: Organisation) -> Communication:
    return Communication.objects.create(organisation=organisation, name="Welcome letter")


PARTS: dict[str, Callable[[Organisation], Any]] = {
    "membership_id": lambda organisation: make_membership(organisation).pk,
    "invitation_id": lambda organisation: make_invitation(organisation).pk,
    "journey_id": lambda organisation: make_moment(organisation).stage.journey_id,
    "stage_id": lambda organisation: make_moment(organisation).stage_id,
    "moment_id": lambda organisation: make_moment(organisation).pk,
    "event_id": lambda organisation: remove_moment(make_moment(organisation)).pk,
    "version_id": lambda organisation: name_version(make_moment(organisation).stage.journey, "Before").pk,
    "comment_id": lambda organisation: make_comment(organisation).pk,
    "comment_invitation_id": lambda organisation: make_comment_invitation(organisation).pk,
    "share_id": lambda organisation: make_link(organisation).pk,
    "scenario_id": lambda organisation: make_scenario(organisation).pk,
    "round_id": lambda organisation: make_draft_round(organisation).pk,
    "link_id": lambda organisation: make_open_link(organisation).pk,
    "idea_id": lambda organisation: make_read_idea(organisation).pk,
    "action_id": lambda organisation: make_action(organisation).pk,
    "action_event_id": lambda organisation: make_action_event(organisation).pk,
    "mail_id": lambda organisation: make_owner_mail(organisation).pk,
    "said_link_id": lambda organisation: make_said_link(organisation).pk,
    "recipient_id": lambda organisation: make_recipient(organisation).pk,
    "paper_id": lambda organisation: make_story_paper(organisation).pk,
    "print_id": lambda organisation: make_print(organisation).pk,
    "schedule_id": lambda organisation: make_schedule(organisation).pk,
    "report_id": lambda organisation: make_report(organisation).pk,
    "poster_id": lambda organisation: make_poster(organisation).pk,
    "preview_id": lambda organisation: make_preview(organisation).pk,
    "kind": lambda organisation: "poster" if organisation.slug == "northern-air" else "print",
    "made_id": lambda organisation: make_poster(organisation).pk,
    "communication_id": lambda organisation: make_communication(organisation).pk,
    "survey_id": lambda organisation: make_survey(organisation, View.STAFF, 5, None).pk,
    "survey": lambda organisation: "c1",
    "review_id": lambda organisation: make_review(organisation).pk,
    "upload_id": lambda organisation: make_contact_upload(organisation).pk,
    "import_id": lambda organisation: make_contact_import(organisation).pk,
    "story_id": lambda organisation: make_story(organisation).pk,
    "telling": lambda organisation: "s1",
    "naming": lambda organisation: "n1",
    "told": lambda organisation: "told",
    "words": lambda organisation: "t" * 43,
    "display_id": lambda organisation: make_wall(organisation).pk,
    "token": lambda organisation: "t" * 43,
    "code": lambda organisation: "k7m2-9xqt-4b3d",
    "way": lambda organisation: "l1",
    "number": lambda organisation: 1,
    "key": lambda organisation: "set-password",
    "uidb36": lambda organisation: "1",
}


@dataclass(frozen=True)
class Address:
    """One named pattern of the resolver."""

    name: str
    parts: frozenset[str]
    callback: Callable[..., Any]

    def url(self, organisation: Organisation, parts_of: Organisation) -> str:
        """Its URL under one organisation's slug with the ids of another's, or its own, objects."""
        return self.filled(organisation, self.ids(parts_of))

    def ids(self, organisation: Organisation) -> dict[str, Any]:
        with scope(organisation=organisation):
            return {part: PARTS[part](organisation) for part in sorted(self.parts - {"organisation_slug"})}

    def filled(self, organisation: Organisation, ids: dict[str, Any]) -> str:
        slug = {"organisation_slug": organisation.slug} if "organisation_slug" in self.parts else {}
        return reverse(self.name, kwargs={**slug, **ids})


def addresses(resolver: URLResolver, space: str = "", parts: frozenset[str] = frozenset()) -> Iterator[Address]:
    """Every address below `resolver`, with the names of the parts that its URL is made of."""
    for entry in resolver.url_patterns:
        known = parts | set(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, f"{space}{entry.namespace}:" if entry.namespace else space, known)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name, so no rule can speak of it"
            yield Address(space + entry.name, known, entry.callback)


ADDRESSES = {address.name: address for address in addresses(get_resolver())}
MEMBER_RULES = [
    (ADDRESSES[name], rule) for name, rule in RULES.items() if isinstance(rule, Member) and name in ADDRESSES
]
OF_MEMBERS = pytest.mark.parametrize(
    ("address", "rule"), MEMBER_RULES, ids=[address.name for address, _ in MEMBER_RULES]
)
WITH_IDS = pytest.mark.parametrize(
    ("address", "rule"),
    [pair for pair in MEMBER_RULES if len(pair[0].parts) > 1],
    ids=[address.name for address, _ in MEMBER_RULES if len(address.parts) > 1],
)


def names_with(rule: str) -> list[str]:
    return [name for name in RULES if RULES[name] == rule and name in ADDRESSES]


def call(client: Client, rule: Member, url: str, **headers: str):
    response = getattr(client, rule.method)(url, rule.data, headers=headers or None)
    if response.streaming:
        b"".join(response.streaming_content)
        response.close()
    return response


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert set(RULES) == set(ADDRESSES)


def test_every_part_of_an_address_can_be_made():
    needed = set().union(*(address.parts for address in ADDRESSES.values())) - {"organisation_slug"}

    assert needed == set(PARTS)


def test_addresses_of_organisations_are_member_rules():
    under_slug = {name for name, address in ADDRESSES.items() if "organisation_slug" in address.parts}

    assert under_slug == {address.name for address, _ in MEMBER_RULES}


@OF_MEMBERS
def test_view_asks_for_the_action_of_its_rule(address, rule):
    assert address.callback.action is rule.action


@OF_MEMBERS
def test_anonymous_stranger_is_sent_to_sign_in(address, rule, organisation, client):
    url = address.url(organisation, organisation)

    response = call(client, rule, url)

    assert (response.status_code, response.url) == (302, f"{reverse('account_login')}?next={url}")


@OF_MEMBERS
def test_anonymous_htmx_is_sent_to_sign_in_as_a_whole_page(address, rule, organisation, client):
    url = address.url(organisation, organisation)

    response = call(client, rule, url, HX_Request="true")

    assert response.content == b""
    assert response.headers["HX-Redirect"] == f"{reverse('account_login')}?next={url}"


@OF_MEMBERS
def test_member_of_another_organisation_finds_nothing(
    address, rule, organisation, other_organisation, make_member, client_of
):
    stranger = client_of(make_member(other_organisation, Role.OWNER))

    response = call(stranger, rule, address.url(organisation, organisation))

    assert response.status_code == 404


@WITH_IDS
def test_ids_of_another_organisation_and_missing_ids_answer_alike(
    address, rule, organisation, other_organisation, make_member, client_of
):
    owner = client_of(make_member(organisation, Role.OWNER))
    foreign, own = address.ids(other_organisation), address.ids(organisation)
    tried = [foreign]
    tried += [{**own, part: foreign[part]} for part in own if len(own) > 1]
    tried += [{**own, part: NO_SUCH_ID} for part in own if isinstance(own[part], int)]

    responses = [call(owner, rule, address.filled(organisation, ids)) for ids in tried]

    assert [response.status_code for response in responses] == [404] * len(tried)


@pytest.mark.parametrize("role", list(Role))
@OF_MEMBERS
def test_role_gets_what_the_table_says(role, address, rule, organisation, make_member, client_of):
    member = client_of(make_member(organisation, role))

    response = call(member, rule, address.url(organisation, organisation))

    if rule.lets(role):
        assert response.status_code in ({200, 204, 302} if rule.method == "get" else {200, 204, 302, 409, 422})
    else:
        assert response.status_code == 403


@pytest.mark.parametrize("name", names_with(SIGNED_IN))
def test_account_pages_need_a_sign_in(name, organisation, client):
    response = client.get(ADDRESSES[name].url(organisation, organisation))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", names_with(SIGNED_IN))
def test_account_pages_open_for_somebody_without_organisation(name, organisation, client_of):
    newcomer = client_of(User.objects.create_user("new@example.org", "correct horse"))

    response = newcomer.get(ADDRESSES[name].url(organisation, organisation))

    assert response.status_code in {200, 302}
    assert not getattr(response, "url", "").startswith(reverse("account_login"))


@pytest.mark.parametrize("name", names_with(PUBLIC))
def test_public_pages_answer_strangers_themselves(name, organisation, client):
    sweep(files=False)

    response = client.get(ADDRESSES[name].url(organisation, organisation))

    assert response.status_code in {200, 302, 404, 410, 429}
    assert not getattr(response, "url", "").startswith(f"{reverse('account_login')}?next=")
