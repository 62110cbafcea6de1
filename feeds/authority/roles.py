"""Who held a title when: roles resolved by a date, and, the other way round, the dates that a text's titles allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from feeds.authority.spots import country_of

if TYPE_CHECKING:
    from datetime import date

    from feeds.authority.matcher import Matcher
    from feeds.authority.model import Authority, Role
    from feeds.authority.spots import Hit

# Papers print the old title for a few days after a handover, and the new one for a few days before it.
SLACK_DAYS = 14


class Holder(NamedTuple):
    """A person and one time in office: `start` inclusive, `end` exclusive, None where open or unknown."""

    slug: str
    title: str
    start: date | None
    end: date | None
    checked: bool


class RoleMention(NamedTuple):
    """A title beside a name. `holders` are all that fit: the text was written within one of their windows.

    `former` titles only say that the text is younger than the window's start.
    """

    start: int
    end: int
    text: str
    former: bool
    holders: tuple[Holder, ...]


def role_mentions(matcher: Matcher, text: str, language: str = "und") -> tuple[RoleMention, ...]:
    """Every title beside a full name, or beside a family name that only one person bore in that office, in order."""
    found = []
    for hit in matcher.titled(text, language):
        if hit.kind not in ("name", "role") or not hit.titles:
            continue
        holders = tuple(
            Holder(slug, role.title, role.start, role.end, role.checked)
            for slug in hit.targets
            for role in _fitting(matcher.authority, slug, hit)
        )
        if len({holder.slug for holder in holders}) == 1:
            found.append(RoleMention(hit.start, hit.end, text[hit.start : hit.end], hit.former, holders))
    return tuple(found)


def holder(authority: Authority, hit: Hit, first: date | None, last: date | None) -> str | None:
    """The one person whom a `role` hit means in a story of `first` to `last`; None if there is none, or several.

    Without a date only a family name that a single person bore in that office counts. A former title is that of the
    last one who took office before the story.
    """
    fitting = {slug: _fitting(authority, slug, hit) for slug in hit.targets}
    fitting = {slug: roles for slug, roles in fitting.items() if roles}
    if first is None or last is None:
        return next(iter(fitting)) if len(fitting) == 1 else None
    if hit.former:
        return _latest(fitting, last)
    for slack in (0, SLACK_DAYS):
        held = [slug for slug, roles in fitting.items() if any(role.held(first, last, slack) for role in roles)]
        if held:
            return held[0] if len(held) == 1 else None
    return None


def _latest(fitting: dict[str, list[Role]], last: date) -> str | None:
    past = [(role.start, slug) for slug, roles in fitting.items() for role in roles if role.start and role.start < last]
    return max(past)[1] if past else None


def _fitting(authority: Authority, slug: str, hit: Hit) -> list[Role]:
    return [
        role
        for role in authority.actors[slug].roles
        if role.title in hit.titles and hit.country in (None, country_of(authority, role.of))
    ]
