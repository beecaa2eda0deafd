"""How examples write what a sentence mentions: names in full, dates and numbers in their own form.

An example pairs "Glen Ridge, NJ" in the sentence with ``Glen Ridge, New Jersey`` in a triple, "31 March 1982"
with ``1982-03-31``, "1.5 m" with ``1.5 (metres)``. :class:`Labels` aligns the two and remembers them: labels with
the wordings that stand for them, and for each relation the template that its literals follow.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from networkx.utils import UnionFind

from spacegraph.learning.candidates import VALUES, Candidate, bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Labels", "align", "label_variants"]

#: Least likeness of a wording to a label for the two to be taken for one, 0 to 1.
LEAST_LIKENESS = 0.5
#: Layouts of dates that a relation's literals can follow.
DATE_LAYOUTS = (
    "%Y-%m-%d",
    "%d %B %Y",
    "%-d %B %Y",
    "%B %-d, %Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "01 January %Y",
    "%Y-01-01",
    "%Y",
    "%B %Y",
    "%Y-%m",
)

#: How precise a date is, by how many hyphens its ISO form has.
_PRECISION = ("year", "month", "day")
_SIDE = {"sub": "subject", "obj": "object"}
_PARENTHESIS = re.compile(r"\s*\([^()]*\)\s*$")
_NUMBER = re.compile(r"[+\-]?\d[\d,]*(?:\.\d+)?")


def label_variants(label: str) -> list[str]:
    """Other ways in which a sentence may spell a label: without what tells it from its namesakes.

    >>> label_variants("Antares (rocket)")
    ['antares']
    """
    out = []
    short = _PARENTHESIS.sub("", label)
    if short != label and len(bare(short)) > 2:
        out.append(bare(short))
    if "," in short:
        head = short.split(",")[0]
        if len(bare(head)) > 3:
            out.append(bare(head))
    words = [w for w in re.findall(r"[\w.'’-]+", short) if w]
    capitals = "".join(w[0] for w in words if w[0].isupper())
    if len(capitals) >= 3 and len(words) >= 3:
        out.append(capitals.lower())
    if words and words[-1].lower() in ("inc.", "inc", "ltd", "people", "language", "company", "corporation"):
        out.append(bare(" ".join(words[:-1])))
    return [v for v in dict.fromkeys(out) if v and v != bare(label)]


def _tokens(text: str) -> list[str]:
    return [bare(t) for t in re.findall(r"[^\s,()\-–/]+", text) if bare(t)]


def likeness(label: str, text: str) -> float:
    """How much a wording looks like a label, 0 to 1."""
    a, b = bare(label), bare(text)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if b in label_variants(label):
        return 0.95
    left, right = _tokens(label), _tokens(text)
    if not left or not right:
        return 0.0
    if (
        2 <= len(left) < len(right)
        and left[0] == right[0]
        and left[-1] == right[-1]
        and set(left) <= set(right)
    ):
        return 0.85  # a long name, shortened
    if (
        len(right) == 1
        and len(left) > 1
        and right[0] in (left[0], left[-1])
        and len(right[0]) > 3
        and text[:1].isupper()
    ):
        return 0.51 if right[0] == left[-1] else LEAST_LIKENESS  # a name called by one part
    hits = 0.0
    rest = list(right)
    for token in left:
        best, where = 0.0, -1
        for i, other in enumerate(rest):
            if token == other:
                score = 1.0
            elif len(token) > 3 and len(other) > 3 and (token[:4] == other[:4]):
                score = 0.8
            elif min(len(token), len(other)) == 1 and token[0] == other[0] and token.isalpha():
                score = 0.6
            else:
                continue
            if score > best:
                best, where = score, i
        if where >= 0:
            hits += best
            rest.pop(where)
    return 0.9 * hits / (len(left) + len(right) - hits)


def align(label: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that a label is mentioned by: all that spell it, else the likeliest, else none."""
    key = bare(label)
    exact = [c for c in found if c.key == key]
    if exact:
        return exact
    values = [c for c in found if c.norm and _same_value(label, c)]
    if values:
        return values
    if _looks_literal(label):
        return []
    best: list[Candidate] = []
    top = LEAST_LIKENESS - 1e-6
    for c in found:
        if c.kind in ("date", "number", "value"):
            continue
        score = likeness(label, c.text)
        if score > top + 1e-9:
            best, top = [c], score
        elif best and abs(score - top) <= 1e-9:
            best.append(c)
    return best


