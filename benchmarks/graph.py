"""The graph against its parts: our API beside raw pyoxigraph, rdflib and the oxigraph server, in one run.

    python benchmarks/graph.py [--triples 1000000] [--small 100000] [--articles 10000] [--store DIR] [--only load,queries]

Each line has our time, the other's, and the ratio; trust the ratios, the seconds depend on the machine and its load. The data
are invented facts with the shape of those of an article (statement, evidence, speaker); nothing is read from the network.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

import pyoxigraph as ox

from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.library.articles import ArticleStore, Reading
from spacegraph.graph.rdf.vocabulary import PREFIXES
from spacegraph.graph.stores.directory import DirectoryStore
from spacegraph.graph.stores.oxigraph import MemoryStore
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact, Factuality
from spacegraph.server import Settings
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Callable

#: Triples that one invented fact comes to, measured.
TRIPLES_A_FACT = 24
RELATIONS = ("criticized", "praised", "operates", "aboard", "locatedIn", "headOf", "met", "memberOf")
#: What articles say that people are, with its class and how many values a person has.
TRAITS = (
    ("hasNationality", "Country", 1),
    ("hasOccupation", "Occupation", 2),
    ("worksFor", "Company", 2),
    ("memberOf", "Group", 2),
)
DEEDS = ("criticized", "praised", "met", "travelledTo", "operates", "said")
#: The six kinds of PARTS: a lookup, two hops, a regular expression, grouping, a path from a node, optional with order.
QUERIES = {
    "lookup": "SELECT ?s ?f { ?s rdf:subject <THING> ; sg:factuality ?f }",
    "two hops": "SELECT ?a ?c { ?a sg:met ?b . ?b sg:operates ?c }",
    "regex": 'SELECT ?x { ?x rdfs:label ?l FILTER(REGEX(?l, "7 1$")) }',
    "group by": "SELECT ?p (COUNT(*) AS ?n) { ?s rdf:predicate ?p } GROUP BY ?p",
    "path from node": "SELECT ?x { <THING> sg:locatedIn+ ?x }",
    "optional, order": "SELECT ?x ?c { ?x sg:headOf ?y OPTIONAL { ?s rdf:subject ?x ; sg:confidence ?c } } ORDER BY ?c LIMIT 100",
}


def thing(rng: random.Random, count: int) -> Entity:
    # Some things are spoken of far more often than others.
    return numbered(int(count * rng.random() ** 3))


def numbered(number: int) -> Entity:
    label = f"Thing {number} {number % 7}"
    kind = ("Person", "Company", "Spacecraft", "Place")[number % 4]
    return Entity(iri=mint_entity_iri(label), label=label, type=kind, type_iri=SG + kind)


def reading(number: int, facts: int, things: int) -> tuple[Article, list[Fact]]:
    """An article of invented facts."""
    rng = random.Random(number)
    found, text = [], ""
    for i in range(facts):
        one, other = thing(rng, things), thing(rng, things)
        relation = RELATIONS[rng.randrange(len(RELATIONS))]
        if relation == "locatedIn":
            # Places are in larger places, not in a circle.
            other = numbered(int(one.label.split()[1]) // 10)
        sentence = f"{one.label} {relation} {other.label} in round {i}."
        found.append(
            Fact(
                doc_id=f"article-{number}",
                subject=one,
                property_iri=SG + relation,
                object=other,
                factuality=Factuality.ASSERTED if rng.random() < 0.7 else Factuality.REPORTED,
                attributed_to=thing(rng, things) if rng.random() < 0.3 else None,
                confidence=rng.randrange(50, 100) / 100,
                evidence=(Evidence(start=len(text), end=len(text) + len(sentence), text=sentence),),
                rule=f"{relation}-verb→{relation}",
            )
        )
        text += sentence + " "
    return Article(id=f"article-{number}", text=text, title=f"Round {number}"), found


def graph_of(triples: int) -> tuple[list[Article], list[Fact]]:
    facts = triples // TRIPLES_A_FACT
    articles, found = [], []
    for number in range(max(1, facts // 20)):
        article, some = reading(number, 20, max(50, facts // 5))
        articles.append(article)
        found.extend(some)
    return articles, found


def timed(work: Callable[[], object], rounds: int = 1) -> float:
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best


def spent(work: Callable[[], object]) -> float:
    """Seconds of this thread's own time: other processes have no part in it, nor what the store tidies in the background."""
    begun = time.thread_time()
    work()
    return time.thread_time() - begun


def turns(ours: Callable[[], object], other: Callable[[], object], rounds: int = 3) -> tuple[float, float]:
    """The best of each side; they take turns, so that whatever else the machine does strikes both alike."""
    pairs = [(timed(ours), timed(other)) for _ in range(rounds)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)


