"""A ``Doc``'s token attributes as plain Python lists, read once.

spaCy makes a new object at every ``doc[i]`` and looks a string up at every ``token.tag_``; rules that
touch each token a dozen times are several times faster over lists. A :class:`Tokens` is a snapshot:
it does not follow later changes of the ``Doc``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Tokens"]


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

    def __init__(self, doc: Doc) -> None:
        self.doc_text = doc.text
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
        number = -1
        for i, token in enumerate(doc):
            text = token.text
            lemma = token.lemma_ or text
            self.text.append(text)
            self.lower.append(text.lower())
            self.lemma.append(lemma.lower())
            self.tag.append(token.tag_)
            self.pos.append(token.pos_)
            self.dep.append(token.dep_)
            self.ent.append(token.ent_type_)
            head = token.head.i
            self.head.append(head)
            self.idx.append(token.idx)
            self.space.append(bool(token.whitespace_))
            if token.is_sent_start or i == 0:
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
