"""Turn rules off one at a time and tell what that does to the facts that are read.

    python benchmarks/ablation.py [--switch PART ...] [--functions LINES] [--language] [--every 2] [--jobs 1] [--out ROWS.jsonl]

A switch is a rule module of ``language/`` or ``mapping/`` whose entries find nothing while it is off (:data:`MODULES`), or, with
``--functions``, each function of at least so many lines. The trained reader reads throughout. Each row tells what changes in F1 of
core facts, F1 of all facts and false assertions on the five development articles, the annotated and the written ``val`` texts, how
many facts change at all, and how many milliseconds of the rules' time the switch saves. spaCy and the trained reader read the texts
once; each switch then reads on in a process of its own. Rows are written as they come, and what ``--out`` has is not done again.

Needs the development data beside the repository (``../shared``).
"""

from __future__ import annotations

import argparse
import ast
import gc
import importlib
import inspect
import json
import multiprocessing
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from spacegraph.graph.formats.facts_json import fact_to_json
from spacegraph.language.pipeline import prepare
from spacegraph.reading import Reader, load_reader
from spacegraph.sources import read_articles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Doc

    from spacegraph.model import Article

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
SOURCES = ROOT / "src" / "spacegraph"

#: Seconds that reading may take with something off.
LONGEST = 120

#: What each rule module does for others: its entries. An entry that is off finds nothing (an empty list, -1, "", False, None,
#: by what it says to return), gives back the value or the argument that follows "=", or has the function that follows in its place.
MODULES: dict[str, tuple[str, ...]] = {
    "language.mentions.name_types": ("_by_shape", "_by_series", "_by_context=(-1, '', '')", "_by_agreement", "_spread_gender"),
    "language.mentions.names": ("_Finder._border=0", "_Finder._title_in", "_Finder._add_missed_entities"),
    "language.mentions.name_runs": ("NameRuns._joined=end", "NameRuns._long_title=end", "spelled_out"),
    "language.mentions.known_names": ("KnownNames.find={}",),
    "language.mentions.read_names": ("with_read_names=names", "with_read_types=typed"),
    "language.mentions.nominals": ("find_nominals",),
    "language.mentions.pronouns": ("is_expletive",),
    "language.values.amounts": ("find_values",),
    "language.values.dates": ("find_times",),
    "language.values.tense": ("side",),
    "language.parse.repair": ("repair=tokens",),
    "language.parse.clauses": (
        "repair_prefix", "repair_participle", "repair_noun", "repair_bracket", "repair_gloss", "repair_holder", "repair_verb", "holder",
    ),
    "language.parse.predicates": ("repair_predicate",),
    "language.parse.fragments": ("fragment_length",),
    "language.coreference.descriptions": ("merge_descriptions",),
    "language.coreference.imagined_speakers": ("imagined_speakers",),
    "language.coreference.late_names": ("merge_glosses", "merge_late_names"),
    "language.coreference.names": ("merge_names",),
    "language.coreference.roles": ("merge_roles",),
    "language.coreference.sets": ("find_members", "merge_sets"),
    "language.coreference.speech": ("merge_speech",),
    "language.coreference.syntax": ("merge_appositions", "merge_predicates", "merge_relatives", "resolve_reflexives"),
    "language.quotations.direct": ("DirectSpeech.find",),
    "language.quotations.indirect": ("find_indirect",),
    "language.quotations.paragraphs": ("ParagraphFlow.suggest",),
    "language.quotations.transcripts": ("find_transcript",),
    "language.propositions.clauses": ("ClauseReader.drafts",),
    "language.propositions.contact_lists": ("listed_contacts", "listed_participants"),
    "language.propositions.denotation": ("Denotations.of",),
    "language.propositions.implicit_arguments": (
        "ImplicitArguments._controlled", "ImplicitArguments._adnominal", "ImplicitArguments._of_preposition",
        "ImplicitArguments._recipients", "ImplicitArguments._cleft", "ImplicitArguments.antecedent",
    ),
    "language.propositions.nouns": ("NounReader.drafts",),
    "language.propositions.people_lists": ("lists_of_people",),
    "language.factuality.dates": ("Dates.time", "Dates.is_ahead"),
    "language.factuality.relations": ("RelationGuard.guarded=relation",),
    "mapping.affiliations": ("with_affiliations=propositions",),
    "mapping.datelines": ("outside_datelines=language.annotations:propositions",),
    "mapping.dependence": ("read_dependence",),
    "mapping.descriptions": ("joined_arguments", "description"),
    "mapping.exclusion": ("infer_exclusions",),
    "mapping.inference": ("infer_memberships",),
    "mapping.item_times": ("time_of_item",),
    "mapping.modifiers": ("attributive_propositions",),
    "mapping.past": ("Past.__contains__", "Past.end_of"),
    "mapping.phrases": ("PhraseFinder._around",),
    "mapping.self_contained": ("SelfContained.stands_alone=True",),
    "mapping.speech": ("speech_propositions",),
    "mapping.spoken_to": ("read_addresses",),
    "mapping.states": ("predicate_words", "state_words"),
    "mapping.titles": ("Titles.entity", "Titles.role"),
}  # fmt: skip