def line(what: str, ours: float, other: float, against: str, *, unit: str = "s") -> None:
    factor = 1000 if unit == "ms" else 1
    ratio = ours / other if other else float("nan")
    print(
        f"{what:34} {ours * factor:10.2f} {unit:3} {other * factor:10.2f} {unit:3} {ratio:7.2f}×  ({against})",
        flush=True,
    )


def bench_load(kg: KnowledgeGraph, folder: Path) -> None:
    nt, nq = folder / "graph.nt", folder / "graph.nq"
    kg.export(nt)
    kg.export(nq)

    def raw_load() -> ox.Store:
        store = ox.Store()
        store.load(path=str(nt), format=ox.RdfFormat.N_TRIPLES)
        return store

    line("into memory", *turns(lambda: KnowledgeGraph.load(nt), raw_load), "pyoxigraph load")

    def raw_disk() -> None:
        store = ox.Store(str(folder / "raw"))
        store.bulk_load(path=str(nq), format=ox.RdfFormat.N_QUADS)
        store.flush()

    line(
        "onto disk",
        timed(lambda: DirectoryStore.create(folder / "ours", nquads=nq)),
        timed(raw_disk),
        "pyoxigraph bulk_load",
    )


def bench_queries(kg: KnowledgeGraph, small: KnowledgeGraph, folder: Path) -> None:
    import rdflib

    store = kg.store
    assert isinstance(store, MemoryStore)
    common = kg.facts[0].subject.iri
    for name, text in QUERIES.items():
        query = text.replace("THING", common)

        # Only the prefixes that it needs, as one would write it by hand.
        needed = {prefix: iri for prefix, iri in PREFIXES.items() if f"{prefix}:" in query}

        def raw(query: str = query, needed: dict[str, str] = needed) -> list[object]:
            return list(store.engine.query(query, prefixes=needed))  # type: ignore[arg-type]

        rounds = 5 if timed(raw) > 0.01 else 2000
        line(f"query: {name}", *turns(lambda q=query: kg.query(q), raw, rounds), "pyoxigraph", unit="ms")  # type: ignore[misc]
    path = folder / "small.nt"
    small.export(path)
    graph = rdflib.Graph().parse(path, format="nt")
    common = small.facts[0].subject.iri
    for name, text in QUERIES.items():
        query = text.replace("THING", common)
        header = "".join(f"PREFIX {p}: <{i}> " for p, i in PREFIXES.items())
        ours = timed(lambda q=query: small.query(q), 3)  # type: ignore[misc]
        other = timed(lambda q=header + query: list(graph.query(q)))  # type: ignore[misc]
        line(f"query: {name}, small graph", ours, other, "rdflib in memory", unit="ms")
    print(f"{'connections, 3 steps':34} {timed(lambda: kg.query('connections', one=kg.facts[0].subject.label, other=kg.facts[1].subject.label), 1) * 1000:10.2f} ms")  # fmt: skip


def bench_turtle(
    articles: list[Article], facts: list[Fact], small: tuple[list[Article], list[Fact]], folder: Path
) -> None:
    import rdflib

    whole = timed(lambda: KnowledgeGraph.from_facts(facts, articles=articles).to_turtle())
    print(f"{'facts to Turtle':34} {whole:10.2f} s   ({len(facts)} facts)", flush=True)
    kg = KnowledgeGraph.from_facts(small[1], articles=small[0])
    path = folder / "small.nt"
    kg.export(path)
    graph = rdflib.Graph().parse(path, format="nt")
    for prefix, iri in PREFIXES.items():
        graph.bind(prefix, iri)
    ours = timed(lambda: KnowledgeGraph.from_facts(small[1], articles=small[0]).to_turtle(), 3)
    line(
        "facts to Turtle, small graph",
        ours,
        timed(lambda: graph.serialize(format="turtle"), 3),
        "rdflib's serializer alone",
    )


def bench_rules(kg: KnowledgeGraph, folder: Path) -> None:
    path = folder / "rules.nt"
    kg.export(path)
    script = (
        "import sys, time, resource\nfrom spacegraph.graph import KnowledgeGraph\nfrom spacegraph.graph.operations.rules import infer_facts, load_rules\n"
        "kg = KnowledgeGraph.load(sys.argv[1]); kg.contents\nt = time.perf_counter()\nfound = infer_facts(kg.contents, load_rules())\n"
        "print(len(found), time.perf_counter() - t, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(path)], check=True, capture_output=True, text=True
    ).stdout
    found, seconds, megabytes = out.split()
    print(
        f"{'rules to a fixpoint':34} {float(seconds):10.2f} s   {found} facts inferred, {megabytes} MB at most",
        flush=True,
    )


