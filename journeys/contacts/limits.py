"""What a contact log may be, and what counting one may take."""

from journeys.limits import SECONDS_MAX

SAMPLE_BYTES = 262_144
SAMPLE_ROWS = 1_000
SHOWN_ROWS = 10
EXAMPLES = 5  # rows named for each reason
EXAMPLE_LENGTH = 200  # characters shown of such a row
COLUMNS_MAX = 1_000
LINE_BYTES_MAX = 1_000_000
REJECT_BYTES_MAX = 64_000_000  # noted of a line that was rejected, so that the lines in it can be counted
WORKBOOK_BYTES_MAX = 200_000_000
NAME_MAX = 200  # characters of a touchpoint or channel
MEMORY_MB = 1_400  # of DuckDB; Python and the reader's buffers come on top
THREADS = 2
PROCESSES = 2  # that read the plain rows of a log
TEMPORARY_GB = 100
MILLISECONDS_MAX = SECONDS_MAX * 1_000  # of one contact
SAMPLE_CONTACTS = 1 << 20  # of a fair sample of customers, where distinct customers are estimated
