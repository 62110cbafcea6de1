"""Lines and prefixes that say when a report was filed: `2024.12.25. AM 05:10`, `SEOUL, Aug. 20 (Yonhap) --`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from feeds.reading.dates.expressions import Found, find_dates
from feeds.reading.dates.names import fold, month_pattern, months, weekday_pattern
from feeds.reading.shape import ends_sentence, weight

_MAX_LINE = 90
_MAX_PREFIX = 80
_MAX_CREDITED = 120
_BAR = re.compile(r"^\s*[|｜•·]|[|｜•·]\s*$")
_LETTER = re.compile(r"\w")
# 10/10(木) 20:08配信, 2월 3일(화) 09:12: month, day and the weekday in brackets, as Japanese and Korean pages date a
# report; the brackets set it off from other figures.
_DAYED = re.compile(
    r"(?<![\d/])(?P<month>1[0-2]|0?[1-9])\s?[/月월]\s?(?P<day>\d{1,2})\s?[日일]?\s?[(（][月火水木金土日월화수목금토일][)）]"
    r"(?:\s?(?:오전|오후|午前|午後)?\s?\d{1,2}[:：時시](?:\s?\d\d?)?\s?[分분]?)?"
)
_FILED_END = re.compile(r"[-–—―)）\]】/讯訊电電息合]")  # with one of these a dateline ends
# Words that say what a date in a dateline is the date of.
_PUBLISHED = re.compile(
    r"(?:publish|posted|issued|released|filed|date\b|입력|등록|게재|발행|송고|작성|发布|發布|发表|發表|刊登|发稿|公開|掲載|配信"
    r"|publicad|fecha|publié|veröffentlicht|erschienen|eingestellt|gepostet|datum\b|pubblicat|data\b|опубликован|дата)",
    re.IGNORECASE,
)
_MODIFIED = re.compile(
    r"(?:update|modif|edited|revised|last\b|수정|최종|업데이트|更新|修改|改訂|actualizad|mis à jour|modifié"
    r"|aktualisiert|geändert|änderung|aggiornat|atualizad|обновлен)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:\b(?:at|on|by|in|the|am|pm|gmt|utc|kst|jst|est|edt|ist|et|uhr|hrs?|de|del|le|il|am|um|à|a|las|el|time|local)\b|기사|일시|시간|时间|時間|日期)",
    re.IGNORECASE,
)
_LABELS = (_PUBLISHED, _MODIFIED)
# The same day in the Islamic calendar, which Arab agencies print beside it.
_HIJRI = re.compile(
    r"(?:\d{1,2}\s)?(?:محرم|صفر|ربيع\s\w+|جمادى\s\w+|رجب|شعبان|رمضان|شوال|ذو\s?\w+|ذي\s\w+)\s1[34]\d\d(?:\s?هـ)?"
    r"|1[34]\d\d/\d{1,2}/\d{1,2}(?:\s?هـ)?|\d{1,2}/\d{1,2}/1[34]\d\d(?:\s?هـ)?|\bالموافق(?:\sل\w*)?|(?<!\w)م(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Filed:
    """An agency's dateline: `text[:end]` is all of it; what it does not print of day, month and year is None."""

    said: str
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None


def is_dateline(text: str) -> bool:
    """Tell a line that is mostly a date: what is left without it, its label and its weekday is short."""
    found = find_dates(text) if weight(text) <= _MAX_LINE else []
    if not found:
        return _dayed(text) is not None
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    printed = len(_LETTER.findall(text)) - len(_LETTER.findall(rest))
    if _HIJRI.search(rest):
        rest = weekday_pattern().sub(" ", _HIJRI.sub(" ", rest))
    return printed >= _letters(rest)


def is_credited_date(text: str) -> bool:
    """Tell a line that opens or closes with the date of a report; beside it stands whose report it is.

    Figures alone, a time of day or a bar set the date off; `On 4 February, 9:30` and `begins on 4 February` do not.
    """
    found = find_dates(text) if weight(text) <= _MAX_CREDITED and not ends_sentence(text) else []
    if not found:
        return False
    first, last = found[0], found[-1]
    before, after = text[: first.start], text[last.end :]
    opens = first.clock or _in_figures(text, first) or _BAR.search(text[first.end :])
    closes = (last.clock and _in_figures(text, last)) or _BAR.search(text[: last.start])
    return bool((opens and not _letters(before, _LABELS)) or (closes and not _letters(after)))


def _in_figures(text: str, found: Found) -> bool:
    """Tell a date without words, and no heading of what a colon sets out."""
    return not re.search(r"[^\W\d_]", text[found.start : found.end]) and text[found.end : found.end + 1] not in {
        ":",
        "：",
    }


