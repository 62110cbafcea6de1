"""Tell whether the Latin name of a country means another thing: a town, a language, a dish, a piece of a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds.authority.surnames import given_before, headline_at, no_name
from feeds.cldr import languages

if TYPE_CHECKING:
    from collections.abc import Container

# Dublin, Ohio. Georgia is missing: it is a country too.
_STATE = re.compile(
    r",\s(?:Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Hawaii|Idaho|Illinois"
    r"|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri"
    r"|Montana|Nebraska|Nevada|New\s(?:Hampshire|Jersey|Mexico|York)|(?:North|South)\s(?:Carolina|Dakota)|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Rhode\sIsland|Tennessee|Texas|Utah|Vermont|Virginia|West\sVirginia|Wisconsin|Wyoming"
    r"|Ontario|Ala\.|Ariz\.|Ark\.|Calif\.|Colo\.|Conn\.|Del\.|Fla\.|Ga\.|Ill\.|Ind\.|Kan\.|Ky\.|La\.|Mass\.|Md\.|Mich\."
    r"|Minn\.|Miss\.|Mo\.|Mont\.|Neb\.|Nev\.|N\.(?:C|D|H|J|M|Y)\.|Okla\.|Ore\.|Pa\.|R\.I\.|S\.(?:C|D)\.|Tenn\.|Tex\."
    r"|Va\.|Vt\.|W\.Va\.|Wash\.|Wis\.|Wyo\.|D\.C\.|A[KLRZ]\b|C[AT]\b|FL\b"
    r"|GA\b|I[ADL]\b|K[SY]\b|M[ADINOST]\b|N[CDEHJMVY]\b|OH\b|PA\b|RI\b|S[CDK]\b|T[NX]\b|UT\b|V[AT]\b|W[AIVY]\b)"
)
_THING = re.compile(
    r"[ -](?:languages?|speakers?|speaking|cuisine|food|dish(?:es)?|restaurants?|barbecue|bakery|wines?|beers?|coffee"
    r"|tea|cheese|sandwich(?:es)?|bacon|waffles?|meatballs|cigars?|pubs?|flu|standoff|mule|goose|geese|grammar|lessons?"
    r"|literature|folklore|myths?|mythology|letters?|alphabet|subtitles"
    r"|Times|Post|Star|Herald|Tribune|Chronicle|Gazette|Inquirer|Telegraph|Guardian|Mirror|Observer)\b(?!-)"
)
_READS = re.compile(
    r"\b(?:in|into|from|fluent|broken|speaks?|spoke|speaking|reads?|learns?|learned|learning|stud(?:y|ies|ied))\s"
    r"(?:fluent\s|broken\s)?$"
)
_READ = re.compile(r"(?=[.,;:!?)\]\"']|\s(?:and|or|to|on|as|for|with|language)\b|$)")
_NEXT = re.compile(r"\s([A-Z][\w'-]*)")


def elsewhere(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is a town of that name in America, or a language."""
    if _STATE.match(text, end):
        return True
    if text[start:end] not in languages() or not _READ.match(text, end):
        return False
    return _READS.search(text, max(0, start - 20), start) is not None


def thing(text: str, end: int) -> bool:
    """Whether something follows that may be called after the country: "French-speaking", "the Philippine Star"."""
    return _THING.match(text, end) is not None


def piece(text: str, start: int, end: int, ends: Container[int], starts: Container[int]) -> bool:
    """Whether the name may be a piece of another one ("Kenya Moore", "the Moscow Times"): capitals stand next to it.

    `ends` and `starts` are where known names end and where known names and titles start.
    """
    headline = headline_at(text, start)
    if given_before(text, start, ends, headline=headline):
        return True
    after = _NEXT.match(text, end)
    if after is None or headline or (end + 1) in starts:
        return False
    return not after[1].isupper() and not no_name(after[1])
