"""Selections for tests: random conditions, and an evaluator that looks at each item by itself."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from feeds.syndication.selection_terms import Named
from storage.query import And, Node, Not, Or, Query, Term, Words
from storage.tokens import runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.types import Item, SubjectKind

TOPICS = ("trade-tariffs", "diplomacy-talks")
ACTORS = ("marco-rubio", "south-korea")
WORDS = ("ministers", "韩国", "李在明", "조현", "美", "u s", "met in seoul", "g7 峰会", "erdogan", "人 美国", "nowhere")
DAYS = ("2025-12-31", "2026-01-15", "2026-02-01", "2026-02-03", "2026-03-01")

terms: st.SearchStrategy[Node] = st.one_of(
    st.sampled_from([Term("topic", slug) for slug in TOPICS]),
    st.sampled_from([Term("actor", slug) for slug in ACTORS]),
    st.sampled_from([Term("lang", tag) for tag in ("en", "zh", "zh-hant", "ko", "und")]),
    st.sampled_from([Term("kind", kind) for kind in ("article", "brief")]),
    st.sampled_from([Term("source", name) for name in ("reuters", "the seoul post")]),
    st.sampled_from([Term("after", day) for day in DAYS] + [Term("before", day) for day in DAYS]),
    st.sampled_from([Words(text) for text in WORDS]),
)


def _larger(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(inner, min_size=1, max_size=4).map(tuple)
    return st.one_of(inner.map(Not), some.map(And), some.map(Or))


queries = st.builds(Query, st.recursive(terms, _larger, max_leaves=8), st.booleans())


def as_written(kind: SubjectKind, written: str) -> Named:
    """A finder for which every name is a slug."""
    return Named(written)


def holds(query: Query, item: Item, parents: dict[str, str]) -> bool:
    """Whether an item fits, found out without any index."""
    return _holds(query.where, item, parents, principal=query.principal)


def _holds(node: Node, item: Item, parents: dict[str, str], *, principal: bool) -> bool:
    match node:
        case And(parts):
            return all(_holds(part, item, parents, principal=principal) for part in parts)
        case Or(parts):
            return any(_holds(part, item, parents, principal=principal) for part in parts)
        case Not(inner):
            return not _holds(inner, item, parents, principal=principal)
        case Words(text):
            texts = (item.report.title, item.report.summary, item.report.body)
            return any(_stands_in(runs(text), runs(part)) for part in texts)
        case Term("after" | "before", day):
            return _dated(item, node.field, date.fromisoformat(day))
        case Term(field, value):
            return value in _values(item, parents, principal=principal)[field]


def _values(item: Item, parents: dict[str, str], *, principal: bool) -> dict[str, set[str]]:
    """What an item has of each field."""
    report = item.report
    topics = {tag.slug for tag in report.tags if tag.kind == "topic"}
    parts = report.language.lower().split("-")
    return {
        "topic": topics | {parents[slug] for slug in topics if slug in parents},
        "actor": {
            tag.slug for tag in report.tags if tag.kind == "actor" and (tag.role == "principal" or not principal)
        },
        "lang": {"-".join(parts[: end + 1]) for end in range(len(parts))},
        "kind": {report.kind},
        "source": {" ".join(runs(report.source or ""))},
    }


def _dated(item: Item, field: str, day: date) -> bool:
    published = item.report.published
    if published.instant is not None:
        here = published.instant.date()
        return here >= day if field == "after" else here < day
    if published.first is None or published.last is None:
        return False
    return published.last >= day if field == "after" else published.first < day


def _stands_in(wanted: Sequence[str], text: Sequence[str]) -> bool:
    """Whether the words stand side by side; a run without spaces may go on before the first and after the last one."""
    if len(wanted) == 1:
        return any(wanted[0] in run if _dense(wanted[0]) else wanted[0] == run for run in text)
    for start in range(len(text) - len(wanted) + 1):
        here = text[start : start + len(wanted)]
        begins = here[0].endswith(wanted[0]) if _dense(wanted[0]) else here[0] == wanted[0]
        ends = here[-1].startswith(wanted[-1]) if _dense(wanted[-1]) else here[-1] == wanted[-1]
        if begins and ends and list(here[1:-1]) == list(wanted[1:-1]):
            return True
    return False


def _dense(run: str) -> bool:
    return run[0] >= "\u0e00"


def falling(numbers: Sequence[int]) -> bool:
    """Whether each number is smaller than the one before it."""
    return all(one > other for one, other in pairwise(numbers))