def news(number: int, world: int, facts: int = 20) -> tuple[Article, list[Fact], list[Entity]]:
    """An article of invented facts about a world in which things are mostly what they are.

    A person has a country, two occupations, an employer or two, and a group or two; articles say some of that, now and then
    something that nobody else says, and besides what people did. The first things of the world are spoken of in every fifth
    article or so, most in a few; some names belong to two people.
    """
    rng = random.Random(number)

    def index() -> int:
        return int(world * rng.random() ** 2)

    found, text = [], ""
    for i in range(facts):
        who = index()
        # Two people of one name, who have each their own country, work and groups.
        person = named("Person", who - 1 if who % 50 == 1 else who)
        if rng.random() < 0.3:
            relation, kind, values = TRAITS[rng.randrange(len(TRAITS))]
            value = who * 7 + rng.randrange(values) if rng.random() > 0.02 else rng.randrange(1000)
            other = named(kind, value % 97)
        else:
            relation = DEEDS[rng.randrange(len(DEEDS))]
            other = named(rng.choice(("Person", "Company", "Spacecraft", "Place")), index())
        sentence = f"{person.label} {relation} {other.label} in round {i}."
        found.append(
            Fact(
                doc_id=f"article-{number:06}",
                subject=person,
                property_iri=SG + relation,
                object=other,
                confidence=0.8,
                evidence=(Evidence(start=len(text), end=len(text) + len(sentence), text=sentence),),
                rule=relation,
            )
        )
        text += sentence + " "
    return Article(id=f"article-{number:06}", text=text, title=f"Round {number}"), found, []


def named(kind: str, number: int) -> Entity:
    label = f"{kind} Vela {number}"
    return Entity(iri=mint_entity_iri(label), label=label, type=kind, type_iri=SG + kind)