@lru_cache(maxsize=4096)
def _looks_literal(label: str) -> bool:
    letters = sum(ch.isalpha() for ch in label)
    digits = sum(ch.isdigit() for ch in label)
    return digits > letters


def _same_value(label: str, c: Candidate) -> bool:
    if c.kind == "date":
        return any(_layout(c.norm, layout) == label for layout in DATE_LAYOUTS)
    if c.kind in ("number", "value"):
        match = _NUMBER.match(label)
        if (
            not match
            or any(ch.isdigit() for ch in label[match.end() :])
            or not re.fullmatch(r"[+\-]?\d+(\.\d+)?", c.norm)
        ):
            return False
        number = match.group().replace(",", "")
        try:
            return abs(float(number) - float(c.norm)) <= 1e-9 * max(1.0, abs(float(number)))
        except ValueError:
            return False
    return bool(c.norm) and bare(c.norm) == bare(label)


def _layout(iso: str, layout: str) -> str:
    """A date in a layout, "" where it lacks what the layout needs."""
    parts = iso.split("-")
    if not all(p.isdigit() for p in parts) or not 1 <= len(parts) <= 3:
        return ""
    needs = (
        3
        if "d" in layout.replace("%d", "d").replace("%-d", "d")
        and "%" in layout
        and ("%d" in layout or "%-d" in layout)
        else 2
        if ("%B" in layout or "%m" in layout)
        else 1
    )
    if len(parts) < needs:
        return ""
    try:
        day = dt.date(
            int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1
        )
    except ValueError:
        return ""
    if day.year < 1000:
        return ""
    return day.strftime(layout)


def _number_forms(value: str) -> dict[str, str]:
    forms = {"{raw}": value}
    try:
        number = float(value)
    except ValueError:
        return forms
    if number == int(number):
        forms["{int}"] = str(int(number))
        forms["{float}"] = f"{int(number)}.0"
        forms["{grouped}"] = f"{int(number):,}"
    else:
        forms["{float}"] = value
        forms["{int}"] = value
    return forms


def _counters() -> Any:
    return defaultdict(Counter)


