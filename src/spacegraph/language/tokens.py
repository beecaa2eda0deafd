"""A ``Doc``'s token attributes as plain Python lists, read once.

spaCy makes a new object at every ``doc[i]`` and looks a string up at every ``token.tag_``; rules that
touch each token a dozen times are several times faster over lists. A :class:`Tokens` is a snapshot:
it does not follow later changes of the ``Doc``.

The components read the same ``Doc`` one after the other, so :func:`tokens_of` hands on the last snapshot as long as the
``Doc`` still says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.strings import StringStore
    from spacy.tokens import Doc

__all__ = ["Tokens", "tokens_of"]

_ATTRIBUTES: list[int | str] = [
    "ORTH",
    "TAG",
    "POS",
    "DEP",
    "ENT_TYPE",
    "LEMMA",
    "IDX",
    "SPACY",
    "HEAD",
    "SENT_START",
]
#: Keys of the string store are unsigned; read as signed numbers, some are negative.
_HASHES = 2**64
#: What may be changed in a copy of a snapshot.
_CHANGEABLE = ("lemma", "tag", "pos", "dep", "head")


class Tokens:
    """The tokens of one ``Doc`` by attribute; every list has one item a token.

    Attributes:
        text: The words as written; ``lower`` in lower case, ``lemma`` the lemma in lower case.
        tag: Penn Treebank tags; ``pos`` universal ones; ``dep`` dependency labels.
        head: The index of each token's syntactic head (its own for a root).
        left: Indices of each token's children before it; ``right`` of those after it.
        ent: The entity recogniser's label of each token, ``""`` outside entities.
        sent: The number of the sentence that each token stands in.
        idx: The character offset of each token.
        space: Whether white space follows.
    """

    __slots__ = (
        "_edges", "dep", "doc_text", "ent", "head", "idx", "left", "lemma", "lower", "pos", "right",
        "sent", "sent_starts", "size", "space", "tag", "text",
    )  # fmt: skip

    def __init__(self, doc: Doc, array: NDArray[np.uint64] | None = None) -> None:
        """Read a ``Doc``; ``array`` holds its attributes where they have been taken out already."""
        self.size = len(doc)
        self.text: list[str] = []
        self.lower: list[str] = []
        self.lemma: list[str] = []
        self.tag: list[str] = []
        self.pos: list[str] = []
        self.dep: list[str] = []
        self.ent: list[str] = []
        self.head: list[int] = []
        self.idx: list[int] = []
        self.space: list[bool] = []
        self.sent: list[int] = []
        self.sent_starts: list[int] = []
        self.left: list[list[int]] = [[] for _ in range(self.size)]
        self.right: list[list[int]] = [[] for _ in range(self.size)]
        # One array instead of a Python object and nine look-ups for each token: a fifth faster.
        rows = (_array_of(doc) if array is None else array).astype(np.int64)
        strings = doc.vocab.strings
        words: dict[int, str] = {0: ""}
        columns = rows.T.tolist()
        for column, values in zip((self.text, self.tag, self.pos, self.dep, self.ent), columns, strict=False):
            for key in values:
                word = words.get(key)
                if word is None:
                    word = words[key] = strings[key % _HASHES]
                column.append(word)
        lowered: dict[str, str] = {}
        for text, key in zip(self.text, columns[5], strict=True):
            lower = lowered.get(text)
            if lower is None:
                lower = lowered[text] = text.lower()
            self.lower.append(lower)
            lemma = words.get(key)
            if lemma is None:
                lemma = words[key] = strings[key % _HASHES]
            self.lemma.append(lemma.lower() if lemma else lower)
        self.idx = columns[6]
        self.space = [value == 1 for value in columns[7]]
        # As ``doc.text``, without making an object for each token.
        self.doc_text = "".join(
            [f"{word} " if space else word for word, space in zip(self.text, self.space, strict=True)]
        )
        number = -1
        for i, (offset, starts) in enumerate(zip(columns[8], columns[9], strict=True)):
            head = i + offset
            self.head.append(head)
            if starts == 1 or i == 0:
                number += 1
                self.sent_starts.append(i)
            self.sent.append(number)
            if head > i:
                self.left[head].append(i)
            elif head < i:
                self.right[head].append(i)
        self._edges: list[tuple[int, int]] | None = None

    def __len__(self) -> int:
        return self.size

    def copy(self) -> Tokens:
        """A copy whose lemmas, tags, parts of speech and tree can be changed."""
        twin = object.__new__(Tokens)
        for name in self.__slots__:
            setattr(twin, name, getattr(self, name))
        for name in _CHANGEABLE:
            setattr(twin, name, getattr(self, name).copy())
        twin.left = [children.copy() for children in self.left]
        twin.right = [children.copy() for children in self.right]
        return twin

    def left_edge(self, i: int) -> int:
        """The first token of the subtree of token ``i``."""
        return self._all_edges()[i][0]

    def right_edge(self, i: int) -> int:
        """The last token of the subtree of token ``i``."""
        return self._all_edges()[i][1]

    def forget_edges(self) -> None:
        """Have subtrees measured anew, after a change to the heads."""
        self._edges = None

    def sentence(self, i: int) -> tuple[int, int]:
        """The tokens ``[start, end)`` of the sentence of token ``i``."""
        number = self.sent[i]
        start = self.sent_starts[number]
        end = self.sent_starts[number + 1] if number + 1 < len(self.sent_starts) else self.size
        return start, end

    def child(self, i: int, *deps: str) -> int:
        """The first child of token ``i`` with one of these dependency labels, or -1."""
        for children in (self.left[i], self.right[i]):
            for child in children:
                if self.dep[child] in deps:
                    return child
        return -1

    def span_text(self, start: int, end: int) -> str:
        """The words of tokens ``[start, end)`` as the text has them."""
        last = end - 1
        return self.doc_text[self.idx[start] : self.idx[last] + len(self.text[last])]

    def span_head(self, start: int, end: int) -> int:
        """The token of ``[start, end)`` whose head lies outside: the last such one, for names."""
        head = self.head
        found = -1
        for i in range(start, end):
            parent = head[i]
            if (parent < start or parent >= end or parent == i) and self.pos[i] != "PUNCT":
                found = i
        return found if found >= 0 else end - 1

    def _all_edges(self) -> list[tuple[int, int]]:
        if self._edges is None:
            low = list(range(self.size))
            high = list(range(self.size))
            # A child's edges are final once those of its own children are: walk each chain upwards.
            for i in range(self.size):
                node = i
                parent = self.head[node]
                while parent != node:
                    if i < low[parent]:
                        low[parent] = i
                    elif i > high[parent]:
                        high[parent] = i
                    else:
                        # Ancestors already reach at least as far as this token.
                        break
                    node, parent = parent, self.head[parent]
            self._edges = list(zip(low, high, strict=True))
        return self._edges


#: The last ``Doc`` read: its strings, its attributes, the snapshot.
_last: tuple[StringStore, NDArray[np.uint64], Tokens] | None = None


def tokens_of(doc: Doc) -> Tokens:
    """The snapshot of a ``Doc`` that all components share; change only a :meth:`~Tokens.copy` of it.

    Taking the attributes out of a ``Doc`` is a tenth of the work. They are compared with those of the last
    ``Doc``, so a snapshot is used again only where all that it holds is the same, whoever has changed the ``Doc`` in
    between, and nothing is kept on the ``Doc`` itself.
    """
    global _last  # noqa: PLW0603  (one slot a process; it holds nothing that could be out of date)
    strings, array = doc.vocab.strings, _array_of(doc)
    last = _last
    if last is not None and last[0] is strings and np.array_equal(last[1], array):
        return last[2]
    tokens = Tokens(doc, array)
    _last = strings, array, tokens
    return tokens


def _array_of(doc: Doc) -> NDArray[np.uint64]:
    if not len(doc):
        return np.zeros((0, len(_ATTRIBUTES)), np.uint64)
    return np.asarray(doc.to_array(_ATTRIBUTES), dtype=np.uint64)
