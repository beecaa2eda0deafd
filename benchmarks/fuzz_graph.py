"""Throws damaged and hostile files and queries at the graph: loading, query, check, export. Nothing may end in a traceback or a crash.

    python benchmarks/fuzz_graph.py [--count 100000] [--seconds 600] [--seed 0] [--only load,query,check,export]

Each input is one of a few small ones of every kind, mangled at random: bytes changed, parts doubled, nested, cut or mixed with
another's. An input may be read or refused with an error of spacegraph's; anything else is printed with its seed, and the exit code
is then 1. Inputs are given to child processes in batches, so that one that ends its process is told, too. The same seed gives the
same inputs.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from spacegraph.errors import SpacegraphError
from spacegraph.graph import KnowledgeGraph, format_names, named_queries
from spacegraph.graph.query.results import FORMATS
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Literal
from spacegraph.rdf_ontology import load_ontology
from spacegraph.vocab import SG, XSD

#: Inputs of one child process, and the seconds that it may take before it is ended and counted as stuck.
BATCH, STUCK = 500, 300
#: Bytes of memory of a child process.
MEMORY = 6_000_000_000

RDF = {
    "ttl": '@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n'
    '@prefix sg: <https://w3id.org/spacegraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n'
    '<#Ship> a owl:Class ; rdfs:label "ship"@en ; rdfs:subClassOf <#Craft> ; owl:equivalentClass [ owl:unionOf ( <#Craft> <#Tug> ) ] .\n'
    '<#tows> a owl:ObjectProperty ; rdfs:domain <#Ship> ; rdfs:range <#Ship> ; owl:inverseOf <#towedBy> ; rdfs:subPropertyOf <#pulls> .\n'
    '<#formationDate> a owl:DatatypeProperty . <> owl:imports <part.ttl> .\n'
    '<#marlin> a <#Ship> ; rdfs:label "Marlin Ltd." ; <#tows> <#barge> ; sg:praised [ <#length> 12.5 ] .\n'
    '<#c1> a skos:Concept ; skos:prefLabel "tugs"@en ; skos:broader <#c2> . <#c2> skos:prefLabel "Port Vela" ; skos:broader <#c1> .\n',
    "trig": '@prefix : <http://ex.example/> . :g { :a :b "x"@en , 1 , true . } :a :b << :s :p :o >> . _:b { _:x :p ( 1 2 ) . }\n',
    "nt": '<http://ex.example/a> <http://ex.example/b> "v\\u00e9\\n"^^<http://www.w3.org/2001/XMLSchema#date> .\n'
    '_:x <http://ex.example/b> <<( <urn:a> <urn:b> "c"@en--ltr )>> .\n',
    "nq": '<http://ex.example/a> <http://ex.example/b> "v" <http://ex.example/g> .\n',
    "jsonld": '{"@context": {"name": "http://schema.org/name", "knows": {"@id": "http://schema.org/knows", "@type": "@id"}},'
    ' "@graph": [{"@id": "#me", "name": [{"@value": "Ann", "@language": "en"}], "knows": {"@list": ["#you", 1, true]}}]}',
    "rdf": '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY o "http://www.w3.org/2002/07/owl#">]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#">'
    '<rdf:Description rdf:about="#Ship"><rdf:type rdf:resource="&o;Class"/><rdfs:label xml:lang="en">ship &amp; co</rdfs:label>'
    '</rdf:Description></rdf:RDF>',
    "n3": "@prefix : <http://ex.example/> . { :a :b ?c } => { ?c :d :e } . :a!:b :c :d .\n",
}  # fmt: skip
SHAPES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix sg: <https://w3id.org/spacegraph/ontology#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "<#S> a sh:NodeShape ; sh:targetClass sg:Person ; sh:property [ sh:path ( rdfs:label [ sh:inversePath sg:met ] ) ; sh:minCount 1 ;\n"
    '  sh:pattern "^[A-Z]+" ; sh:severity sh:Info ; sh:message "So"@de , "So"@en ] ;\n'
    '  sh:sparql [ sh:message "{?x}" ; sh:select "SELECT $this ?x { $this rdfs:label ?x FILTER(STRLEN(?x) > 99) }" ] ;\n'
    "  sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype rdfs:Literal ] ) .\n"
)
QUERIES = (
    "SELECT ?x (COUNT(*) AS ?n) { ?x rdfs:label ?l FILTER(REGEX(?l, '^A.*') && ?l != \"b\") } GROUP BY ?x ORDER BY DESC(?n) LIMIT 5",
    "CONSTRUCT { ?x sg:met [ rdfs:label ?l ] } WHERE { ?x sg:met/^sg:met*|!sg:met ?y OPTIONAL { ?y rdfs:label ?l } MINUS { ?x a ?l } }",
    "ASK { { ?x a sg:Person } UNION { GRAPH ?g { ?x ?p 1.5e3 } } VALUES (?x ?p) { (UNDEF sge:Ann_Lee) (<urn:a> 'b'@en) } }",
    "DESCRIBE ?x { ?x rdfs:label $name BIND(REPLACE(CONCAT(STR(?x), 'é'), 'a', 'aa') AS ?y) }",
    "SELECT * FROM NAMED <urn:g> { ?s ?p << ?a ?b ?c >> . FILTER NOT EXISTS { ?s ?p (1 [ ?p ?q ]) } } HAVING (1 IN (1, 2))",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
)  # fmt: skip
#: What readers stumble over.
PIECES = (
    "\x00", "\ufeff", "\u202e", "\x1b[2J", "\\u0000", "\\uD800", "%", "\\", '"', '"""', "<", ">", "<<", ">>", "<<(", ")>>", "[", "]",
    "{", "}", "(", ")", "_:", "@en", "^^", "&o;", "]]>", "<!--", "é", "\U0001f680", "null", "-1", "1e999", "9" * 400, "=cmd()",
    "\r", "\n", ".", ";", "@base <x:> .", '"@base": "::"', '"@context": "http://ex.example/c"', "!", "||", "/", "*", "REPLACE(",
)  # fmt: skip
NAMES = (
    "Ann Lee",
    "Vela Works Ltd.",
    'a"b\\',
    "=1+1",
    "<b>x</b>",
    "\x1b[31m",
    "Tarn, Jr.",
    "é\u0301",
    "|",
    "\u202e",
    "D.C.",
)


