"""When a report appeared: full dates found in words, datelines, fields and URLs, weighed against each other.

find_dates(text)  -> the full dates that a text prints
resolve(clues)    -> storage.types.Published
"""
