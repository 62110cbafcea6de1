"""The language model of py3langid, cut down to the languages that Dateline tells apart while it is read."""

from __future__ import annotations

import lzma
import shutil
import tempfile
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy
from py3langid import langid

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CHUNK = 1 << 20
_PIECE = 16  # transitions that are kept together; a row has one for each of 256 bytes
_LONGEST = 6  # bytes: no feature of the model is longer, so a state depends on so many bytes alone
_APART = b"\xff"  # in no UTF-8: it leads from every state to the first
_AT_ONCE = 16_000  # bytes that are walked over together: some hundred bytes of memory for each


class Identifier:
    """The model with its automaton in pieces: most of its rows differ in a few of their sixteen pieces only.

    py3langid holds the table whole, in 39 MB, and its loader holds it twice for a moment; the pieces take 10. It also
    walks over one text after another in Python; here every byte of many texts takes its few steps at once.
    """

    def __init__(self, data: Any, names: tuple[str, ...]) -> None:
        classes = data["classes"].tolist()
        kept = [at for at, name in enumerate(classes) if name in names]
        self.names = tuple(classes[at] for at in kept)
        self._weights = np.concatenate([chunk.take(kept, axis=1) for chunk in _read(data, "ptc")])
        self._prior = data["pc"][kept]
        self._pieces, states = _in_pieces(_read(data, "nextmove"))
        rows = data["nextmove_row"].astype("i4") * _PIECE
        self._first = int(rows[0])
        self._moves = rows[states]
        self._features = data["out_feat"][states]

    def classify(self, texts: Sequence[str]) -> list[tuple[str, float]]:
        """The likeliest language of each text, and how likely it is (0..1) among those of the model."""
        found: list[tuple[str, float]] = []
        batch: list[bytes] = []
        for text in texts:
            batch.append(langid.LanguageIdentifier._encode(text))  # noqa: SLF001 - as the model was trained on it
            if sum(map(len, batch)) > _AT_ONCE:
                found += self._decide(batch)
                batch = []
        return found + self._decide(batch) if batch else found

    def _decide(self, texts: Sequence[bytes]) -> list[tuple[str, float]]:
        lengths = np.array([max(1, len(text)) for text in texts], "f4")
        scores = self._scores(texts) / np.sqrt(lengths)[:, None]  # so a long text is not surer of itself than it should
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        best, sure = shares.argmax(axis=1).tolist(), shares.max(axis=1).tolist()
        return [(self.names[at], share) for at, share in zip(best, sure, strict=True)]

    def _scores(self, texts: Sequence[bytes]) -> Any:
        """For each text and language the weights of the features that the text has, by how often it has them."""
        features = self._walk(_APART.join(texts))
        owners = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])[: len(features)]
        pairs = (owners * len(self._weights) + features)[features >= 0]
        pairs.sort()
        firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
        times = np.diff(firsts, append=len(pairs)).astype("f4")
        owners, features = np.divmod(pairs[firsts], len(self._weights))
        scores = np.zeros((len(texts), len(self.names)), "f4")
        if len(owners):
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            weighed = np.log1p(times)[:, None] * self._weights[features]
            scores[owners[starts]] = np.add.reduceat(weighed, starts, axis=0) + self._prior
        return scores

    def _walk(self, text: bytes) -> Any:
        """The feature that ends at each byte, or -1: from the first state over the bytes up to it."""
        codes = np.frombuffer(_APART * (_LONGEST - 1) + text, np.uint8).astype(np.intp)
        high, low = codes >> 4, codes & (_PIECE - 1)
        rows: Any = self._first
        for step in range(_LONGEST):
            here = slice(step, step + len(text))
            at = self._pieces[rows + high[here]] + low[here]
            rows = self._moves[at]
        return self._features[at]


@lru_cache(maxsize=1)
def identifier(names: tuple[str, ...]) -> Identifier:
    """Load the model for these ISO 639-1 codes."""
    with tempfile.TemporaryFile(suffix=".npz") as file:
        with lzma.open(langid.MODEL_DIR / langid.MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file, _CHUNK)
        file.seek(0)
        with np.load(file, allow_pickle=False) as data:
            return Identifier(data, names)


def _in_pieces(chunks: Iterator[Any]) -> tuple[Any, Any]:
    """Where each piece of each row begins among those that differ, and the states that these lead to."""
    places: dict[bytes, int] = {}
    pieces: list[Any] = []
    for chunk in chunks:
        named = chunk.view(f"V{_PIECE * chunk.itemsize}").tolist()
        pieces.append(np.array([places.setdefault(piece, len(places) * _PIECE) for piece in named], "i4"))
    return np.concatenate(pieces), np.frombuffer(b"".join(places), np.uint32)


def _read(data: Any, name: str) -> Iterator[Any]:
    """One table of the file as numbers, some rows at a time."""
    with data.zip.open(f"{name}.npy") as member:
        npy.read_magic(member)
        shape, _, kind = npy.read_array_header_1_0(member)
        rest = shape[1:]
        row = kind.itemsize * (rest[0] if rest else _PIECE)
        while chunk := member.read(_CHUNK // row * row):
            yield np.frombuffer(chunk, kind).reshape(-1, *rest)
