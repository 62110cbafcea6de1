"""When a report appeared and when what it tells happens: every printed date weighed, and what the words allow.

published(clues, matcher)               -> storage.types.Published
event_dates(body, language, published)  -> storage.types.EventDate, in the order of the text
brief_events(text, language, parent)    -> the day that a related report states of itself

`clues` gathers what is printed, `resolve` weighs it, `infer` asks the main text where nothing is printed, `decide` puts
them together. docs/dates.md lists the rules that the evidence names.
"""
