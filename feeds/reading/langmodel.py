"""The language model of py3langid, cut down to the languages that Dateline tells apart while it is read."""

from __future__ import annotations

import lzma
import shutil
import tempfile
from array import array
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from py3langid import langid

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 20
_PIECE = 16  # transitions that are kept together; a row has one for each of 256 bytes
_HIGH = bytes(byte >> 4 for byte in range(256))
_LOW = bytes(byte & 15 for byte in range(256))


class Identifier(langid.LanguageIdentifier):  # type: ignore[misc]
    """The model with its automaton in pieces: most of its rows differ in a few of their sixteen pieces only.

    py3langid holds the table whole, in 39 MB, and its loader holds it twice for a moment; the pieces take 10.
    """

    __slots__ = ("_features", "_first", "_moves", "_pieces")

    def __init__(self, data: Any, names: tuple[str, ...]) -> None:
        classes = data["classes"].tolist()
        kept = [at for at, name in enumerate(classes) if name in names]
        super().__init__(
            _columns(data, "ptc", kept),
            data["pc"][kept],
            [classes[at] for at in kept],
            tk_nextmove=(),
            tk_output=(),
            norm_probs=True,
            tk_row=(),
        )
        self._pieces, states = _in_pieces(_read(data, "nextmove"))
        rows = data["nextmove_row"].astype("i4") * _PIECE
        self._first = int(rows[0])
        self._moves = array("i", rows[states].tobytes())
        self._features = array("i", data["out_feat"][states].tobytes())

    def _raw_score(self, text: bytes) -> Any:
        """Walk the automaton over the bytes, each as its two halves."""
        pieces, moves, features = self._pieces, self._moves, self._features
        row = self._first
        found: list[int] = []
        append = found.append
        for high, low in zip(text.translate(_HIGH), text.translate(_LOW)):  # noqa: B905 - `strict` costs a tenth
            at = pieces[row + high] + low
            row = moves[at]
            append(features[at])
        visits = Counter(found)
        visits.pop(-1, None)  # states that no feature ends in
        return self._sparse_score(visits, self.nb_ptc) if visits else super()._raw_score(b"")


@lru_cache(maxsize=1)
def identifier(names: tuple[str, ...]) -> Identifier:
    """Load the model for these ISO 639-1 codes."""
    import numpy as np

    with tempfile.TemporaryFile(suffix=".npz") as file:
        with lzma.open(langid.MODEL_DIR / langid.MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file, _CHUNK)
        file.seek(0)
        with np.load(file, allow_pickle=False) as data:
            return Identifier(data, names)


def _in_pieces(chunks: Iterator[Any]) -> tuple[array[int], Any]:
    """Where each piece of each row begins among those that differ, and the states that these lead to."""
    import numpy as np

    places: dict[bytes, int] = {}
    pieces = array("i")
    for chunk in chunks:
        for piece in chunk.view(f"V{_PIECE * chunk.itemsize}").tolist():
            pieces.append(places.setdefault(piece, len(places) * _PIECE))
    return pieces, np.frombuffer(b"".join(places), np.uint32)


def _columns(data: Any, name: str, kept: list[int]) -> Any:
    import numpy as np

    return np.concatenate([chunk[:, kept] for chunk in _read(data, name)])


def _read(data: Any, name: str) -> Iterator[Any]:
    """One table of the file as numbers, some rows at a time."""
    import numpy as np
    from numpy.lib import format as npy

    with data.zip.open(f"{name}.npy") as member:
        npy.read_magic(member)
        shape, _, kind = npy.read_array_header_1_0(member)
        rest = shape[1:]
        row = kind.itemsize * (rest[0] if rest else _PIECE)
        while chunk := member.read(_CHUNK // row * row):
            yield np.frombuffer(chunk, kind).reshape(-1, *rest)
