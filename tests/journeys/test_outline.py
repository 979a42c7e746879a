"""The outline's grammar, line by line."""

from __future__ import annotations

import pytest
from django.utils import translation

from journeys.formats import Finding, parse_outline, write_outline
from journeys.limits import OUTLINE_MAX
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

TRIP = """# A trip with us
customers: 10000000
Before
- Searches a fare | web | 1/yr | 15 s | level 3
At the airport
- Waits at the gate | waiting | 0.5/yr | 14 s | level 2 | enhance | Speak every 15 minutes, even with no news.
"""
SEARCHES = MomentPlan("Searches a fare", channel="web", seconds=15, level=3)
WAITS = MomentPlan(
    "Waits at the gate",
    channel="waiting",
    contacts_per_customer=0.5,
    seconds=14,
    level=2,
    decision="enhance",
    what_more="Speak every 15 minutes, even with no news.",
)
TRIP_PLAN = JourneyPlan(
    "A trip with us", 10_000_000, stages=(StagePlan("Before", (SEARCHES,)), StagePlan("At the airport", (WAITS,)))
)


def moment_of(parts: str) -> tuple[MomentPlan, list[Finding]]:
    """What `- Waits | <parts>` is read as."""
    plan, findings = parse_outline(f"# A trip\n- Waits | {parts}")
    return plan.moments[0], findings


def errors_of(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.text) for finding in parse_outline(text)[1] if finding.is_error]


def test_outline_reads_the_worked_example():
    assert parse_outline(TRIP) == (TRIP_PLAN, [])


@pytest.mark.parametrize(
    "text",
    [
        TRIP.replace("\n", "\r\n"),
        TRIP.replace("\n", "\r"),
        "\ufeff" + TRIP,
        TRIP.replace(" | ", "\t|\t"),
        TRIP.replace("- ", "\t- "),
        TRIP.replace("- ", "1. "),
        TRIP.replace("- ", "  * "),
        TRIP.replace("- ", "• "),
        TRIP.replace("\nBefore", "\n\n## Before\n----\n// a remark"),
        "```\n" + "\n".join("    " + line for line in TRIP.splitlines()) + "\n    ```",
        TRIP.replace(" | 0.5/yr | 14 s | level 2", " | 2/6 | 14sec | 0,5 per year"),
        TRIP.replace(" | enhance", "\n    Enhance\n   ").replace(" | Speak", "\n    Speak"),
    ],
)
def test_outline_reads_the_same_however_it_is_laid_out(text):
    assert parse_outline(text) == (TRIP_PLAN, [])


