"""Rows in which everything is in order, counted straight from a file's bytes, a hundred thousand at a time.

Such rows are nearly all of a log, and nothing about them needs judging. Every other line, whatever is odd about it, is
set aside word for word, and judged and counted by the database as in any other log. `log.count_plain` does both and
adds them up; `fitting.fit` says whether a file can be read this way.
"""
