"""Countries as actors: their names in every main language from Unicode CLDR."""

from __future__ import annotations

from feeds.authority.model import Actor, Country
from feeds.cldr import territories
from feeds.text import slug

# The languages that news of the world is mostly written in; after a change, `make cldr`.
LANGUAGES = ("en", "ko", "zh", "ja", "zh_Hant", "de", "fr", "es", "pt", "it", "nl", "ru", "vi", "id")


def country_actor(code: str, row: Country) -> Actor:
    """The actor of the ISO 3166 `code`: CLDR's names after those of the row, which wins where they differ."""
    label = row.label or territories("en").get(code, code)
    names = {language: list(forms) for language, forms in row.names.items()}
    names["en"] = [label, *names.get("en", ()), *row.people]
    for language in LANGUAGES:
        forms = names.setdefault(language.partition("_")[0], [])
        name = territories(language).get(code)
        if name and not (language == "en" and row.label):
            forms.insert(0 if language != "zh_Hant" else len(forms), name)
    return Actor(
        slug=row.slug or slug(label),
        type="country",
        label=label,
        names={language: tuple(dict.fromkeys(forms)) for language, forms in names.items() if forms},
        wikidata=row.wikidata,
        iso=code,
        people=row.people,
    )