@pytest.mark.parametrize(
    ("written", "customers"),
    [
        *(("10000000", 10_000_000), ("10,000,000", 10_000_000), ("10 000 000", 10_000_000), ("10.000.000", 10_000_000)),
        *(("10\u202f000\u202f000", 10_000_000), ("10'000'000", 10_000_000), ("1,00,00,000", 10_000_000)),
        *(("10M", 10_000_000), ("10 million", 10_000_000), ("10 million a year", 10_000_000), ("2,5 M", 2_500_000)),
        *(
            ("1.250.000,0", 1_250_000),
            ("10.000", 10_000),
            ("1,250", 1_250),
            ("12 k", 12_000),
            ("1.5 bn", 1_500_000_000),
        ),
        *(("0", 0), ("١٢٣", 123), ("1e3", 1000), ("500 customers", 500), ("500/yr", 500)),
    ],
)
def test_customers_are_read_however_they_are_written(written, customers):
    plan, findings = parse_outline(f"# A trip\ncustomers: {written}\n- Waits")

    assert (plan.customers_per_year, findings) == (customers, [])


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("many", "“many” is not a number. Write digits, such as 10000000."),
        ("", "“” is not a number. Write digits, such as 10000000."),
        ("5 apples", "“5 apples” is not a number. Write digits, such as 10000000."),
        ("-5", "“-5” is below 0. Write 0 or more."),
        ("−5", "“−5” is below 0. Write 0 or more."),
        ("NaN", "“NaN” is not a number."),
        ("inf", "“inf” is too much: at most 10,000,000,000."),
        ("1e999", "“1e999” is too much: at most 10,000,000,000."),
        ("10000000001", "“10000000001” is too much: at most 10,000,000,000."),
        ("10.5", "“10.5” is not a whole number. Write it without decimals."),
    ],
)
def test_customers_that_cannot_be_are_named(written, message):
    plan, findings = parse_outline(f"# A trip\ncustomers: {written}\n- Waits")

    assert (plan.customers_per_year, findings) == (0, [Finding(2, message, True)])


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        *((part, "channel", "phone") for part in ("phone", "Tel", "call", "channel: Phone")),
        *((part, "channel", "in_person") for part in ("in person", "In_person", "branch", "face to face")),
        *((part, "channel", "email") for part in ("e-mail", "email", "E-Mail")),
        *((part, "channel", "message") for part in ("sms", "SMS", "message")),
        *((part, "contacts_per_customer", 2) for part in ("2/yr", "2 a year", "2 per year", "2x/y", "twice a year")),
        *(
            (part, "contacts_per_customer", 12)
            for part in ("12/year", "1/month", "once a month", "3/quarter", "6/half-year")
        ),
        *((part, "contacts_per_customer", 156) for part in ("3/week", "3 a week", "contacts: 156", "volume: 3/wk")),
        *((part, "contacts_per_customer", 0.125) for part in ("0.125/yr", ".125/yr", "0,125 / year", "1.25e-1/yr")),
        *((part, "seconds", 15) for part in ("15 s", "15s", "15 sec", "15 seconds", "~15 s", "15 s each", "time: 15")),
        *((part, "seconds", 90) for part in ("1:30", "1.5 min", "1,5 min", "1 min 30 s", "1m30s", "1:30 min")),
        *((part, "seconds", 3600) for part in ("1 h", "1 hour", "60 min", "1:00:00", "1:00 h", "3 600 s")),
        *((part, "seconds", 86400) for part in ("1 day", "24 h")),
        *(
            (part, "level", 4)
            for part in ("level 4", "Level: 4", "L4", "4/6", "level 4/6", "Desired", "level: desired")
        ),
        *((part, "decision", "eliminate") for part in ("eliminate", "ELIMINATE", "decision: eliminate")),
        *((part, "is_make_or_break", True) for part in ("make or break", "moment of truth", "Make-or-break", "!")),
        *((part, "serves_in_front", "crew") for part in ("front: crew", "Front : crew", "served by: crew")),
        ("behind: catering", "stands_behind", "catering"),
        ("systems: CRM", "systems", "CRM"),
        *((part, "experience", "A queue: long") for part in ("sees: A queue: long", "experience: A queue: long")),
        ("expects: 15 s", "expectation", "15 s"),
        *((part, "what_more", "Speak first.") for part in ("Speak first.", "more: Speak first.")),
        ("Look up | Speak | 15 s", "what_more", "Look up\nSpeak"),
        (r"Say \| and \\ and C:\Users", "what_more", r"Say | and \ and C:\Users"),
        (r"One\nTwo\u{9}x\u{0}\u{d800}", "what_more", "One\nTwo\tx\\u{0}\\u{d800}"),
        ("15 minutes early is on time", "what_more", "15 minutes early is on time"),
    ],
)
def test_part_fills_its_field(part, field, value):
    moment, findings = moment_of(part)

    assert (getattr(moment, field), findings) == (value, [])


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ("level 9", "There is no level 9. Levels go from 1 to 6."),
        ("0/6", "There is no level 0. Levels go from 1 to 6."),
        ("level: 3.5", "There is no level 3.5. Levels go from 1 to 6."),
        ("-4/yr", "“-4/yr” is below 0. Write 0 or more."),
        ("nan/yr", "“nan/yr” is not a number."),
        ("100001/yr", "“100001/yr” is too much: at most 100,000."),
        ("1e9 s", "“1e9 s” is too much: at most 31,536,000."),
        ("300 days 300 days", "“300 days 300 days” is too much: at most 31,536,000."),
        ("9999:00:00", "“9999:00:00” is too much: at most 31,536,000."),
        ("channel: pigeon", "“pigeon” is not known there."),
        ("time: soon", "“soon” is not known there."),
    ],
)
def test_part_that_cannot_be_is_named_and_kept_as_text(part, message):
    moment, findings = moment_of(part)

    assert (moment, findings) == (MomentPlan("Waits", what_more=part), [Finding(2, message, True)])


