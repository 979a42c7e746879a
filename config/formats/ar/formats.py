"""How Arabic pages and papers write large numbers: in groups of three, as Django leaves them in one row."""

NUMBER_GROUPING = 3
THOUSAND_SEPARATOR = "."
