"""Contact logs: files in which every line is a contact, read and counted. Nothing here knows a journey or the database.

`sample.sniff` looks at a file, `importing.count_contacts` counts files, `merging.merge` adds counts up, and
`summary.summarise` says what came out.
"""
