"""What a date in running text is the date of: of the telling, of something past, of something to come, or of neither.

`said` and `past` dates of the lead say when the report was made; `planned` ones lie after it; `background` ones (since
March 3, the pact of March 3) say nothing about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from feeds.reading.dates.cues import cues

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feeds.reading.dates.cues import Cues
    from feeds.reading.dates.mentions import Mention

Stance = Literal["said", "past", "planned", "background"]

_WORD = re.compile(r"[A-Za-zÀ-ɏ][\w'’-]*")
_LINKS = frozenset({"on", "late", "early", "this", "the", "next", "last", "local", "time"})
_BASE_FORMS = frozenset(
    {"be", "have", "discuss", "announce", "address", "release", "publish", "decide", "testify", "face", "appear"}
)
_WHEN = frozenset({"since", "after", "until", "before", "when", "Since", "After", "Before", "When", "while", "which"})
_CLAUSE_WORDS = 6
_REACH = 18  # words back from a date to its verb
_AHEAD = 14  # words on from a date that opens its sentence
_ENDING = 24  # characters at the end of a sentence that hold its verb
_CLAUSE = re.compile(r"[，,；;。！？：:\n]")
_ALONE = re.compile(r"(?:晚间?|早间?|上午|下午|凌晨|清晨|中午|傍晚)?[，,]")
_KO_PAST = re.compile(r"[았었였했됐갔왔냈섰졌됐렸켰혔났봤썼뒀줬랐쳤겼][다으고던지]|[했됐]")
_JA_PAST = re.compile(r"[たっ]た?[。」）)\s]*$|[たっ]た[、。]|した|った|れた|いた")


def stance(text: str, mention: Mention, mentions: Sequence[Mention], language: str) -> Stance:
    """Decide for one mention of `text`, a sentence.

    Args:
        text: the sentence.
        mention: the date, with offsets into the sentence.
        mentions: all dates of the sentence.
        language: BCP 47; only `en`, `zh`, `ko` and `ja` have cues, others are always background.

    """
    words = cues().get(language.partition("-")[0])
    if words is None:
        return "background"
    if mention.years is not None and mention.years < 0:
        return "background"
    if language.startswith("en"):
        return _english(text, mention, words)
    following = min((one.start for one in mentions if one.start > mention.start), default=len(text))
    if language.startswith("zh"):
        return _chinese(text, mention, words)
    first = mention.start == min(one.start for one in mentions)
    return _verb_last(text, mention, following, words, first=first, korean=language.startswith("ko"))


def _english(text: str, mention: Mention, words: Cues) -> Stance:
    if text[mention.end : mention.end + 2] in {"'s", "’s"}:
        return "background"  # Tuesday's vote may be past or to come
    back = _WORD.findall(text[: mention.start])[-_REACH:]
    ahead = _WORD.findall(text[mention.end :])[:_AHEAD]
    near = _governor(back[-3:], words)
    if near is None and ahead and (told := _verb(ahead[0], words)) is not None:
        return told
    found = near or _governor(back, words)
    return found or _first_verb(ahead, words) or "background"


def _governor(back: Sequence[str], words: Cues) -> Stance | None:
    """What the word says that the date hangs on, going back from it; None at the start of the sentence."""
    for at in range(len(back) - 1, -1, -1):
        if back[at] == "that":
            return None
        found = _hangs_on(back[at], back[at - 1].lower() if at else "", words, last=at == len(back) - 1)
        if found in ("said", "past") and any(each in _WHEN for each in back[max(0, at - _CLAUSE_WORDS) : at]):
            return "background"  # since President X declared it on ...
        if found is not None:
            return found
    return None


def _hangs_on(word: str, before: str, words: Cues, *, last: bool) -> Stance | None:
    """What a date says that hangs on `word` after `before`; `last` is right before the date."""
    if word in _LINKS:
        return None
    verb = _verb(word, words)
    if word.lower() in words.before or (verb in ("said", "past") and before in {"had", "having"}):
        return "background"
    base = word in _BASE_FORMS or (words.happens.fullmatch(word) is not None and not word.endswith("s"))
    ready = (word == "for" and before in {"set", "due"}) or (word == "set" and before in {"be", "is", "are"})
    return "planned" if (before == "to" and base) or ready or (word == "by" and last) else verb


def _verb(word: str, words: Cues) -> Stance | None:
    if word in words.planned:
        return "planned"
    if word.lower() in words.saying and (word.islower() or word == "According"):
        return "said"
    if word in words.past or (word.endswith("ed") and word.islower() and word not in words.adjective):
        return "past"
    return None


def _first_verb(ahead: Sequence[str], words: Cues) -> Stance | None:
    """The verb of a sentence that a date opens; a date without a verb after it belongs to a noun."""
    found = [verb for word in ahead if (verb := _verb(word, words)) is not None]
    return "said" if "said" in found and found[0] != "planned" else found[0] if found else None


def _chinese(text: str, mention: Mention, words: Cues) -> Stance:
    start = max((mark.end() for mark in _CLAUSE.finditer(text, 0, mention.start)), default=0)
    before, rest = text[start : mention.start], text[mention.end :]
    after = _clause(rest)
    if before.endswith(words.before) or rest.startswith(words.after):
        return "background"
    if words.plans.search(before[-12:]) or words.plans.search(after[:6]):
        return "planned"
    if words.says.search(after[:24]):
        return "said"
    if rest.startswith("在"):
        return "past"
    return "past" if words.happens.search(after) or words.says.search(after) else "background"


def _clause(rest: str) -> str:
    """The rest of the date's clause; a date alone (18日，) belongs to the next clause."""
    alone = _ALONE.match(rest)
    mark = _CLAUSE.search(rest, alone.end() if alone else 0)
    return rest[: mark.start()] if mark else rest


def _verb_last(text: str, mention: Mention, following: int, words: Cues, *, first: bool, korean: bool) -> Stance:
    """Korean and Japanese: the verb comes last, and the first date of a sentence belongs to the last verb."""
    rest = text[mention.end :]
    if rest.lstrip(" ").startswith(words.after) or text[: mention.start].rstrip().endswith(words.before):
        return "background"
    if mention.ahead is True or any((part or 0) > 0 for part in (mention.months, mention.week, mention.days)):
        return "planned"
    whole = rest if first else _untold(text[mention.end : following], words)
    told = first and words.says.search(rest[-_ENDING:]) is not None
    if told and mention.ahead is None and following < len(text):
        return "said"
    if words.plans.search(whole) and not told:
        return "planned"
    said = words.says.search(whole[-_ENDING:]) is not None
    if said or (_KO_PAST if korean else _JA_PAST).search(whole):
        return "said" if said and mention.ahead is None else "past"
    return "planned" if words.happens.search(whole) else "background"


def _untold(inner: str, words: Cues) -> str:
    """What is told, without the telling: 5日に会談する(と発表した)."""
    told = words.says.search(inner)
    return inner[: told.start()] if told else inner