def mangled(text: str, rng: random.Random, others: tuple[str, ...]) -> str:
    """A text with up to six changes."""
    for _ in range(rng.choice((0, 1, 1, 2, 3, 6))):
        at, to = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        change = rng.randrange(7)
        if change == 0:
            text = text[:at] + text[to:]
        elif change == 1:
            text = text[:at] + rng.choice(PIECES) * rng.choice((1, 1, 1, 3, 400, 20_000)) + text[at:]
        elif change == 2:
            text = text[:at] + text[at:to] * rng.choice((2, 3, 300)) + text[to:]
        elif change == 3:
            text = text[:at] + chr(rng.choice((rng.randrange(128), rng.randrange(0xD800)))) + text[at + 1 :]
        elif change == 4:
            other = rng.choice(others)
            start = rng.randrange(len(other) + 1)
            text = text[:at] + other[start : start + 60] + text[at:]
        elif change == 5:
            words = text.split(" ")
            rng.shuffle(words)
            text = " ".join(words) if rng.random() < 0.3 else text
        else:
            # One thing within the other: what opens and what closes, many times.
            opening, closing = rng.choice(
                (("[", "]"), ("{", "}"), ("(", ")"), ("<<( <urn:a> <urn:b> ", " )>>"), ('{"urn:p": ', "}"))
            )
            depth = rng.choice((2, 50, 300, 5000))
            text = text[:at] + opening * depth + text[at:to] + closing * depth + text[to:]
        text = text[:200_000]
    return text


def graph_of(rng: random.Random) -> KnowledgeGraph:
    """A small graph of ours, with names that are hard to write."""
    things = [
        Entity(iri=mint_entity_iri(name), label=name, type="Person", type_iri=SG + "Person")
        for name in rng.sample(NAMES, 3)
    ]
    values = (
        things[1],
        Literal(value=rng.choice(NAMES)),
        Literal(value="2031-05", datatype=XSD + "gYearMonth"),
    )
    facts = [
        Fact(
            doc_id=rng.choice(("a", "b.", "c/d é")),
            subject=things[0],
            property_iri=SG + rng.choice(("met", "praised", "v1.")),
            object=value,
            attributed_to=things[2],
            evidence=(Evidence(start=0, end=5, text="Words"),),
        )
        for value in values
    ]
    return KnowledgeGraph.from_facts(facts, articles=[Article(id="a", text="Words.")])


def load(rng: random.Random, folder: Path) -> None:
    """A file as a graph and as an ontology."""
    suffix = rng.choice(tuple(RDF))
    text = mangled(RDF[suffix], rng, tuple(RDF.values()))
    path = folder / f"input.{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass") if rng.random() < 0.95 else text.encode("utf-16"))
    for read in (KnowledgeGraph.load, load_ontology):
        try:
            found = read(path)
        except SpacegraphError:
            continue
        if isinstance(found, KnowledgeGraph):
            _ = found.facts
        else:
            found.gazetteer()


def query(rng: random.Random, folder: Path) -> None:  # noqa: ARG001  (every kind is called alike)
    """A query, and its answer in a form."""
    asked = (*QUERIES, *(named.text for named in named_queries().values()))
    text = mangled(rng.choice(asked), rng, asked)
    kg = graph_of(rng)
    result = kg.query(text, timeout=5, limit=1000, **({"name": rng.choice(NAMES)} if "$name" in text else {}))
    result.format(rng.choice(tuple(FORMATS)))