@pytest.mark.parametrize("part", ["15 sek", "3/7", "level nine", "12", "1/2", "50 %"])
def test_part_that_is_almost_an_amount_is_doubted_and_kept_as_text(part):
    doubt = Finding(2, f"“{part}” looks like an amount but was kept as text.", False)

    assert moment_of(part) == (MomentPlan("Waits", what_more=part), [doubt])


@pytest.mark.parametrize(
    ("first", "second"), [("phone", "web"), ("1/yr", "2/yr"), ("15 s", "1:30"), ("keep", "eliminate")]
)
def test_second_of_a_kind_is_doubted_and_kept_as_text(first, second):
    alone, _none = moment_of(first)

    moment, findings = moment_of(f"{first} | {second}")

    assert moment == MomentPlan(**{**{name: getattr(alone, name) for name in alone.__slots__}, "what_more": second})
    message = f"“{second}” says a second time what an earlier part says. It was kept as text."
    assert findings == [Finding(2, message, False)]


def test_comma_that_may_part_thousands_is_doubted():
    moment, findings = moment_of("1,250 s")

    assert moment.seconds == 1250
    assert findings == [Finding(2, "“1,250” was read as 1250. Write 1.25 if it is a fraction.", False)]


def test_several_texts_of_one_kind_are_joined():
    moment, _findings = moment_of("sees: A queue | sees: | sees: A sign | front: crew | front: captain")

    assert (moment.experience, moment.serves_in_front) == ("A queue\n\nA sign", "crew, captain")


def test_moments_before_any_stage_get_one():
    plan, findings = parse_outline("# A trip\n- Waits\nOn board\n- Sits")

    assert [(stage.title, len(stage.moments)) for stage in plan.stages] == [("Sequence", 1), ("On board", 1)]
    assert findings == []


def test_first_line_without_hash_is_the_title_where_it_holds_nothing():
    plan, findings = parse_outline("A trip\ncustomers: 5\nBefore\n- Waits")

    assert (plan.title, [stage.title for stage in plan.stages]) == ("A trip", ["Before"])
    assert findings == [Finding(1, "This line was read as the title. Begin it with # to be sure.", False)]


def test_text_without_any_title_is_doubted():
    plan, findings = parse_outline("Before\n- Waits")

    assert (plan.title, plan.stages[0].title) == ("Untitled journey", "Before")
    assert findings == [Finding(1, "The journey has no title. Write one in the first line: # A trip with us", False)]


def test_line_with_parts_but_no_dash_is_doubted():
    plan, findings = parse_outline("# A trip\nWaits | 15 s\n- Sits")

    assert plan.stages[0].title == "Waits | 15 s"
    message = "This line has parts but no dash, so it was read as a stage. Begin it with - for a moment."
    assert findings == [Finding(2, message, False)]


def test_header_lines_count_above_the_first_moment_only():
    plan, findings = parse_outline(
        "# A trip\ncustomer: a family\nlanguage: pt_BR\n- Waits\ncustomer: first contact\n- Sits"
    )

    assert (plan.customer, plan.language) == ("a family", "pt-br")
    assert [stage.title for stage in plan.stages] == ["Sequence", "customer: first contact"]
    assert findings == [Finding(5, "“customer” is read once, above the first moment. This line became a stage.", False)]


