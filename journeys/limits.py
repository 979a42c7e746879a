"""How much one journey may hold, in one place for fields, constraints, forms and importers."""

CUSTOMERS_PER_YEAR_MAX = 10_000_000_000
CONTACTS_PER_CUSTOMER_MAX = 100_000
SECONDS_MAX = 31_536_000  # a year
TITLE_MAX = 200
TEXT_MAX = 2_000
STAGES_MAX = 20
MOMENTS_MAX = 300
OUTLINE_MAX = 200_000  # characters of pasted text
FILE_MAX = 5_000_000  # bytes of a file that is read
ROWS_MAX = 20_000  # of a table
COLUMNS_MAX = 200
CELL_MAX = 32_000  # characters
