"""What the linear model looks at: a candidate in its surroundings, and two candidates together.

Every feature is a short string that can be read ("o:before=in", "p:path=nsubj<discover>prep:at"),
so that a weight in a learnt lexicon can be understood and changed by hand. Features of the subject begin with ``s:``,
of the object with ``o:``, of the pair with ``p:``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from spacegraph.learning.candidates import Candidate

__all__ = ["Words", "governor", "pair_features", "path", "unary_features"]

#: Longest dependency path that is a feature, in steps.
LONGEST_PATH = 6
_CONTENT = frozenset(("VERB", "NOUN", "ADJ", "ADP"))
_LINKS = frozenset(("be", "who", "which"))
_LEXICAL = frozenset(("relcl", "acl", "advcl", "xcomp", "ccomp", "attr", "dobj", "appos"))


def _shape(text: str) -> str:
    out = ""
    for ch in text:
        kind = "d" if ch.isdigit() else "X" if ch.isupper() else "x" if ch.islower() else ch
        if not out.endswith(kind):
            out += kind
    return out[:12]


def governor(words: Words, i: int) -> tuple[str, int]:
    """How a token hangs on the next content word: ("dobj", verb), ("prep:in", noun)."""
    steps: list[str] = []
    for _ in range(4):
        dep, head = words.dep[i], words.head[i]
        if head == i:
            return "ROOT", i
        if words.pos[head] == "ADP" and words.head[head] != head:
            steps.append(f"{words.dep[head]}:{words.lower[head]}")
            i = head
            if words.pos[words.head[head]] != "ADP":
                return "/".join(steps), words.head[head]
            continue
        if dep == "conj" and words.pos[head] in ("NOUN", "PROPN", "NUM", "X"):
            i = head
            continue
        steps.append(dep)
        return "/".join(steps), head
    return "/".join(steps), words.head[i]


def unary_features(words: Words, found: Sequence[Candidate]) -> list[list[str]]:
    """What each candidate looks like and where it stands; the same for either role."""
    return [_unary(words, c, found) for c in found]


def _unary(words: Words, c: Candidate, found: Sequence[Candidate]) -> list[str]:
    lower, pos, lemma, size = words.lower, words.pos, words.lemma, len(words.lower)
    head, last = c.head, c.end - 1
    before = lower[c.start - 1] if c.start > 0 else "^"
    before2 = lower[c.start - 2] if c.start > 1 else "^"
    after = lower[c.end] if c.end < size else "$"
    after2 = lower[c.end + 1] if c.end + 1 < size else "$"
    out = [
        f"kind={c.kind}",
        f"type={c.type}",
        f"unit={c.unit}" if c.kind == "number" else f"head={lemma[head]}",
        f"headpos={pos[head]}",
        f"shape={_shape(c.text)}",
        f"len={min(c.end - c.start, 5)}",
        f"before={before}",
        f"after={after}",
        f"beforepos={pos[c.start - 1] if c.start > 0 else '^'}",
        f"afterpos={pos[c.end] if c.end < size else '$'}",
        f"firstpos={pos[c.start]}",
        f"before2={before2} {before}",
        f"after2={after} {after2}",
    ]
    if before in ("a", "an", "the", "its", "his") and c.start > 1:
        out.append(f"beforedet={lemma[c.start - 2]}")
    out += [f"source={source}" for source in c.sources]
    if c.kind == "name":
        out += [f"last={lower[last]}", f"first={lower[c.start]}" if c.end - c.start > 1 else "single"]
        out.append(f"suffix={lower[last][-3:]}")
    elif c.kind in ("noun", "label"):
        out += {f"word={word}": 0 for word in lower[c.start : c.end] if word.isalpha()}
        out.append(f"suffix={lower[head][-3:]}")
    relation, over = governor(words, head)
    word = lemma[over]
    out += [f"gov={relation}>{word}", f"govword={word}", f"dep={relation}"]
    if pos[over] in ("NOUN", "PROPN") and relation != "ROOT":
        upper, above = governor(words, over)
        out += [f"gov2={relation}>{word}/{upper}>{lemma[above]}", f"gov2word={lemma[above]}"]
    elif (subject := words.subject.get(over, -1)) >= 0 and subject != head:
        out.append(f"govsubj={lemma[subject]}")
    # What the words around say, wherever exactly they stand.
    out += {f"near<{lemma[i]}": 0 for i in range(max(0, c.start - 5), c.start) if words.telling[i]}
    out += {f"near>{lemma[i]}": 0 for i in range(c.end, min(size, c.end + 4)) if words.telling[i]}
    for other in found:
        if other is not c and other.start <= c.start and other.end >= c.end:
            if "label" in other.sources:
                out.append("inlabel")
                break
            if "mention" in other.sources or "entity" in other.sources:
                out.append("inmention")
                break
    if c.start <= 1 or words.sentence[c.start] != words.sentence[c.start - 1]:
        out.append("begins")
        if c.start <= 1:
            out.append("beginsall")
    if words.dep[head] in ("nsubj", "nsubjpass"):
        out.append("topic=subject")
        if words.dep[words.head[head]] == "ROOT":
            out.append("topic=rootsubject")
    if len(c.text) > 3 and words.text.count(c.text) > 1:
        out.append("topic=repeated")
    return out


class Words:
    """The tokens of a ``Doc`` as plain lists: asking spaCy for each of them again and again is slow."""

    __slots__ = (
        "content",
        "dep",
        "doc",
        "head",
        "lemma",
        "lower",
        "pos",
        "routes",
        "sentence",
        "step",
        "subject",
        "telling",
        "text",
    )

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.text = doc.text
        self.lemma = [t.lemma_.lower() for t in doc]
        self.lower = [t.lower_ for t in doc]
        self.dep = [t.dep_ for t in doc]
        self.pos = [t.pos_ for t in doc]
        self.head = [t.head.i for t in doc]
        self.sentence = [0] * len(doc)
        for n, sent in enumerate(doc.sents):
            for i in range(sent.start, sent.end):
                self.sentence[i] = n
        self.content = [self.pos[i] in _CONTENT or self.lower[i] in _LINKS for i in range(len(doc))]
        self.telling = [t.is_alpha and not t.is_stop for t in doc]
        self.subject: dict[int, int] = {}
        for i, dep in enumerate(self.dep):
            if dep in ("nsubj", "nsubjpass"):
                self.subject.setdefault(self.head[i], i)
        self.step = [self._step(i) for i in range(len(doc))]
        self.routes: dict[int, list[int]] = {}

    def up(self, i: int) -> list[int]:
        """A token and what it hangs on, up to the root."""
        if i not in self.routes:
            chain = [i]
            while self.head[chain[-1]] != chain[-1] and len(chain) <= LONGEST_PATH:
                chain.append(self.head[chain[-1]])
            self.routes[i] = chain
        return self.routes[i]

    def _step(self, i: int) -> str:
        dep, pos = self.dep[i], self.pos[i]
        if dep == "conj":
            return "" if pos in ("PROPN", "NOUN", "NUM") else f"conj:{self.lemma[i]}"
        if dep == "prep":
            return f"prep:{self.lower[i]}"
        if dep == "pobj":
            return ""
        if pos in ("VERB", "NOUN") and dep in _LEXICAL:
            return f"{dep}:{self.lemma[i]}"
        return dep


def path(words: Words, a: int, b: int) -> str:
    """The dependency path between two tokens, with the lemma at its top; "" where there is none.

    "Kestrel was launched from Bluff Point" gives ``nsubjpass>launch<prep:from``.
    """
    left, right = words.up(a), words.up(b)
    below = set(right)
    top = next((i for i in left if i in below), -1)
    if top < 0:
        return ""
    steps = words.step
    ups = [steps[i] for i in left[: left.index(top)] if steps[i]]
    downs = [steps[i] for i in reversed(right[: right.index(top)]) if steps[i]]
    apex = "" if top in (a, b) else words.lemma[top]
    return f"{'>'.join(ups)}>{apex}<{'<'.join(downs)}"


def pair_features(words: Words, s: Candidate, o: Candidate, rank: int) -> list[str]:
    """What joins two candidates. ``rank``: how many other subjects stand nearer to the object."""
    forward = s.end <= o.start
    order = "so" if forward else "os"
    lo, hi = (s.end, o.start) if forward else (o.end, s.start)
    gap = hi - lo
    out = [
        f"order={order}",
        f"gap={order}{gap if gap < 4 else 6 if gap < 7 else 12 if gap < 13 else 99}",
        f"rank={min(rank, 4)}",
        f"types={s.type or s.kind}>{o.type or o.kind}",
    ]
    if gap <= 4:
        out.append(f"between={order}:" + " ".join(words.lower[lo:hi]))
    if gap <= 14:
        lemma, content = words.lemma, words.content
        out += {f"word={order}:{lemma[i]}": 0 for i in range(lo, hi) if content[i]}
    if words.sentence[s.head] == words.sentence[o.head]:
        out.append("same")
        route = path(words, s.head, o.head)
        if route:
            out += (f"path={route}", f"path2={s.type or s.kind}:{route}")
    else:
        out.append("onlyacross" if forward else "back")
    return out
