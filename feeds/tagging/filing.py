"""Find the place that a report was filed from ("BEIJING (Reuters) -"), which takes no part in the story."""

from __future__ import annotations

import re

_AGENCY = r"(?:AP|AFP|Reuters|Bloomberg|CNN(?:\sBusiness)?|Yonhap|Kyodo|Xinhua|UPI|dpa|ANI|PTI|TASS|BBC|NYT)"
_DASH = r"(?:--|[-–—])"
_MIXED = rf"(?:[A-Z][\w.'’-]+,?\s){{1,5}}\({_AGENCY}[^)]{{0,20}}\)(?:\s?{_DASH}\s)?"
_CAPITALS = (
    r"[A-Z][A-Z.'’ -]{2,20}(?:,\s[A-Z][\w. ]{2,25})?(?:,\s[A-Z][a-z]{2,8}\.?\s\d{1,2})?\s?\]?\s?"
    rf"(?:\([^)]{{2,30}}\)\s?)?{_DASH}\s"
)
_MARK = "(?:=|＝|通信|特派員|기자|특파원|뉴스|电|電|讯|訊|报道|記者)"
_BRACKETS = rf"[(\[【（][^)\]】）\n]{{1,30}}{_MARK}[^)\]】）\n]{{0,12}}[)\]】）]"
_WIRED = r"[^\s，。、,.]{2,12}\d{1,2}日[电電](?=[\s，。、)）])"
_FILED = re.compile(rf"\W{{0,3}}(?:{_MIXED}|{_CAPITALS}|{_BRACKETS}|{_WIRED})")


def filed_end(text: str) -> int:
    """Where the dateline at the start of a text ends; 0 if there is none."""
    found = _FILED.match(text)
    return found.end() if found else 0
