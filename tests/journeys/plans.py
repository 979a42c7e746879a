"""Any journey that can be stored, for hypothesis, and the limits that every reader keeps."""

from __future__ import annotations

from hypothesis import strategies as st

from journeys.choices import Channel, Decision
from journeys.limits import (
    CONTACTS_PER_CUSTOMER_MAX,
    CUSTOMERS_PER_YEAR_MAX,
    MOMENTS_MAX,
    SECONDS_MAX,
    STAGES_MAX,
    TEXT_MAX,
    TITLE_MAX,
)
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TRICKY = st.sampled_from(
    [
        *(
            "- a",
            "* b",
            "1. c",
            "1) d",
            "# e",
            "## f",
            "// g",
            "```",
            "---",
            "***",
            "customers: 5",
            "who: me",
            "Who : me",
        ),
        *(
            "a | b",
            "a\\|b",
            "\\",
            "\\n",
            "\\u{41}",
            "\\u{0}",
            " x ",
            "\u00a0x\u2028",
            "x\n\ny",
            "\r\n",
            "\t",
            "\ufeffx",
        ),
        *(
            "15 s",
            "1/yr",
            "level 3",
            "4/6",
            "keep",
            "phone",
            "In person",
            "!",
            "sees: x",
            "more: y",
            "level 9",
            "-1/yr",
        ),
        *("journey", "title x", "%% y", "مرحبا", "👩‍🚀", "Desired", "1:30", "more\\: z", "– dash", "• dot", "+ plus"),
    ]
)


def texts(limit: int, least: int = 0) -> st.SearchStrategy[str]:
    """Texts of any characters that a database keeps, plain ones and those that an outline could misread."""
    return (st.text(CHARACTERS, min_size=least, max_size=40) | TRICKY).map(lambda text: text[:limit])


def amounts(limit: float) -> st.SearchStrategy[float]:
    return st.floats(0, limit) | st.integers(0, int(limit)).map(float)


MOMENTS = st.builds(
    MomentPlan,
    title=texts(TITLE_MAX, least=1),
    experience=texts(TEXT_MAX),
    expectation=texts(TEXT_MAX),
    channel=st.sampled_from(Channel.values),
    contacts_per_customer=amounts(CONTACTS_PER_CUSTOMER_MAX),
    seconds=amounts(SECONDS_MAX),
    serves_in_front=texts(TITLE_MAX),
    stands_behind=texts(TITLE_MAX),
    systems=texts(TITLE_MAX),
    is_make_or_break=st.booleans(),
    decision=st.sampled_from(["", *Decision.values]),
    what_more=texts(TEXT_MAX),
    level=st.none() | st.integers(1, 6),
)
STAGES = st.builds(StagePlan, title=texts(TITLE_MAX, least=1), moments=st.lists(MOMENTS, max_size=3).map(tuple))
PLANS = st.builds(
    JourneyPlan,
    title=texts(TITLE_MAX, least=1),
    customers_per_year=st.integers(0, CUSTOMERS_PER_YEAR_MAX),
    customer=texts(TITLE_MAX),
    language=st.sampled_from(["en", "de", "pt-br", "zh-hans", "ar"]),
    stages=st.lists(STAGES, min_size=1, max_size=4).map(tuple),
)


def is_storable(plan: JourneyPlan) -> bool:
    """Whether a plan keeps every limit that the tables keep."""
    titles = [plan.title, *(stage.title for stage in plan.stages), *(moment.title for moment in plan.moments)]
    short = [
        plan.customer,
        *(text for moment in plan.moments for text in (moment.serves_in_front, moment.stands_behind, moment.systems)),
    ]
    long = [text for moment in plan.moments for text in (moment.experience, moment.expectation, moment.what_more)]
    return (
        all(0 < len(title) <= TITLE_MAX for title in titles)
        and all(len(text) <= TITLE_MAX for text in short)
        and all(len(text) <= TEXT_MAX for text in long)
        and not any(
            0xD800 <= ord(letter) <= 0xDFFF or letter == "\0" for text in titles + short + long for letter in text
        )
        and len(plan.language) <= 10
        and 0 <= plan.customers_per_year <= CUSTOMERS_PER_YEAR_MAX
        and isinstance(plan.customers_per_year, int)
        and len(plan.stages) <= STAGES_MAX
        and len(plan.moments) <= MOMENTS_MAX
        and all(_is_storable_moment(moment) for moment in plan.moments)
    )


def _is_storable_moment(moment: MomentPlan) -> bool:
    return (
        0 <= moment.contacts_per_customer <= CONTACTS_PER_CUSTOMER_MAX
        and 0 <= moment.seconds <= SECONDS_MAX
        and moment.channel in Channel.values
        and moment.decision in ["", *Decision.values]
        and moment.level in [None, 1, 2, 3, 4, 5, 6]
    )