def _letters(text: str, but: tuple[re.Pattern[str], ...] = (*_LABELS, _FILLER)) -> int:
    """Count the letters of the words that are no label of a date and do not go with one."""
    for pattern in but:
        text = re.sub(rf"{pattern.pattern}\w{{0,6}}", " ", text, flags=re.IGNORECASE)
    return len(_LETTER.findall(text))


def stamps_of(text: str) -> list[tuple[Found, str]]:
    """The dates of a dateline, each with what it is: `published`, `modified` or `unlabelled`."""
    result: list[tuple[Found, str]] = []
    before = 0
    for found in find_dates(text):
        result.append((found, label_of(text[before : found.start])))
        before = found.end
    return result


def label_of(words: str) -> str:
    """What the words before a date make it: `published`, `modified` or `unlabelled`."""
    return "modified" if _MODIFIED.search(words) else "published" if _PUBLISHED.search(words) else "unlabelled"


def find_filed(text: str) -> Filed | None:
    """Find an agency's dateline at the start of a paragraph, up to its dash or bracket."""
    opening = text[:_MAX_PREFIX]
    for pattern in _patterns() if _FILED_END.search(opening) else ():
        match = pattern.match(opening)
        if match and match.end() < len(text):
            return _filed(match)
    dayed = _dayed(opening)
    return _filed(dayed) if dayed is not None else None


def _dayed(text: str) -> re.Match[str] | None:
    """The month, day and weekday that are a line but for their label."""
    match = _DAYED.search(text) if ")" in text or "）" in text else None
    if (
        match is None
        or label_of(text) == "modified"
        or _letters(text[: match.start()])
        or _letters(text[match.end() :])
    ):
        return None
    return match


def _filed(match: re.Match[str]) -> Filed | None:
    parts = match.groupdict()
    name = parts.get("name")
    month = months()[fold(name)] if name else int(parts["month"]) if parts.get("month") else None
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):  # noqa: PLR2004
        return None
    return Filed(match[0].strip(), match.end(), day, month, year)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    names = month_pattern()
    # A place in capitals or capitalised words, then the date, then what ends the dateline.
    place = r"(?:[A-ZÀ-Þ][\w.'’-]{1,20}[\s,/]{1,3}){1,6}"
    agency = r"(?:\s?[(（\[][^)）\]]{1,40}[)）\]])?"
    dash = r"\s?[.:]?\s?(?:--|[-–—―])\s*"
    number = r"(?P<day>\d{1,2})"
    year = r"(?P<year>20\d\d)"
    chinese = rf"(?:{year}年)?(?P<month>\d{{1,2}})月{number}日"
    wired = r"(?:[专專]?[电電](?:[报報][导導道])?|讯|訊|消息|[综綜]合(?:外)?[电電]?(?:[报報][导導道])?)"
    return (
        re.compile(rf"{place}(?P<name>(?i:{names}))\.?\s{number}(?:,\s{year})?{agency}{dash}"),
        re.compile(rf"{place}{number}\.?\s(?:de\s)?(?P<name>(?i:{names}))\.?(?:,?\s(?:de\s)?{year})?{agency}{dash}"),
        re.compile(
            rf"(?:[А-ЯЁ][А-ЯЁа-яё-]{{1,20}}[\s/]?){{1,3}},\s{number}\s(?P<name>(?i:{names}))(?:\s{year}(?:\sг(?:ода|\.))?)?"
            rf"(?:\.?\s?[/(][^/()]{{2,30}}[/)]\s?\.?\s*|\.?{dash}(?:РИА\sНовости|Интерфакс)[.,]?\s*)"
        ),
        re.compile(
            rf"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+[\s,]{{1,2}}){{1,4}}(?:[A-Z][\w.]+\s)?[(（\[][A-Z][\w\s/.-]{{1,24}}[)）\]]{dash}"
        ),
        re.compile(rf"[【\[(（][^】\])）]{{0,24}}?{chinese}[^】\])）]{{0,16}}[】\])）]\s*"),
        re.compile(rf"[【\[(（][^】\])）]{{0,30}}?{number}日{wired}[】\])）]\s*"),
        re.compile(r"【[^】＝=]{1,16}[＝=][^】＝=]{1,24}】\s*"),
        re.compile(
            rf"[\u3400-\u9fff/／、·\s]{{0,24}}?{chinese}(?:{wired}{agency}\s*{dash}|{wired}{agency}\s*|{agency}{dash})"
        ),
        re.compile(
            r"[\[(（]\s?[가-힣A-Za-z·,\s]{1,16}=\s?[가-힣A-Za-z0-9\s]{2,14}[\])）]\s*(?:[가-힣A-Za-z·,\s]{2,30}=\s*)?"
        ),
        re.compile(
            r"(?:本报|本報|本台|本网|本網|本刊)[\u3400-\u9fff\s]{0,8}(?:讯|訊)\s*(?:[(（][^)）]{1,30}[)）])?\s*"
        ),
    )