def check(rng: random.Random, folder: Path) -> None:
    """A graph, ours or another's, by shapes."""
    shapes = folder / "shapes.ttl"
    shapes.write_text(mangled(SHAPES, rng, (SHAPES, RDF["ttl"])), "utf-8", "replace")
    if rng.random() < 0.5:
        kg = graph_of(rng)
    else:
        path = folder / "input.ttl"
        path.write_text(mangled(graph_of(rng).to_turtle(), rng, tuple(RDF.values())), "utf-8", "replace")
        kg = KnowledgeGraph.load(path)
    kg.check(shapes=shapes if rng.random() < 0.8 else None).to_text()


def export(rng: random.Random, folder: Path) -> None:
    """A graph, ours or another's, in a format, and back where it can be read."""
    suffix = rng.choice(tuple(RDF))
    source = folder / f"input.{suffix}"
    source.write_text(mangled(RDF[suffix], rng, tuple(RDF.values())), "utf-8", "replace")
    kg = graph_of(rng) if rng.random() < 0.4 else KnowledgeGraph.load(source)
    name = rng.choice(format_names())
    target = folder / "out"
    kg.export(target, name, only_facts=rng.random() < 0.3)
    readable = {
        "turtle": "ttl",
        "turtle12": "ttl",
        "trig": "trig",
        "ntriples": "nt",
        "nquads": "nq",
        "jsonld": "jsonld",
        "rdfxml": "rdf",
    }
    if name in readable:
        # What we have written has to be read: an error of ours is one here, too.
        try:
            KnowledgeGraph.load(target, format=readable[name])
        except SpacegraphError as error:
            message = f"{name} that we have written is refused: {error}"
            raise AssertionError(message) from error


KINDS = {"load": load, "query": query, "check": check, "export": export}
#: How often each kind comes up: a check takes fifty times as long as the others.
WEIGHTS = {"load": 40, "query": 40, "check": 1, "export": 19}


def child(seeds: range, kinds: list[str]) -> None:
    """Run inputs, each told before it is run, and tell what went wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for seed in seeds:
        rng = random.Random(seed)
        kind = rng.choices(kinds, [WEIGHTS[k] for k in kinds])[0]
        say({"seed": seed, "kind": kind})
        with tempfile.TemporaryDirectory() as folder:
            try:
                KINDS[kind](rng, Path(folder))
                say({"seed": seed, "end": "read"})
            except SpacegraphError as error:
                said = str(error)
                end = (
                    "refused" if said.strip().endswith((".", "?", "!", ")")) else "refused without a sentence"
                )
                say({"seed": seed, "end": end, "said": said[:300] if end != "refused" else ""})
            except BaseException:  # noqa: BLE001  (that is what is looked for)
                say({"seed": seed, "end": "traceback", "said": traceback.format_exc()[-1500:]})


def say(row: dict[str, object]) -> None:
    """A line for the parent process."""
    sys.stdout.write(json.dumps(row) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run batches until the count or the time is reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default=",".join(KINDS))
    parser.add_argument("--child", type=int, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    kinds = options.only.split(",")
    if options.child:
        child(range(*options.child), kinds)
        return
    start, counts, done = time.monotonic(), Counter[str](), Counter[str]()
    first, last = options.seed, options.seed + options.count
    while first < last and time.monotonic() - start < options.seconds:
        batch = min(BATCH, last - first)
        command = [
            sys.executable,
            __file__,
            "--only",
            options.only,
            "--child",
            str(first),
            str(first + batch),
        ]
        rows, code = run(command)
        for row in rows:
            if "kind" in row:
                done[str(row["kind"])] += 1
            else:
                counts[str(row["end"])] += 1
                if row["end"] not in ("read", "refused"):
                    print(f"seed {row['seed']}: {row['end']}\n{row['said']}")
        first += batch
        if code:
            # The child did not come to its end: what it told of last did that.
            seed = int(str(rows[-1]["seed"])) if rows else first
            counts["crash" if code != -1 else "stuck"] += 1
            print(f"seed {seed}: the process ended with {code}")
            first = seed + 1
    seconds = time.monotonic() - start
    kinds_done = ", ".join(f"{kind} {number:,}" for kind, number in sorted(done.items()))
    ends = ", ".join(f"{number:,} {end}" for end, number in counts.most_common())
    print(f"{sum(done.values()):,} inputs ({kinds_done}) in {seconds:.0f} s: {ends}.")
    sys.exit(1 if set(counts) - {"read", "refused"} else 0)


def run(command: list[str]) -> tuple[list[dict[str, object]], int]:
    """What a child told, and its exit code; -1 where it was stuck."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=STUCK, check=False)
        out, code = ended.stdout, ended.returncode
    except subprocess.TimeoutExpired as error:
        out, code = (error.stdout or b"").decode(), -1
    return [
        json.loads(line) for line in out.splitlines() if line.startswith("{") and line.endswith("}")
    ], code


if __name__ == "__main__":
    main()
