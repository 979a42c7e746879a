"""What a report of forty pages costs beside warm headless Chromium that prints the same document."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from io import BytesIO

from pypdf import PdfReader

from benchmarks.chromium import chromium_page, print_page
from benchmarks.interleaved import interleave
from benchmarks.large_report import report_inputs, report_page
from benchmarks.table import Row, benchmark
from reports.report_making import make_report

RATIO_MOST = 16.0
PAGES_LEAST, PAGES_MOST = 30, 40


@benchmark
def report() -> Iterator[Row]:
    inputs = report_inputs()
    ours = partial(make_report, inputs, lambda _step, _percent: None)
    with chromium_page() as page:
        ratio = interleave(ours, partial(print_page, page, report_page(inputs)), runs=3, warmups=1)
    pages = len(PdfReader(BytesIO(ours())).pages)
    yield Row(
        "report of 300 moments and 40 groups beside Chromium's page", ratio.median, RATIO_MOST, ratio.low, ratio.high
    )
    yield Row("its pages, at most", pages, PAGES_MOST, unit="pages")
    yield Row("its pages, at least", pages, PAGES_LEAST, unit="pages", is_floor=True)