@dataclass(slots=True)
class Labels:
    """What the examples call things. Build it with :meth:`learn`.

    ``counts[key][role, relation, label]``: in how many examples the wording ``key`` stood for ``label``;
    ``texts[key]``: how that wording is spelt; ``own``: what each example itself said, ``taught``: what those of
    its subject said, only while learning;
    ``variants``: other spellings that follow from the labels; ``templates[role, relation, shape][form]``: how
    literals are written, where a shape is ``day``, ``month``, ``year`` or ``number`` with a unit; ``persons``: labels
    that are people's names; ``short_names``: for each sort of three-part name how often it was shortened, of how many.
    """

    counts: dict[str, Counter[tuple[str, str, str]]] = field(default_factory=_counters)
    texts: dict[str, str] = field(default_factory=dict)
    own: list[dict[str, Counter[tuple[str, str, str]]]] = field(default_factory=list)
    taught: dict[int, dict[str, Counter[tuple[str, str, str]]]] = field(default_factory=dict)
    variants: dict[str, Counter[str]] = field(default_factory=_counters)
    templates: dict[tuple[str, str, str], Counter[str]] = field(default_factory=_counters)
    persons: set[str] = field(default_factory=set)
    short_names: dict[str, list[int]] = field(default_factory=dict)
    _units: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def learn(cls, examples: Sequence[tuple[Sequence[Candidate], Sequence[tuple[str, str, str]]]]) -> Labels:
        """Align every example's triples with its candidates and count."""
        self = cls()
        unaligned: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        presence: Counter[str] = Counter()
        for found, triples in examples:
            own: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
            presence.update({c.key for c in found})
            for sub, rel, obj in triples:
                for role, label in (("sub", sub), ("obj", obj)):
                    hits = align(label, found)
                    if not hits:
                        unaligned[role, rel, label].append(len(self.own))
                    self._note(own, hits, role, rel, label)
            self.own.append(own)
        self._associate(examples, unaligned, presence)
        for own in self.own:
            for key, counter in own.items():
                self.counts[key].update(counter)
        self._share_by_subject([triples for _, triples in examples])
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for found, _ in examples:
            for c in found:
                spelt[c.key][c.text] += 1
        self.texts = {key: max(spelt[key].items(), key=lambda x: (x[1], x[0]))[0] for key in self.counts}
        self.complete()
        return self

    def _share_by_subject(self, triples: Sequence[Sequence[tuple[str, str, str]]]) -> None:
        """Let examples of one subject count as one, so that none is taught by another about the same thing.

        Else training leans on names that it has seen, and what is read later is about others. Where all are about
        one subject each stays on its own.
        """
        groups = UnionFind(range(len(self.own)))
        first: dict[str, int] = {}
        for n, row in enumerate(triples):
            for subject, _, _ in row:
                groups.union(n, first.setdefault(bare(subject), n))
        together = list(groups.to_sets())
        if len(together) < 2:
            return
        for group in together:
            shared: dict[str, Counter[tuple[str, str, str]]] = defaultdict(Counter)
            for n in group:
                for key, counter in self.own[n].items():
                    shared[key].update(counter)
            for n in group:
                self.taught[n] = shared

    def complete(self) -> None:
        """Work out what follows from the wordings and templates: variants, and how units are written."""
        self.variants = _counters()
        for counter in self.counts.values():
            for (_role, _rel, label), n in counter.items():
                if _looks_literal(label):
                    continue
                last = [bare(label.split()[-1])] if label in self.persons else []
                for variant in (bare(label), *label_variants(label), *last):
                    if len(variant) > 1:
                        self.variants[variant][label] += n
        for variant, meant in list(self.variants.items()):
            # A short form that several labels share names none of them.
            if len(meant) > 1 and not any(bare(label) == variant for label in meant):
                del self.variants[variant]
        units: dict[str, Counter[str]] = defaultdict(Counter)
        for (role, rel, shape), forms in list(self.templates.items()):
            kind, _, unit = shape.partition(" ")
            if kind == "number" and shape != "number":
                for form, n in forms.items():
                    name, _, rest = form.partition("}")
                    units[unit][rest] += n
                    self.templates[role, rel, "number"][name + "}"] += n
        self._units = {unit: max((n, rest) for rest, n in c.items())[1] for unit, c in units.items()}

    def _note(
        self,
        own: dict[str, Counter[tuple[str, str, str]]],
        hits: Iterable[Candidate],
        role: str,
        rel: str,
        label: str,
    ) -> None:
        seen = set()
        for c in hits:
            if c.kind in VALUES:
                self._template(c, role, rel, label)
            if c.kind in VALUES and bare(label) != c.key:
                continue
            if c.key not in seen:
                seen.add(c.key)
                own[c.key][role, rel, label] += 1
            if c.type == "PERSON" and len(label.split()) > 1:
                self.persons.add(label)
            kind = _name_kind(c)
            if kind and role == "sub":
                tokens = c.text.split()
                short = bare(f"{tokens[0]} {tokens[-1]}")
                hits_total = self.short_names.setdefault(kind, [0, 0])
                hits_total[0] += bare(label) == short
                hits_total[1] += 1

    def _template(self, c: Candidate, role: str, rel: str, label: str) -> None:
        if c.kind == "date":
            for layout in DATE_LAYOUTS:
                if _layout(c.norm, layout) == label:
                    self.templates[role, rel, _PRECISION[c.norm.count("-")]][layout] += 1
            return
        for name, form in _number_forms(c.norm).items():
            if (
                form
                and label.startswith(form)
                and not label[len(form) :][:1].isdigit()
                and label[len(form) :][:1] != "."
            ):
                self.templates[role, rel, f"number {c.unit}"][name + label[len(form) :]] += 1

    def _associate(
        self,
        examples: Sequence[tuple[Sequence[Candidate], Sequence[tuple[str, str, str]]]],
        unaligned: dict[tuple[str, str, str], list[int]],
        presence: Counter[str],
    ) -> None:
        """Wordings of labels that look nothing like them: those that keep their company."""
        by_label: dict[str, set[int]] = defaultdict(set)
        for (_role, _rel, label), rows in unaligned.items():
            by_label[label].update(rows)
        for (role, rel, label), rows in unaligned.items():
            if len(rows) < 2:
                continue
            near = Counter(
                key for row in rows for key in {c.key for c in examples[row][0] if c.kind not in VALUES}
            )
            taken = {bare(x) for row in rows for t in examples[row][1] for x in (t[0], t[2])}
            best = [
                (n * n / (len(rows) * presence[key]), n, key)
                for key, n in near.items()
                if n >= 2 and key not in taken and key
            ]
            if not best:
                continue
            score, _n, key = max(best, key=lambda b: (b[0], b[1], len(b[2]), b[2]))
            if score >= 0.3:
                for row in rows:
                    if any(c.key == key for c in examples[row][0]):
                        self.own[row][key][role, rel, label] += 1

    def is_label(self, key: str) -> bool:
        """Whether letters and digits spell a label or one of its wordings."""
        return key in self.counts or key in self.variants

    def uses(self, key: str, example: int = -1) -> dict[tuple[str, str, str], int]:
        """How often a wording stood for what, in examples of other subjects than that of ``example``."""
        counter = self.counts.get(key)
        if not counter:
            return {}
        if example < 0:
            return counter
        own = (self.taught.get(example) or self.own[example]).get(key)
        if not own:
            return counter
        return {k: n - own.get(k, 0) for k, n in counter.items() if n > own.get(k, 0)}

    def features(self, c: Candidate, example: int = -1) -> list[str]:
        """What is known of a wording from examples of other subjects than that of ``example``."""
        uses = self.uses(c.key, example)
        if not uses:
            return ["variant"] if c.key in self.variants else []
        out = ["known"]
        roles: Counter[tuple[str, str]] = Counter()
        for (role, rel, _label), n in uses.items():
            roles[role, rel] += n
        for (role, rel), n in sorted(roles.items()):
            if not role:
                continue  # a name that is said of no property
            out.append(f"known={_SIDE[role]} of {rel}")
            if n > 2:
                out.append(f"well known={_SIDE[role]} of {rel}")
        return out

    def value(self, c: Candidate, role: str, rel: str, example: int = -1) -> str:
        """What a candidate is called as the subject or object of a relation."""
        uses = self.uses(c.key, example)
        same = [(n, label) for (r, p, label), n in uses.items() if r == role and p == rel]
        if same and c.kind not in VALUES:
            return max(same)[1]
        if c.kind in VALUES:
            literal = self._literal(c, role, rel)
            if literal:
                return literal
            if same:
                return max(same)[1]
            return c.text
        totals: Counter[str] = Counter()
        for (_r, _p, label), n in uses.items():
            if not _looks_literal(label):
                totals[label] += n
        if totals:
            return max((n, label) for label, n in totals.items())[1]
        if c.key in self.variants and c.text[:1] == c.text[:1].upper():
            return max((n, label) for label, n in self.variants[c.key].items())[1]
        if c.type == "NORP" and c.norm:
            return c.norm
        kind = _name_kind(c)
        if kind:
            hits, total = self.short_names.get(kind, (0, 0))
            if total >= 2 and hits / total > 0.5:
                tokens = c.text.split()
                return f"{tokens[0]} {tokens[-1]}"
        return c.text

    def _literal(self, c: Candidate, role: str, rel: str) -> str:
        if c.kind == "date":
            own = self.templates.get((role, rel, _PRECISION[min(c.norm.count("-"), 2)]))
            if own:
                return _layout(c.norm, max((n, t) for t, n in own.items())[1])
            return c.norm if c.norm.count("-") == 2 else ""
        forms = _number_forms(c.norm)
        own = self.templates.get((role, rel, f"number {c.unit}"))
        if own:
            template = _favourite(own)
        else:
            number = self.templates.get((role, rel, "number"))
            template = _favourite(number) if number else "{raw}"
            if c.unit in self._units:
                template += self._units[c.unit]
            elif not number and c.unit:
                return c.text
        name, _, rest = template.partition("}")
        return forms.get(name + "}", c.norm) + rest


def _favourite(templates: Counter[str]) -> str:
    """The commonest template; of two as common the one that says how numbers are written."""
    return max(templates.items(), key=lambda item: (item[1], not item[0].startswith("{raw}"), item[0]))[0]


def _name_kind(c: Candidate) -> str:
    """Which sort of three-part personal name this is: what its middle says."""
    tokens = c.text.split()
    if (
        c.kind != "name"
        or not 3 <= len(tokens) <= 6
        or c.type not in ("PERSON", "")
        or not all(t[:1].isupper() for t in tokens)
    ):
        return ""
    middle = tokens[1]
    where = "(" if c.bracketed else ""
    if len(middle) <= 2:
        return "initial" + where
    if middle.endswith(("vich", "vych", "vna", "ich")):
        return "patronymic"
    return "name" + where if c.type == "PERSON" or where else ""
