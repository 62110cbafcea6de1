"""The article's title and summary: declared, printed, or inferred, without the name of the site."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from feeds.reading.shape import sentences, weight
from feeds.text import clean_line, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from feeds.reading import TitleBasis

_SEPARATOR = re.compile(r"\s*[|｜]\s*|\s+[-–—·•»›:]\s+|\s*::\s*|\s?：(?=[^：]*$)|_(?=[^_]*$)")
_BAR = re.compile(r"[|｜_»]|::")
_MAX_SITE_WORDS = 5
_SITE_WORDS = re.compile(
    r"(?:news|herald|times|post|daily|journal|tribune|gazette|guardian|press|agency|today|online|\btv\b|radio|report|wire|network"
    r"|\.(?:com|net|org|co|kr|jp|cn|tw|de|fr)\b|뉴스|일보|신문|방송|통신|닷컴|新闻|新聞|日报|日報|晚报|时报|時報|网$|網$|ニュース|通信|テレビ"
    r"|noticias|diario|periódico|zeitung|nachrichten|journal|presse|giornale|notícias|jornal|новости)",
    re.IGNORECASE,
)
# What a title carries in brackets at its end about a picture or a film that stood beside it.
_MEDIA = re.compile(
    r"\s*[(（\[【]\s*(?:photos?|pictures?|videos?|gallery|with\svideo|사진|영상|포토|동영상|写真|動画|画像|图|圖|组图|組圖|视频|影音|foto|vídeo|galería)"
    r"[^)）\]】]{0,16}[)）\]】]\s*$",
    re.IGNORECASE,
)
_TAIL = re.compile(r"\s*[-–—·•»›:|｜,.(（\[【〈<]|\s*::|\s*[!?]")
_DANGLING = re.compile(r"(?:\s+[-–—|｜·•»:]|\s*[|｜])\s*$")  # a separator whose site is empty
_CUT = re.compile(r"\s*(?:\.\.\.|…)(?=\s|$)")
_KEPT = 0.45  # what is cut off may never be the greater part
_MAX_SUMMARY = 300
_MAX_TITLE = 300
_LONG = 90  # search engines and networks cut longer titles off
_MAX_OPENING = 4_000  # characters in which a first sentence ends


def cut_site(title: str, sites: Iterable[str] = ()) -> str:
    """Cut names of the site from the end of a title: ` - BBC中文网 - 两岸三地`, ` | Fox News`.

    `sites` are names that the page or `sources.toml` gives; without one, only what looks like a site's name goes.
    """
    known = {fold(site) for site in sites if fold(site)}
    kept = _DANGLING.sub("", _MEDIA.sub("", clean_line(title))) or clean_line(title)
    kept = _before_site(kept, known)
    while True:
        mark = _last(kept)
        if mark is None or not _is_site(kept[mark.end() :], mark[0], known):
            break
        front = kept[: mark.start()].strip()
        if weight(front) < _KEPT * weight(kept) and fold(kept[mark.end() :]) not in known:
            break
        kept = front
    return kept or clean_line(title)


def best_title(candidates: Sequence[str], sites: Iterable[str] = ()) -> str:
    """Choose among a page's own titles, best source first: one that another contains is free of the site's name.

    A candidate of which another is the beginning loses what follows: `Talks resume` wins over `Talks resume - Site`.
    """
    names = tuple(sites)
    cleaned = [cut_site(candidate, names) for candidate in candidates if clean_line(candidate)]
    kept = [title for title in dict.fromkeys(cleaned) if fold(title) not in {fold(name) for name in names}]
    if not kept:
        return cleaned[0] if cleaned else ""
    first = next((title for title in kept if not _is_cut(title, kept)), kept[0])
    cores = [other for other in kept if _is_core(other, first) and not _is_cut(other, kept)]
    return max(cores, key=len) if cores else first


def infer_title(body: str) -> str:
    """Take the first sentence of a text that has no title; a long one ends at a word."""
    opening = sentences(body[:_MAX_OPENING].split("\n\n", 1)[0])
    return shorten(opening[0] if opening else body, _MAX_TITLE // 2)


def choose_title(declared: str, metadata: str, printed: str, body: str) -> tuple[str, TitleBasis]:
    """Decide between the author's word, the page's metadata, the title line and the first sentence."""
    if declared:
        return declared[:_MAX_TITLE], "declared"
    if metadata:
        return metadata[:_MAX_TITLE], "metadata"
    if printed:
        return printed[:_MAX_TITLE], "text"
    return infer_title(body), "inferred"


def summarise(declared: str, lead: str, body: str) -> str:
    """The declared summary, else the lead that the text repeats, else the first sentences up to 300 characters."""
    if declared or lead:
        return declared or lead
    chosen = ""
    for sentence in sentences(body[:_MAX_OPENING].split("\n\n", 1)[0]):
        longer = f"{chosen} {sentence}" if chosen and chosen.isascii() else chosen + _space(chosen, sentence) + sentence
        if chosen and len(longer) > _MAX_SUMMARY:
            break
        chosen = longer
    return shorten(chosen, _MAX_SUMMARY)


def shorten(text: str, limit: int) -> str:
    """Cut at the last word that fits and say so with an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit // 2 else cut).rstrip(" ,;:、，") + "…"


def _before_site(title: str, known: set[str]) -> str:
    """Cut from a known name of the site on, where the name of a section follows it."""
    marks = list(_SEPARATOR.finditer(title))
    for mark, following in pairwise(marks):
        if fold(title[mark.end() : following.start()]) in known and title[: mark.start()].strip():
            return title[: mark.start()].strip()
    return title


def _space(before: str, after: str) -> str:
    """Sentences of scripts without spaces follow each other directly."""
    return "" if not before or before[-1] in "。！？" or not after else " "


def _last(title: str) -> re.Match[str] | None:
    return next(reversed(list(_SEPARATOR.finditer(title))), None)


def _is_site(tail: str, separator: str, known: set[str]) -> bool:
    folded = fold(tail)
    if not folded or folded in known or any(folded in name or name in folded for name in known if len(name) > 2):  # noqa: PLR2004
        return True
    if len(tail.split()) > _MAX_SITE_WORDS or weight(tail) > 40:  # noqa: PLR2004 - no site has a longer name
        return False
    return bool(_BAR.search(separator)) or _SITE_WORDS.search(tail) is not None


def _is_cut(title: str, others: Sequence[str]) -> bool:
    """A title that ends in dots, or is long and ends in mid-sentence, where another goes on."""
    start = re.sub(r"\s*(?:\.{3}|…)$", "", title)
    if start == title and len(title) < _LONG:
        return False
    longer = [other[len(start) :] for other in others if len(other) > len(title) and other.startswith(start)]
    return any(not _CUT.match(rest) and _TAIL.match(rest) is None for rest in longer)


def _is_core(other: str, title: str) -> bool:
    """The other title is the beginning of this one, and all of it but a tail that a separator or a bracket opens.

    Where the words simply go on, the other was cut off for want of space.
    """
    mine, theirs = fold(title), fold(other)
    if theirs == mine or not mine.startswith(theirs + " ") or len(theirs) < _KEPT * len(mine):
        return False
    return not title.startswith(other) or _TAIL.match(title[len(other) :]) is not None
