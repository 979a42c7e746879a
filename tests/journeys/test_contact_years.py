"""A year of a name rests on the days that its own logs cover."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from journeys.contact_figures import imports_of, summary_of
from journeys.contact_names import rules_of
from journeys.contacts.coverage import scale_covered, stretches_of
from journeys.contacts.year import WEEKS_OF_A_YEAR, scale
from journeys.models import Journey
from journeys.plan import JourneyPlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import imported
from tests.journeys.contact_logs import MAPPING, a_log


def days_from(first: str, number: int, contacts: int = 1) -> dict[str, int]:
    begin = date.fromisoformat(first)
    return {(begin + timedelta(offset)).isoformat(): contacts for offset in range(number)}


@pytest.fixture
def journey(in_scope) -> Journey:
    return create_journey(in_scope, JourneyPlan("A call"))


def test_days_without_a_gap_are_scaled_as_one_log():
    days = days_from("2024-01-01", 60) | days_from("2024-03-20", 20)

    assert scale_covered(days) == scale(days)


def test_months_without_a_file_are_not_days_without_contacts():
    days = days_from("2024-01-01", 28) | days_from("2024-06-03", 28)

    scaling = scale_covered(days)

    assert stretches_of(days) == [(date(2024, 1, 1), date(2024, 1, 28)), (date(2024, 6, 3), date(2024, 6, 30))]
    assert (scaling.days, scaling.dates, scaling.way) == (56, (8,) * 7, "weekdays")
    assert scaling.per_year([8] * 7) == pytest.approx(7 * WEEKS_OF_A_YEAR)


def test_nothing_covers_no_day():
    assert scale_covered({}) is None


def test_logs_of_different_columns_do_not_thin_each_other_out(journey, tmp_path):
    calls = [f"c{day},{day} 10:00:00,,Call,Phone" for day in days_from("2023-01-01", 365)]
    orders = [f"{day} 12:00:00,Order" for day in days_from("2024-05-06", 14)]
    imported(journey, a_log(tmp_path, *calls))
    of_shop = replace(MAPPING, customer="", start="at", end="", touchpoint="what", channel="")
    imported(journey, a_log(tmp_path, *orders, header="at,what", name="shop.csv"), mapping=of_shop)

    summary = summary_of(imports_of(journey), rules_of(journey))

    a_year = {each["name"]: round(each["contacts_per_year"], 1) for each in summary["touchpoints"]}
    assert a_year == {"nCall": 365, "nOrder": 365.2}
    assert (summary["year"]["logs"], round(summary["year"]["contacts"])) == (2, 730)


def test_work_on_weekdays_alone_is_not_given_weekends(journey, tmp_path):
    days = [day for day in days_from("2024-01-01", 98) if date.fromisoformat(day).weekday() < 5]
    imported(journey, a_log(tmp_path, *(f"c{day},{day} 10:00:00,,Call,Phone" for day in days)))

    summary = summary_of(imports_of(journey), rules_of(journey))

    assert summary["year"]["contacts"] == pytest.approx(5 * WEEKS_OF_A_YEAR)