def bench_add(steps: list[int], folder: Path, kept: Path | None) -> None:
    """One article more, in a store that grows, beside the same article in an empty one; in the thread's own time.

    Once in a store that stays open, as in a program, and once in a store opened for it, as by ``spacegraph add``: then the
    engine has to open files and read from them whatever it looks up.
    """
    world = 2 * max(steps)
    numbers = list(range(max(steps) + 9))
    # Articles do not come in the order of their identifiers.
    random.Random(1).shuffle(numbers)
    late: list[Reading] = [news(number, world) for number in numbers[-9:]]
    base = kept or folder
    full, record = base / "full", base / "filled.json"
    filled = (
        json.loads(record.read_text(encoding="utf-8"))
        if record.is_file()
        else {"articles": 0, "world": world}
    )
    done, filling = filled["articles"], 0.0
    if filled["world"] != world or done > max(steps):
        sys.exit(
            f"{base} was filled for another number of articles; give --articles as then, or another --store."
        )
    print("milliseconds of the thread, and their ratio: median of nine (mean)")
    print(f"{'':18} {'store open':>43} {'store just opened':>43} {'opening':>8}")
    print(f"{'articles':>8} {'fill, s':>9}" + f" {'one more':>14} {'first':>14} {'ratio':>13}" * 2)
    for step in steps:
        if step < done:
            continue
        begun = time.process_time()
        with ArticleStore.open(full, create=True) as store:
            store.add_many(news(number, world) for number in numbers[done:step])
        filling += time.process_time() - begun
        done = step
        record.write_text(json.dumps({"articles": done, "world": world}), encoding="utf-8")
        cells = [f"{step:8} {filling:9.1f}"]
        for opened in (False, True):
            more, empty, opening = _one_more(full, folder / f"empty-{step}-{opened}", late, opened=opened)
            cells.append(
                f"{_middle(more)} {_middle(empty)} {median(more) / median(empty):5.2f}× ({mean(more) / mean(empty):4.2f})"
            )
        print(" ".join(cells), f"{median(opening) * 1000:8.1f}", flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        disk = sum(f.stat().st_size for f in full.rglob("*") if f.is_file()) >> 20
        print(f"{'':8} at most {peak} MB in memory, {disk} MB on disk", flush=True)


def _one_more(
    full: Path, empty: Path, late: list[Reading], *, opened: bool
) -> tuple[list[float], list[float], list[float]]:
    """Seconds for adding each of some articles alone to a full store and to an empty one, and for opening the full one.

    The two take turns, so that whatever else the machine does strikes both alike; each article is taken out again.

    Args:
        full: The full store.
        empty: Where empty stores are made.
        late: The articles.
        opened: Whether the full store is opened for each.
    """
    more, first, opening = [], [], []
    for part in [[new] for new in late] if opened else [late]:
        begun = time.thread_time()
        with ArticleStore.open(full) as store:
            opening.append(time.thread_time() - begun)
            for new in part:
                more.append(spent(lambda new=new, store=store: store.add(*new)))  # type: ignore[misc]
                store.remove(new[0].id)
                with ArticleStore.open(empty / str(len(more)), create=True) as other:
                    first.append(spent(lambda new=new, other=other: other.add(*new)))  # type: ignore[misc]
    return more, first, opening


def _middle(seconds: list[float]) -> str:
    return f"{median(seconds) * 1000:6.1f} ({mean(seconds) * 1000:5.1f})"


def bench_serve(kg: KnowledgeGraph, folder: Path, seconds: float = 3.0, clients: int = 16) -> None:
    path = folder / "serve.nt"
    kg.export(path)
    common = [f.subject.iri for f in kg.facts[:200]]
    oxigraph = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or "oxigraph"
    subprocess.run(
        [oxigraph, "load", "--location", str(folder / "ox"), "--file", str(path)],
        check=True,
        capture_output=True,
    )

    def ours(cache: int) -> list[str]:
        script = f"from spacegraph.server import Settings, serve\nserve({str(path)!r}, port=7981, settings=Settings(cache_bytes={cache}))"
        return [sys.executable, "-c", script]

    other = [oxigraph, "serve-read-only", "--location", str(folder / "ox"), "--bind", "127.0.0.1:7982"]
    sides = {
        "answers remembered": (ours(Settings().cache_bytes), 7981, "/sparql"),
        "no answer remembered": (ours(0), 7981, "/sparql"),
        "oxigraph": (other, 7982, "/query"),
    }
    rates: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(3):
        for side, (command, port, address) in sides.items():
            process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            try:
                rates[side].append(asyncio.run(_rate(port, address, common, seconds, clients)))
            finally:
                process.terminate()
                process.wait(20)
    against = max(rates.pop("oxigraph"))
    for side, found in rates.items():
        print(
            f"{f'lookups a second, {clients} clients':34} {max(found):10.0f}     {against:10.0f}     {max(found) / against:7.2f}×  (oxigraph server; {side})",
            flush=True,
        )


async def _rate(port: int, address: str, things: list[str], seconds: float, clients: int) -> float:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            break
        except OSError:
            await asyncio.sleep(0.1)
    requests = [_request(address, iri) for iri in things]
    end = time.perf_counter() + seconds
    counts = await asyncio.gather(*(_client(port, requests, end, i) for i in range(clients)))
    return sum(counts) / seconds


def _request(address: str, iri: str) -> bytes:
    query = urllib.parse.quote(
        f"PREFIX rdf: <{PREFIXES['rdf']}> SELECT ?s {{ ?s rdf:subject <{iri}> }} LIMIT 5"
    )
    return f"GET {address}?query={query} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sparql-results+json\r\n\r\n".encode()


async def _client(port: int, requests: list[bytes], end: float, number: int) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    while time.perf_counter() < end:
        writer.write(requests[(number * 7 + count) % len(requests)])
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(head.decode())
        if b"content-length:" in head:
            await reader.readexactly(int(head.partition(b"content-length:")[2].partition(b"\r\n")[0]))
        else:
            while (size := int((await reader.readline()).strip() or b"0", 16)) > 0:
                await reader.readexactly(size + 2)
            await reader.readline()
        count += 1
    writer.close()
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--triples", type=int, default=1_000_000)
    parser.add_argument("--small", type=int, default=100_000, help="triples where rdflib takes part")
    parser.add_argument(
        "--articles", default="100,1000,10000", help="articles in the store when one more is added"
    )
    parser.add_argument(
        "--store", type=Path, help="directory where the filled store is kept, and taken up again where it was"
    )
    parser.add_argument("--only", default="load,queries,turtle,rules,serve,add")
    options = parser.parse_args()
    wanted = options.only.split(",")
    if wanted != ["add"]:
        articles, facts = graph_of(options.triples)
        begun = time.perf_counter()
        kg = KnowledgeGraph.from_facts(facts, articles=articles)
        print(json.dumps({"facts": len(kg.facts), "triples": kg.ntriples().count(b"\n"), "facts to graph, s": round(time.perf_counter() - begun, 2)}))  # fmt: skip
        print(f"{'':34} {'ours':>14} {'other':>14} {'ratio':>8}")
        small = graph_of(options.small)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "load" in wanted:
            bench_load(kg, folder)
        if "queries" in wanted:
            bench_queries(kg, KnowledgeGraph.from_facts(small[1], articles=small[0]), folder)
        if "turtle" in wanted:
            bench_turtle(articles, facts, small, folder)
        if "rules" in wanted:
            bench_rules(kg, folder)
        if "serve" in wanted:
            bench_serve(kg, folder)
        if "add" in wanted:
            bench_add([int(step) for step in options.articles.split(",")], folder, options.store)
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
