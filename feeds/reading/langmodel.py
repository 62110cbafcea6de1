"""The language model of py3langid, cut down to the languages that Dateline tells apart while it is read."""

from __future__ import annotations

import lzma
import shutil
import tempfile
from array import array
from functools import lru_cache
from typing import Any

_CODES = {2: "H", 4: "I"}
_CHUNK = 1 << 20


@lru_cache(maxsize=1)
def identifier(names: tuple[str, ...]) -> Any:
    """Load the model for these ISO 639-1 codes.

    Its own loader holds the whole model, and the largest table twice, for a moment: 50 MB more at the peak.
    """
    import numpy as np
    from py3langid import langid

    with tempfile.TemporaryFile(suffix=".npz") as file:
        with lzma.open(langid.MODEL_DIR / langid.MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file, _CHUNK)
        file.seek(0)
        with np.load(file, allow_pickle=False) as data:
            classes = data["classes"].tolist()
            kept = [at for at, name in enumerate(classes) if name in names]
            return langid.LanguageIdentifier(
                data["ptc"][:, kept],
                data["pc"][kept],
                [classes[at] for at in kept],
                _table(data, "nextmove"),
                data["out_feat"].tolist(),
                norm_probs=True,
                tk_row=_table(data, "nextmove_row"),
            )


def _table(data: Any, name: str) -> array[int]:
    """One member of the file as an array of numbers, piece by piece."""
    from numpy.lib import format as npy

    with data.zip.open(f"{name}.npy") as member:
        npy.read_magic(member)
        _, _, kind = npy.read_array_header_1_0(member)
        numbers = array(_CODES[kind.itemsize])
        while piece := member.read(_CHUNK):
            numbers.frombytes(piece)
    return numbers