def nothing(function: Callable[..., Any], given: str) -> Callable[..., Any]:
    """A stand-in for a function that finds nothing, or gives back what it was given under a name."""
    if given.startswith(("(", "{", "True", "0")):
        value = ast.literal_eval(given)
        return lambda *_args, **_named: value
    if ":" in given:
        module, _, name = given.partition(":")
        other: Callable[..., Any] = getattr(importlib.import_module(f"spacegraph.{module}"), name)
        return other
    if given:
        signature = inspect.signature(function)
        return lambda *args, **named: signature.bind(*args, **named).arguments[given]
    told = str(function.__annotations__.get("return", "")).split("[")[0]
    if "| None" in str(function.__annotations__.get("return", "")):
        told = "None"
    if told == "int":
        # Functions that look for a token say -1 or 0 where they find none; others begin with a token that they are given.
        source, names = inspect.getsource(function), inspect.signature(function).parameters
        tokens = [n for n in ("start", "end", "head", "i") if n in names]
        if "return -1" not in source and "return 0" not in source and tokens:
            return nothing(function, tokens[0])
        number = 0 if "return 0" in source and "return -1" not in source else -1
        return lambda *_args, **_named: number
    values: dict[str, Callable[[], Any]] = {
        "None": lambda: None, "bool": bool, "str": str, "float": float, "list": list, "dict": dict, "set": set,
        "frozenset": frozenset, "tuple": tuple, "Iterator": lambda: iter(()), "Iterable": list, "Sequence": list,
    }  # fmt: skip
    make = values.get(told)
    if make is None:
        msg = f"What {function.__qualname__} finds when it finds nothing is not clear from its type {told!r}."
        raise TypeError(msg)
    return lambda *_args, **_named: make()


def turn_off(entry: str) -> None:
    """Put the stand-in of ``module:function`` (``=argument``) wherever this process has the function."""
    path, _, given = entry.partition("=")
    name, _, member = path.partition(":")
    module = importlib.import_module(f"spacegraph.{name}")
    if "." in member:
        holder, _, method = member.partition(".")
        cls = getattr(module, holder)
        setattr(cls, method, nothing(inspect.unwrap(vars(cls)[method]), given))
        return
    function = getattr(module, member)
    stand_in = nothing(inspect.unwrap(function), given)
    for other in list(sys.modules.values()):
        if isinstance(other, ModuleType) and other.__name__.startswith(("spacegraph", "openie")):
            for key, value in list(vars(other).items()):
                if value is function:
                    setattr(other, key, stand_in)