@pytest.mark.parametrize(
    ("code", "language", "finding"),
    [
        ("klingon!", "en", Finding(2, "“klingon!” is not a language code. Write one such as en or de.", True)),
        ("xqx", "en", Finding(2, "“xqx” is not a language code. Write one such as en or de.", True)),
        ("zh-cn", "zh-hans", Finding(2, "“zh-cn” was read as “zh-hans”.", False)),
        ("de_CH", "de", Finding(2, "“de-CH” was read as “de”.", False)),
    ],
)
def test_language_that_is_none_is_named(code, language, finding):
    plan, findings = parse_outline(f"# A trip\nlanguage: {code}\n- Waits")

    assert (plan.language, findings) == (language, [finding])


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        ("#\n- Waits", [(1, "The title is empty. Write it after the #.")]),
        ("# A trip\n## \n- Waits", [(2, "This stage has no title. Write one.")]),
        ("# A trip\n- | 15 s", [(2, "This moment has no title. Write what the customer meets first.")]),
        ("# A trip\n- Wa\0its\0", [(2, "A character U+0000 can't be kept. Delete it.")]),
        ("# A \ud800trip\n- Waits", [(1, "A character U+D800 can't be kept. Delete it.")]),
        (f"# {'t' * 10_000}\n- W", [(1, f"“{'t' * 30}…” has 10000 characters. Shorten it to 200.")]),
        (f"# A trip\n- {'t' * 201}", [(2, f"“{'t' * 30}…” has 201 characters. Shorten it to 200.")]),
        (f"# A trip\n{'t' * 201}\n- W", [(2, f"“{'t' * 30}…” has 201 characters. Shorten it to 200.")]),
        (f"# A trip\n- W\n  {'t' * 2001}", [(2, f"“{'t' * 30}…” has 2001 characters. Shorten it to 2000.")]),
        ("# A trip\n" + "- Waits\n" * 500, [(302, "A journey has at most 300 moments. Make two of it.")]),
        ("# A trip\n" + "Stage\n" * 21, [(22, "A journey has at most 20 stages. Join some.")]),
    ],
    ids=[
        "title",
        "stage",
        "moment",
        "nul",
        "surrogate",
        "long title",
        "long moment",
        "long stage",
        "long text",
        "500",
        "21",
    ],
)
def test_line_that_cannot_be_used_is_named(text, errors):
    assert errors_of(text) == errors


def test_text_that_is_too_long_is_refused_whole():
    message = f"This text has {OUTLINE_MAX + 1} characters; at most {OUTLINE_MAX} can be read. Paste a part of it."

    refused = parse_outline("x" * (OUTLINE_MAX + 1))

    assert refused == (JourneyPlan("Untitled journey"), [Finding(1, message, True)])


def test_findings_end_with_one_that_says_there_are_more():
    _plan, findings = parse_outline("# A trip\n" + "- Waits | level 9\n" * 150)

    assert len(findings) == 101
    assert findings[-1] == Finding(102, "There is more to look at from here on. Mend the lines above first.", True)


def test_right_to_left_and_emoji_texts_stay_as_they_are():
    text = "# رحلة معنا\nقبل\n- يبحث عن سعر | ابتسم 🙂\n- 👩‍🚀 \u202eabc\u202c"

    plan, findings = parse_outline(text)

    assert [plan.title, plan.stages[0].title, plan.moments[0].what_more] == ["رحلة معنا", "قبل", "ابتسم 🙂"]
    assert (plan.moments[1].title, findings) == ("👩‍🚀 \u202eabc\u202c", [])


def test_written_outline_is_pleasant_to_read():
    moment = MomentPlan(
        *(
            "Waits at the gate",
            "A full lounge",
            "To know how long",
            "in_person",
            0.55,
            14.0,
            "gate staff",
            "operations",
            "gate display",
        ),
        *(True, "enhance", "Speak every 15 minutes, even with no news.", 3),
    )
    plan = JourneyPlan("A trip", 10_000_000, "a family", "en", (StagePlan("1. Airport", (moment, MomentPlan("Sits"))),))

    assert write_outline(plan) == (
        "# A trip\ncustomers: 10000000\ncustomer: a family\nlanguage: en\n\n1\\. Airport\n"
        "- Waits at the gate | in person | 0.55/yr | 14 s | level 3 | make or break | enhance\n"
        "    sees: A full lounge\n    expects: To know how long\n    front: gate staff\n    behind: operations\n"
        "    systems: gate display\n"
        "    Speak every 15 minutes, even with no news.\n- Sits | 1/yr | 60 s\n"
    )


def test_outline_is_read_in_any_language_of_the_interface():
    with translation.override("de"):
        assert parse_outline(TRIP) == (TRIP_PLAN, [])
