"""The language model of py3langid, cut down to the languages that Dateline tells apart."""

from __future__ import annotations

from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def identifier(names: tuple[str, ...]) -> Any:
    """Load the model for these ISO 639-1 codes; the whole one, which it would keep, takes 60 MB more."""
    from py3langid import langid

    whole = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    whole.set_languages(list(names))
    return langid.LanguageIdentifier(
        whole.nb_ptc,
        whole.nb_pc,
        whole.nb_classes,
        whole.tk_nextmove,
        whole.tk_output,
        norm_probs=True,
        tk_row=whole.tk_row,
    )
