"""The forms that partial dates take in English, Chinese, Korean and Japanese, as regular expressions.

Groups: `year`, `month`, `day`, `until` as printed; `weekday` alone or `beside` a day; `shift` (yesterday), `week` (next
week), `rel` (of last month, or: to come, past) and `years` (last year) are distances from the day of the report.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """The forms of each language, the named groups being what `Mention` holds."""
    return {"en": _english(), "zh": _chinese(), "ko": _korean(), "ja": _japanese()}


def _english() -> tuple[re.Pattern[str], ...]:
    month = (
        r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
        r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
    )
    week = r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    beside = rf"(?:(?P<beside>{week}),?\s(?:the\s)?)?"
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)"
    # "on the 5th" but not "on the 5th floor": a stop must follow, or a word that begins another phrase
    joins = r"at|in|to|with|for|and|or|by|but|that|when|as|local|after|before|following"
    stop = rf"(?=\s*(?:[.,;:)\u2019'\"\u201d-]|$)|\s(?:{joins})\b)"
    # days of note that are named after a weekday, and days that come again
    named = "".join(
        rf"(?<!{word}\s)" for word in ("Good", "Black", "Cyber", "Super", "Bloody", "Easter", "every", "each", "any")
    )
    return (
        re.compile(
            rf"(?=[A-Z])\b{beside}{month}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?![,.]?\d|:|\sand\s\d|\s?[-–]\s?\d|\spercent)"
        ),
        re.compile(
            rf"(?=[A-Z])\b{month}\s(?P<day>\d{{1,2}})\s?(?:[-–]|to|and)\s?(?P<until>\d{{1,2}})(?!\d)(?:,?\s(?P<year>20\d\d))?"
        ),
        re.compile(
            rf"(?=\d)\b(?P<day>\d{{1,2}})\s?(?:[-–]|to|and)\s?(?P<until>\d{{1,2}})\s{month}(?:,?\s(?P<year>20\d\d))?"
        ),
        re.compile(rf"(?=[MTWFS\d])\b{beside}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?{month}(?![-\w])"),
        re.compile(rf"(?=t)(?<=\b[Oo]n\s)the\s{ordinal}{stop}"),
        re.compile(rf"(?=[lcp])\b(?P<rel>last|coming|past)\s{ordinal}{stop}"),
        re.compile(
            rf"(?=[MTWFSNLnlt])\b(?:(?P<week>[Nn]ext|[Ll]ast|[Tt]his)\s)?{named}(?P<weekday>{week})\b(?!\s(?:Times|Mail|Herald|Post|[Nn]ight\s[A-Z])\b)"
        ),
        re.compile(r"(?=[ytYT])\b(?P<shift>yesterday|today|tomorrow)\b", re.IGNORECASE),
        re.compile(r"(?=[nltNLT])\b(?P<week>next|last|this)\sweek\b", re.IGNORECASE),
    )


# Where a form may begin: a set of characters and what must follow, which `re` finds much faster than the forms.
_STARTS = {
    "en": re.compile(
        r"[ADFJLMNOSTWYclnpty\d](?<!\w.)(?:(?<=\d)|(?=a[nrty]|eb|pr|u[egln]|ep|ct|ov|ec|on|ed|hu|ri|he\s\d|oming\s\d)"
        r"|(?=(?i:ast\s|ext\s|his\s|esterday|oday|omorrow)))"
    ),
    "zh": re.compile(r"[今去明本上下这這星周週礼禮昨\d](?:(?<=\d)|(?=[年天日月个個星周週礼禮期拜一二三四五六]))"),
    "ko": re.compile(r"[올지작내이다오월화수목금토일어\d](?:(?<=\d)|(?=[해난년달번음는늘일주제요]))"),
    "ja": re.compile(r"[今昨去来先月火水木金土日きあ明\d](?:(?<=\d)|(?=[年月週日曜のょす]))"),
}


def find_forms(text: str, language: str) -> Iterator[re.Match[str]]:
    """Every form of the language that the text holds; of each form, those that do not overlap."""
    forms = patterns().get(language, ())
    starts = [mark.start() for mark in _STARTS[language].finditer(text)] if forms else []
    for form in forms:
        end = 0
        for at in starts:
            if at >= end and (match := form.match(text, at)) is not None:
                yield match
                end = match.end()


# 9月18-20日, 9月18日至20日, 18~20일
_SPAN = (
    r"(?=\d)(?:(?P<year>20\d\d)[年년]\s?)?(?:(?<!\d)(?P<month>1[0-2]|0?[1-9])[月월]\s?)?(?<![\d.])(?P<day>\d{1,2})[日일]?"
    r"\s?(?:부터|から|[-–—~〜～至到])\s?(?P<until>\d{1,2})[日일]"
)


def _chinese() -> tuple[re.Pattern[str], ...]:
    week = r"(?:星期|周|週|礼拜|禮拜)"
    # 一周四次 is four times a week, 周日本 a week and Japan
    name = (
        rf"(?=[本上下这這星周週礼禮])(?<![一两兩二三四五六七八九十\d每双雙])(?P<week>[本上下这這][个個]?)?{week}"
        r"(?P<weekday>[一二三四五六日天])(?![次年岁歲期天个個本])"
    )
    beside = rf"(?:\s?[(（]?{week}(?P<beside>[一二三四五六日天])[)）]?)?"
    return (
        re.compile(
            rf"(?=[今去明\d])(?P<years>今年|去年|明年)?(?<![\d年.])(?P<month>1[0-2]|0?[1-9])月(?P<day>\d{{1,2}})[日号號](?!\s?[-—至到]\s?\d){beside}"
        ),
        re.compile(
            rf"(?=[本上下\d])(?<![\d月年第.])(?:(?P<rel>[本上下][个個]?)月)?(?<![\d.])(?P<day>\d{{1,2}})日(?![间間内內游遊元圆圓以本报報均产產]){beside}"
        ),
        re.compile(_SPAN),
        re.compile(name),
        re.compile(r"(?P<shift>昨[天日]|今[天日]|明[天日])"),
        re.compile(r"(?P<week>[上下][个個]?)(?:星期|周|週)(?![一二三四五六日天刊末边邊])"),
    )


def _korean() -> tuple[re.Pattern[str], ...]:
    beside = r"(?:\s?\((?P<beside>[월화수목금토일])\))?"
    # 3일간, 20일 만에, 3일 전 are lengths of time; 3일 전화, 3일 만나 are not
    length = (
        r"(?!\s?(?:간(?![담부])|만에|만의|동안|째|차(?![관량례])|이내|가량|정도|연속|이상|넘게|치|짜리|뒤"
        r"|후(?![보속임])|전(?![화국체쟁략기에])|앞|남))"
    )
    return (
        re.compile(
            rf"(?=[올지작내\d])(?:(?P<years>올해|지난해|작년|내년)\s?)?(?<![\d.])(?P<month>1[0-2]|0?[1-9])월\s?(?P<day>\d{{1,2}})일{beside}{length}"
        ),
        re.compile(
            r"(?=\d)(?<![\d/.년])(?P<month>1[0-2]|0?[1-9])[/.]\s?(?P<day>\d{1,2})\.?\s?\((?P<beside>[월화수목금토일])\)"
        ),
        re.compile(
            rf"(?=[지이다내오\d])(?:(?P<rel>지난\s?달|이번\s?달|이달|다음\s?달|내달|오는|지난)\s?)?(?<![\d월.,])(?<!월\s)(?P<day>\d{{1,2}})일{beside}{length}"
        ),
        re.compile(_SPAN),
        re.compile(
            r"(?=[지이다내오월화수목금토일])(?:(?P<week>지난\s?주|이번\s?주|다음\s?주|내주)\s?)?(?:(?P<rel>오는|지난)\s)?(?P<weekday>[월화수목금토일])요일(?!마다)"
        ),
        re.compile(r"(?<![가-힣])(?P<shift>어제|오늘|내일)(?![날])"),
        re.compile(r"(?<![가-힣])(?P<week>지난\s?주|다음\s?주|내주)(?!\s?[월화수목금토일]요일|말)"),
    )


def _japanese() -> tuple[re.Pattern[str], ...]:
    beside = r"(?:[(（](?P<beside>[月火水木金土日])(?:曜日?)?(?:・[祝休])?[)）])?"
    length = r"(?![間目ぶ前後連本銀系米韓中程]|以内|以上)"
    return (
        re.compile(
            rf"(?=[今昨去来\d])(?P<years>今年|昨年|去年|来年)?(?<![\d年.])(?P<month>1[0-2]|0?[1-9])月(?P<day>\d{{1,2}})日{beside}(?![間目ぶ])"
        ),
        re.compile(
            r"(?=\d)(?<![\d/.年])(?P<month>1[0-2]|0?[1-9])/(?P<day>\d{1,2})[(（](?P<beside>[月火水木金土日])(?:・[祝休])?[)）]"
        ),
        re.compile(rf"(?=[今先来\d])(?:(?P<rel>[今先来])月)?(?<![\d月年第.])(?P<day>\d{{1,2}})日{beside}{length}"),
        re.compile(_SPAN),
        re.compile(
            r"(?=[今先来月火水木金土日])(?:(?P<week>[今先来])週の?)?(?P<weekday>[月火水木金土日])曜(?:日)?(?!ごと)"
        ),
        re.compile(r"(?P<shift>昨日|きのう|今日(?!的)|きょう|明日|あす)"),
        re.compile(r"(?P<week>[先来])週(?!の?[月火水木金土日]曜|末)"),
    )
