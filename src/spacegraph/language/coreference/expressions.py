"""Mentions as coreference looks at them: with syntax, agreement and meaning read off once.

Each :class:`Expression` is a mention of the text, or a coordination ("Ann and Bo") that the list of mentions
does not hold, with everything that the passes ask of it in plain attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacegraph.language.english import words
from spacegraph.language.english.listed_names import given_names
from spacegraph.model import MentionKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacegraph.language.tokens import Tokens
    from spacegraph.model import Mention

__all__ = ["COARSE", "PERSONS", "Expression", "find_expressions"]

#: The coarse meaning of each entity label.
COARSE = {
    "PERSON": "person", "ORG": "org", "NORP": "group", "GPE": "place", "LOC": "site", "FAC": "site",
    "PRODUCT": "thing", "EVENT": "event", "WORK_OF_ART": "work", "LAW": "work", "LANGUAGE": "other",
}  # fmt: skip

#: Grammatical person of each pronoun: 1, 2, 3; "rel" and "dem" for relatives and demonstratives.
PERSONS: dict[str, str] = {
    **dict.fromkeys(["i", "me", "my", "mine", "myself"], "i"),
    **dict.fromkeys(["we", "us", "our", "ours", "ourselves", "'s", "’s"], "we"),
    **dict.fromkeys(["you", "your", "yours", "yourself", "yourselves"], "you"),
    **dict.fromkeys(["he", "him", "his", "himself"], "he"),
    **dict.fromkeys(["she", "her", "hers", "herself"], "she"),
    **dict.fromkeys(["it", "its", "itself"], "it"),
    **dict.fromkeys(["they", "them", "their", "theirs", "themselves", "themself", "'em"], "they"),
    **dict.fromkeys(["this", "that"], "this"),
    **dict.fromkeys(["these", "those"], "these"),
    **dict.fromkeys(["who", "whom", "which", "whose"], "rel"),
}
_REFLEXIVE = frozenset(
    [
        "myself",
        "ourselves",
        "yourself",
        "yourselves",
        "himself",
        "herself",
        "itself",
        "themselves",
        "themself",
    ]
)
_ROLES = {
    "nsubj": "subj", "nsubjpass": "subj", "csubj": "subj", "dobj": "obj", "dative": "obj", "iobj": "obj",
    "pobj": "pobj", "poss": "poss", "attr": "attr", "appos": "appos", "compound": "mod", "amod": "mod", "nmod": "mod",
    "npadvmod": "mod", "oprd": "attr", "ROOT": "root",
}  # fmt: skip
_DEFINITE = frozenset(("the",))
_DEMONSTRATIVE = frozenset(("this", "that", "these", "those", "such"))
_INDEFINITE = frozenset(("a", "an", "another", "some", "any"))
_QUANTIFIED = frozenset(
    (
        "no",
        "every",
        "each",
        "many",
        "most",
        "several",
        "few",
        "all",
        "both",
        "more",
        "less",
        "much",
        "neither",
        "either",
    )
)
_MODIFYING = frozenset(("NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "CD", "VBN", "VBG"))
#: Adjectives of nationality that mean one person as nouns; "the British" and "the French" are many.
_ONE_OF_COUNTRY = ("an", "i", "eek", "czech", "thai", "man", "woman")
#: Nouns beside which the language has another adjective.
_PERSONS_OF_COUNTRIES = frozenset(
    (
        "briton",
        "dane",
        "finn",
        "pole",
        "scot",
        "serb",
        "spaniard",
        "swede",
        "turk",
        "arab",
        "kurd",
        "croat",
        "slovak",
        "uzbek",
        "kazakh",
    )
)
_CLAUSAL = frozenset(("VERB", "AUX"))


class Expression:
    """A mention or a coordination.

    Attributes:
        at: Its place in the list of expressions.
        mention: Its place in the list of mentions, -1 for a coordination.
        kind: "name", "nominal", "pronoun", "demonym" or "set".
        start, end, head: As in the mention; ``first`` and ``last`` bound the whole noun phrase (inclusive).
        sent: Number of the sentence.
        role: "subj", "obj", "pobj", "poss", "attr", "appos", "mod", "root" or "other"; a conjunct has the first's.
        verb: The verb of its clause, -1 if none; ``depth`` the number of steps from the root.
        pronoun: For pronouns, the row of the paradigm ("he", "it", "i", "rel", ...), else "".
        reflexive: Whether it is a reflexive pronoun.
        type, cls, known, number, gender: As in the mention; ``meaning`` is the coarse class of ``type``.
        lemma: The lemma of the head; ``modifiers`` the lower-case words before it that describe.
        det: "the", "this", "a", "poss", "many", "count" or "" (bare).
        count: The number that the phrase counts, 0 where none.
        owner: The expression in possessor position, -1 if none.
        words: The words of a name.
        quote: Number of the quotation that it stands in, -1 outside.
        parts: The expressions that a coordination joins.
        tailed: Whether something after the head describes it ("the station that they built").
        unsure: Whether a name's type is a guess that may be wrong about its being a person's.
        nationality: The country of a person who is called by nationality alone: "the American".
        guess: The gender that the first word of a name has as a given name: a surname may be one too ("Casey").
    """

    __slots__ = (
        "at", "cls", "count", "depth", "det", "end", "first", "gender", "guess", "head", "kind", "known", "last", "lemma",
        "meaning", "mention", "modifiers", "nationality", "norm", "number", "owner", "parts", "pronoun", "quote", "reflexive", "role",
        "sent", "start", "tailed", "type", "unsure", "verb", "words",
    )  # fmt: skip

    def __init__(self) -> None:
        self.at = -1
        self.mention = -1
        self.kind = ""
        self.start = self.end = self.head = self.first = self.last = self.sent = 0
        self.role = "other"
        self.verb = -1
        self.depth = 0
        self.pronoun = ""
        self.reflexive = False
        self.type = self.cls = self.known = self.norm = self.number = self.gender = self.meaning = ""
        self.lemma = self.det = ""
        self.modifiers: frozenset[str] = frozenset()
        self.count = 0
        self.owner = -1
        self.words: tuple[str, ...] = ()
        self.quote = -1
        self.parts: tuple[int, ...] = ()
        self.unsure = False
        self.guess = ""
        self.nationality = ""
        self.tailed = False


def find_expressions(tokens: Tokens, mentions: Sequence[Mention]) -> list[Expression]:
    """The expressions of a text, sorted by start, then the longer first.

    Args:
        tokens: The text.
        mentions: Its mentions; dates and values have no expression.

    Returns:
        Expressions for names, noun phrases, pronouns, demonyms and coordinations of these.
    """
    found: list[Expression] = []
    for index, mention in enumerate(mentions):
        if mention.kind in (MentionKind.TIME, MentionKind.VALUE):
            continue
        found.append(_of_mention(tokens, index, mention))
    found += _coordinations(tokens, found)
    order = sorted(range(len(found)), key=lambda k: (found[k].start, -found[k].end))
    place = {old: new for new, old in enumerate(order)}
    ordered = [found[old] for old in order]
    by_head: dict[int, int] = {}
    for at, expression in enumerate(ordered):
        expression.at = at
        expression.parts = tuple(place[part] for part in expression.parts)
        if expression.kind != "set":
            by_head.setdefault(expression.head, at)
            if expression.head >= expression.end:
                by_head.setdefault(expression.end - 1, at)
    for expression in ordered:
        if expression.kind in ("nominal", "name"):
            for child in tokens.left[expression.head]:
                if tokens.dep[child] == "poss":
                    expression.owner = by_head.get(child, -1)
                    if expression.owner == expression.at:
                        expression.owner = -1
    return ordered


def _of_mention(t: Tokens, index: int, mention: Mention) -> Expression:
    e = Expression()
    e.mention = index
    e.kind = str(mention.kind)
    e.start, e.end, e.head = mention.start, mention.end, mention.head
    e.type, e.cls, e.known, e.norm = mention.type, mention.cls, mention.known, mention.norm
    e.number, e.gender = mention.number, mention.gender
    e.meaning = COARSE.get(mention.type, "")
    _place(t, e)
    if e.kind == "pronoun":
        word = t.lower[e.head]
        e.pronoun = PERSONS.get(word, "")
        if word == "that" and (t.tag[e.head] in ("WDT", "IN") or not mention.number):
            e.pronoun = "rel"
        e.reflexive = word in _REFLEXIVE
        e.first = e.last = e.head
        if e.pronoun in ("he", "she", "i", "we", "you"):
            e.meaning = "person"
    elif e.kind == "name":
        e.words = tuple(t.text[e.start : e.end])
        e.lemma = t.lower[e.end - 1]
        e.modifiers = frozenset(t.lower[e.start : e.end - 1])
        e.unsure = _may_be_person(t, e)
        if e.unsure:
            e.gender = ""
        if e.meaning in ("person", "") and e.number == "plur" and t.lower[e.start - 1] != "the":
            # "Styles", "Rees": only the article makes a family of a surname in -s.
            e.number = "sing"
        if e.gender not in ("masc", "fem"):
            e.guess = given_names().get(e.words[0], "")
    elif e.kind == "nominal":
        _describe(t, e)
        if mention.norm.isdigit():
            e.count = int(mention.norm)
    else:
        e.words = tuple(t.text[e.start : e.end])
        e.lemma = t.lower[e.head]
        if _is_person_of_country(t, e):
            e.nationality = mention.norm or t.text[e.head]
            e.kind, e.number = "nominal", "sing"
            e.type, e.meaning, e.cls, e.known = "PERSON", "person", "", ""
            e.det = "the" if t.lower[e.first] == "the" else "a"
    return e


def _is_person_of_country(t: Tokens, e: Expression) -> bool:
    """Whether a word of nationality stands for one person: "the American", "the young Swede", not "the British"."""
    lower = t.lower[e.head]
    if e.role not in ("subj", "obj", "pobj", "appos", "attr", "poss") or t.tag[e.head] in ("NNS", "NNPS"):
        return False
    if e.end < t.size and t.tag[e.end] in ("NN", "NNS", "NNP", "NNPS"):
        return False
    definite = any(t.lower[k] in ("the", "a", "an", "another") for k in t.left[e.head])
    return definite and (lower.endswith(_ONE_OF_COUNTRY) or lower in _PERSONS_OF_COUNTRIES)


def _place(t: Tokens, e: Expression) -> None:
    """Fill in what the place in the sentence tells."""
    head = e.head
    e.sent = t.sent[head]
    e.first = min(t.left_edge(head), e.start)
    e.last = max(t.right_edge(head), e.end - 1)
    for k in t.right[head]:
        # What "and" joins stands beside the phrase, not in it.
        if k >= e.end and t.dep[k] in ("cc", "conj", "preconj"):
            e.last = max(e.end - 1, k - 1)
            break
        e.tailed = e.tailed or (k >= e.end and t.dep[k] not in ("case", "punct"))
    node = head
    while t.dep[node] == "conj" and t.head[node] != node and t.pos[t.head[node]] not in _CLAUSAL:
        node = t.head[node]
    e.role = _ROLES.get(t.dep[node], "other")
    depth = 0
    verb = -1
    node = t.head[node] if t.head[node] != node else -1
    while node >= 0 and depth < 40:
        depth += 1
        if verb < 0 and t.pos[node] in _CLAUSAL:
            verb = node
        node = t.head[node] if t.head[node] != node else -1
    e.verb = verb
    e.depth = depth


def _may_be_person(t: Tokens, e: Expression) -> bool:
    """Whether what a name denotes is open for all that it looks like: recognisers of small models err most on these.

    A single word typed as a person's name that is no known given name, and a capitalised word or two typed as
    something else.
    """
    if e.type == "PERSON":
        return len(e.words) == 1 and not e.gender and t.lower[e.start - 1] not in words.TITLE_WORDS
    if (
        e.type in ("EVENT", "LAW", "LANGUAGE", "NORP")
        or e.known
        or e.cls
        or len(e.words) > 3
        or e.head >= e.end
    ):
        return False
    if e.role in ("appos", "mod") or (
        t.text[e.start - 1] == "," and e.start and t.pos[e.start - 2] == "PROPN"
    ):
        return False
    if e.start and (
        t.lower[e.start - 1] in ("the", "a", "an")
        or (t.dep[e.head] == "pobj" and t.lower[t.head[e.head]] in ("in", "at"))
    ):
        return False
    return all(
        word == "-" or (word[0].isupper() and not (word.isupper() and len(word) > 2) and word.replace("-", "").replace("’", "").replace("'", "").replace(".", "").isalpha())
        for word in e.words
    ) and e.words[-1].lower() not in words.TYPES_OF_TAILS and e.words[-1].lower() not in words.NOUN_TYPES  # fmt: skip


def _describe(t: Tokens, e: Expression) -> None:
    head = e.head
    e.lemma = t.lemma[head]
    e.det = ""
    modifiers: list[str] = []
    for k in range(e.start, head):
        lower, tag = t.lower[k], t.tag[k]
        if tag in ("DT", "PDT", "WDT") or lower in _QUANTIFIED:
            if not e.det or e.det == "count":
                e.det = (
                    "the" if lower in _DEFINITE
                    else "this" if lower in _DEMONSTRATIVE
                    else "a" if lower in _INDEFINITE
                    else "many"
                )  # fmt: skip
        elif tag == "PRP$" or (tag == "POS" and t.head[t.head[k]] == head):
            e.det = "poss"
            modifiers.clear()
        elif tag == "CD" and not e.det:
            e.det = "count"
            modifiers.append(lower)
        elif tag in _MODIFYING:
            modifiers.append(t.lemma[k] if tag in ("NNS", "NNPS") else lower)
    e.modifiers = frozenset(modifiers)


def _coordinations(t: Tokens, expressions: Sequence[Expression]) -> list[Expression]:
    """Two or more expressions that "and" joins into one phrase."""
    by_head: dict[int, int] = {}
    for place, e in enumerate(expressions):
        if e.kind in ("name", "nominal", "pronoun"):
            by_head.setdefault(e.head, place)
    found: list[Expression] = []
    for place, e in enumerate(expressions):
        if by_head.get(e.head) != place or (t.dep[e.head] == "conj" and t.head[e.head] in by_head):
            continue
        parts = [place]
        joined = False
        node = e.head
        while node >= 0:
            following = -1
            for k in t.right[node]:
                if t.dep[k] == "cc" and t.lower[k] in ("and", "&"):
                    joined = True
                elif t.dep[k] == "conj" and k in by_head:
                    following = k
            if following >= 0:
                parts.append(by_head[following])
            node = following
        if len(parts) < 2 or not joined:
            continue
        group = Expression()
        group.kind = "set"
        group.parts = tuple(parts)
        group.start = group.first = e.first
        group.verb = e.verb
        last = expressions[parts[-1]]
        group.end = last.last + 1
        group.last = last.last
        group.head = e.head
        group.sent, group.role, group.depth = e.sent, e.role, e.depth
        group.number = "plur"
        group.count = len(parts)
        meanings = {expressions[part].meaning for part in parts}
        types = {expressions[part].type for part in parts}
        group.meaning = meanings.pop() if len(meanings) == 1 else ""
        group.type = types.pop() if len(types) == 1 else ""
        group.lemma = ""
        found.append(group)
    return found