def functions(lines: int) -> dict[str, tuple[str, ...]]:
    """Every function of the rules with at least so many lines, as a switch each."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted([*(SOURCES / "language").rglob("*.py"), *(SOURCES / "mapping").rglob("*.py")]):
        name = ".".join(path.relative_to(SOURCES).with_suffix("").parts)
        for node in ast.parse(path.read_text("utf-8")).body:
            inner = node.body if isinstance(node, ast.ClassDef) else [node]
            prefix = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
            for function in inner:
                if (
                    isinstance(function, ast.FunctionDef)
                    and not function.name.startswith("__")
                    and (function.end_lineno or 0) - function.lineno + 1 >= lines
                ):
                    found[f"{name}:{prefix}{function.name}"] = (f"{name}:{prefix}{function.name}",)
    return found


class Texts:
    """The annotated texts, read as far as spaCy and the trained reader go, with their gold facts.

    Args:
        every: Take only every n-th annotated or written text.
        split: Which of them: ``val``, or ``train``, which the reader has seen and which is ten times as large.
    """

    def __init__(self, every: int, split: str = "val") -> None:
        sys.path.insert(0, str(SHARED))
        from eval.annotated import gold_rows, relation_names

        self.reader: Reader = load_reader()
        self.docs: list[tuple[str, Article, Doc]] = []
        self.gold: dict[str, list[Any]] = {}
        self.also: dict[str, list[Any]] = {}
        data = SHARED / "data"
        self._take("articles", list(read_articles([data / "articles" / "articles.jsonl"])))
        for kind, rows in (("gold", self.gold), ("also_true", self.also)):
            for path in sorted((data / "articles" / kind).glob("*.jsonl")):
                for row in map(json.loads, path.read_text("utf-8").splitlines()):
                    rows.setdefault(f"articles {row['doc_id']}", []).append(row)
        for name in ("annotated", "written"):
            lines = (data / name / "articles.jsonl").read_text("utf-8").splitlines()
            ids = {row["id"] for row in [r for r in map(json.loads, lines) if r["split"] == split][::every]}
            self._take(name, [a for a in read_articles([data / name / "articles.jsonl"]) if a.id in ids])
            facts = map(json.loads, (data / name / "facts.jsonl").read_text("utf-8").splitlines())
            for row in gold_rows([f for f in facts if f["doc_id"] in ids], relation_names()):
                self.gold.setdefault(f"{name} {row['doc_id']}", []).append(row)

    def _take(self, name: str, articles: Iterable[Article]) -> None:
        articles = list(articles)
        nlp = self.reader.nlp
        whole: Any = nlp.get_pipe("spacegraph")
        parts, whole.components = whole.components, whole.components[:1]
        docs = list(nlp.pipe((prepare(nlp, article) for article in articles), batch_size=16))
        whole.components = parts
        self.docs += [(name, article, doc) for article, doc in zip(articles, docs, strict=True)]

    def read(self) -> tuple[dict[str, list[dict[str, Any]]], float]:
        """The facts of each text as JSON rows, and how long the rules took, in milliseconds of the process's time."""
        whole: Any = self.reader.nlp.get_pipe("spacegraph")
        found: dict[str, list[dict[str, Any]]] = {}
        begin = time.process_time()
        for name, article, doc in self.docs:
            for component in whole.components[1:]:
                doc = component(doc)
            found[f"{name} {article.id}"] = [fact_to_json(fact) for fact in self.reader.facts(doc, article)]
        return found, (time.process_time() - begin) * 1000

    def score(self, found: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
        """F1 of core and all facts and false assertions of each set."""
        from eval.triples import score_doc, summary

        out: dict[str, Any] = {}
        for name in ("articles", "annotated", "written"):
            keys = [f"{n} {a.id}" for n, a, _ in self.docs if n == name]
            for core in (True, False):
                docs = [
                    score_doc(
                        key,
                        [fact_of(r, core=core) for r in self.gold.get(key, ()) if len(r) > 1],
                        [fact_of(r) for r in found[key]],
                        [fact_of(r) for r in self.also.get(key, ())],
                    )
                    for key in keys
                ]
                told = summary(docs)
                out[f"{name} {'core' if core else 'all'}"] = round(told["triples"]["f1"], 4)
                out[f"{name} false"] = told["false_assertions"]
        return out


class Sentences:
    """The sentences and documents of CaRB, BenchIE and OntoGUM (development), parsed, with the F1 of what is read of them."""

    def __init__(self) -> None:
        import spacy
        from spacy.tokens import Doc

        import coref_corpus
        import openie

        nlp = spacy.load(openie.PACKAGED_MODEL)

        def parsed(sentence: str) -> tuple[Doc, list[str]]:
            words = sentence.split()
            return nlp(Doc(nlp.vocab, words=[openie.PLAIN.get(w, w) for w in words])), words

        data = SHARED / "data"
        carb = (data / "carb" / "dev.txt").read_text("utf-8").splitlines()
        self.carb = [(sentence, *parsed(sentence)) for sentence in carb]
        rows = (data / "benchie" / "dev.sentences.tsv").read_text("utf-8").splitlines()
        self.benchie = [
            (number, *parsed(sentence)) for number, sentence in (row.split("\t", 1) for row in rows)
        ]
        self.ontogum = list(coref_corpus.documents("dev", None))

    def scores(self) -> dict[str, float]:
        """F1 of the three, as they are read now."""
        from eval import coref, openie_benchie, openie_carb

        import coref_corpus
        import openie
        from spacegraph.language.annotations import mentions
        from spacegraph.language.coreference.component import CoreferenceResolver, make_ranker
        from spacegraph.language.coreference.expressions import find_expressions
        from spacegraph.language.tokens import Tokens

        data, nothing_known = SHARED / "data", openie.Gazetteer()
        finder = openie.MentionFinder(nothing_known)
        told = {
            "carb": [
                "\t".join((sentence, f"{x.confidence:.3f}", x.relation, x.subject, *x.arguments))
                for sentence, doc, words in self.carb
                for x in openie.CarbExporter(finder(doc), words).tuples()
            ],
            "benchie": [
                "\t".join((number, x.subject, x.relation, *x.arguments))
                for number, doc, words in self.benchie
                for x in openie.BenchieExporter(finder(doc), words).tuples()
            ],
        }
        ranker = make_ranker("trained", pronoun_margin=-1.0, nominal_margin=-1.0, leap_margin=0.0)
        resolver = CoreferenceResolver(nothing_known, ranker, organisations=False)
        clusters = {}
        for document in self.ontogum:
            doc = finder(document.doc)
            turns = coref_corpus.turns_in(document, find_expressions(Tokens(doc), mentions(doc)))
            found = coref_corpus.exported(document, resolver.resolve(doc, turns))
            clusters[document.row["doc_id"]] = [frozenset((span[0], span[1]) for span in c) for c in found]
        with tempfile.TemporaryDirectory() as folder:
            paths = {name: Path(folder) / f"{name}.tsv" for name in told}
            for name, rows in told.items():
                paths[name].write_text("\n".join(rows) + "\n", "utf-8")
            carb = openie_carb.evaluate(
                openie_carb.load_gold(data / "carb" / "dev.gold.tsv"), openie_carb.load_pred(paths["carb"])
            )
            benchie = openie_benchie.evaluate(
                openie_benchie.load_gold(data / "benchie" / "dev.gold.txt"),
                openie_benchie.load_pred(paths["benchie"]),
            )
        gold, _ = coref.load_clusters(data / "gum_coref" / "ontogum.dev.jsonl")
        return {
            "carb": round(carb["f1"], 4),
            "benchie": round(benchie["f1"], 4),
            "ontogum": round(coref.evaluate(gold, clusters)["conll_f1"], 4),
        }


def fact_of(row: dict[str, Any], *, core: bool = False) -> Any:
    """A row as the scorer's fact."""
    from eval.triples import Fact, norm, norm_relation

    def names(key: str) -> frozenset[str]:
        values = row[key] if isinstance(row[key], list) else [row[key]]
        return frozenset((norm_relation if key == "relation" else norm)(value) for value in values)

    return Fact(
        row["doc_id"],
        names("subject"),
        names("relation"),
        names("object"),
        row.get("factuality", "asserted"),
        row.get("symmetric", False),
        row.get("optional", False) or (core and not row.get("core", True)),
        "",
        frozenset(row.get("factuality_also_ok", ())),
        row.get("loose", False),
    )


_texts: Texts
_sentences: Sentences | None = None


def without(
    entries: tuple[str, ...],
) -> tuple[dict[str, list[dict[str, Any]]], float, dict[str, float]] | str:
    """What is read with some entries off; the error's name where the others cannot do without them."""

    def stop(*_: object) -> None:
        raise TimeoutError(LONGEST)

    # Loops that wait for what a rule finds never end without it.
    signal.signal(signal.SIGALRM, stop)
    signal.alarm(LONGEST)
    try:
        for entry in entries:
            turn_off(entry)
        return (*_texts.read(), _sentences.scores() if _sentences is not None else {})
    except Exception as error:  # noqa: BLE001  (any of them is an answer)
        return f"{type(error).__name__}: {error}"


def changed(one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]) -> int:
    """How many facts are in one reading alone."""

    def counted(found: dict[str, list[dict[str, Any]]]) -> Counter[tuple[str, ...]]:
        return Counter(
            (key, r["subject"], r["relation"], r["object"], r["factuality"])
            for key, rows in found.items()
            for r in rows
        )

    a, b = counted(one), counted(other)
    return (a - b).total() + (b - a).total()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--switch", action="append", help="only switches whose name has this in it")
    parser.add_argument(
        "--together", action="store_true", help="turn all of them off at once, not one after the other"
    )
    parser.add_argument("--functions", type=int, help="a switch for each function of at least so many lines")
    parser.add_argument("--language", action="store_true", help="CaRB, BenchIE and OntoGUM too")
    parser.add_argument("--every", type=int, default=1, help="take only every n-th text of the two sets")
    parser.add_argument("--split", default="val", choices=("val", "train"))
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, help="keep the rows here (JSON Lines)")
    args = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"The development data are not at {SHARED}; this benchmark needs them.")
    switches = {"nothing": ()} | (
        functions(args.functions)
        if args.functions
        else {name: tuple(f"{name}:{entry}" for entry in entries) for name, entries in MODULES.items()}
    )
    if args.switch:
        switches = {n: e for n, e in switches.items() if n == "nothing" or any(s in n for s in args.switch)}
    if args.together:
        switches = {"nothing": (), "together": tuple(e for entries in switches.values() for e in entries)}
    done: set[str] = set()
    if args.out and args.out.exists():
        done = {json.loads(line)["off"] for line in args.out.read_text("utf-8").splitlines()}
    global _texts, _sentences  # noqa: PLW0603  (processes of their own find them there)
    _texts = Texts(args.every, args.split)
    _sentences = Sentences() if args.language else None
    gc.freeze()
    forked = multiprocessing.get_context("fork")
    with forked.Pool(args.jobs, maxtasksperchild=1) as pool:
        names = [name for name in switches if name == "nothing" or name not in done]
        base: dict[str, Any] = {}
        for name, answer in zip(names, pool.imap(without, [switches[n] for n in names]), strict=True):
            row: dict[str, Any] = {"off": name}
            if isinstance(answer, str):
                row["error"] = answer
            else:
                found, took, language = answer
                scores = _texts.score(found) | language
                if name == "nothing":
                    base = {"found": found, "took": took, "scores": scores}
                    row |= scores | {"ms": round(took)}
                else:
                    row |= {k: round(v - base["scores"][k], 4) for k, v in scores.items()}
                    row |= {"changed": changed(found, base["found"]), "ms": round(took - base["took"])}
            line = json.dumps(row)
            print(line, flush=True)
            if args.out and name not in done:
                with args.out.open("a", encoding="utf-8") as file:
                    file.write(line + "\n")


if __name__ == "__main__":
    main()
