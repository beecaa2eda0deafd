"""Files from elsewhere: relative IRIs, packed files, and files that are made to bring the reader down."""

from __future__ import annotations

import gzip
import sys
from typing import TYPE_CHECKING

import networkx as nx
import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from spacegraph.cli import cli, main
from spacegraph.errors import OntologyError, OntologySyntaxError, StoreError
from spacegraph.graph import KnowledgeGraph
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Entity, Evidence, Fact
from spacegraph.rdf_files import MAX_DEPTH, refuse_dangers
from spacegraph.rdf_ontology import load_ontology
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from pathlib import Path

RELATIVE = {
    "a.ttl": "<> <urn:p> <other> . <#me> <urn:p> <sub/b> .",
    "a.trig": "{ <> <urn:p> <other> . <#me> <urn:p> <sub/b> }",
    "a.n3": "<> <urn:p> <other> . <#me> <urn:p> <sub/b> .",
    "a.jsonld": '[{"@id": "", "urn:p": {"@id": "other"}}, {"@id": "#me", "urn:p": {"@id": "sub/b"}}]',
    "a.rdf": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:">'
    '<rdf:Description rdf:about=""><x:p rdf:resource="other"/></rdf:Description>'
    '<rdf:Description rdf:ID="me"><x:p rdf:resource="sub/b"/></rdf:Description></rdf:RDF>',
}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", sorted(RELATIVE))
def test_relative_iris_are_relative_to_the_file(tmp_path: Path, name: str, packed: bool) -> None:
    path = tmp_path / (f"{name}.gz" if packed else name)
    text = RELATIVE[name].encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    found = set(KnowledgeGraph.load(path).query("SELECT ?s ?o { ?s <urn:p> ?o }").rows)
    here = path.as_uri()
    beside = tmp_path.as_uri()
    assert found == {(here, f"{beside}/other"), (f"{here}#me", f"{beside}/sub/b")}


def test_an_ontology_may_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "sea.ttl.gz"
    path.write_bytes(gzip.compress(b"<#Ship> a <http://www.w3.org/2002/07/owl#Class> ."))
    assert load_ontology(path).classes["Ship"].iri == f"{path.as_uri()}#Ship"
    assert load_ontology(tmp_path).classes.keys() == {"Ship"}


def _xml(entities: str, value: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        f'xmlns:x="urn:"><rdf:Description rdf:about="urn:a"><x:p>{value}</x:p></rdf:Description></rdf:RDF>'
    )


_BOMB = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(8))
ATTACKS = {
    "deep.jsonld": '{"urn:p": ' * 5000 + '"x"' + "}" * 5000,
    "list.jsonld": '{"urn:p": ' + '{"@list": [' * 5000 + "]}" * 5000 + "}",
    "open.jsonld": "[" * 5000,
    "deep.rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:">'
    + "<rdf:Description><x:p>" * 5000
    + "</x:p></rdf:Description>" * 5000
    + "</rdf:RDF>",
    "laughs.rdf": _xml(f'<!ENTITY a0 "ha ha ha ha ha">{_BOMB}', "&a8;"),
    "long.owl": _xml(f'<!ENTITY a "{"a" * 100_000}">', "&a;" * 500),
    "terms.nt": "<urn:a> <urn:p> " + "<<( <urn:a> <urn:p> " * 100_000 + '"x"' + " )>>" * 100_000 + " .",
    "terms.ttl": "<urn:a> <urn:p> " + "<<(<urn:a> <urn:p> " * 100_000 + '"x"' + ")>>" * 100_000 + " .",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_what_would_bring_the_parser_down_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ATTACKS[name], "utf-8")
    with pytest.raises(StoreError, match=r"not valid .*\.$"):
        KnowledgeGraph.load(path)
    with pytest.raises(OntologySyntaxError, match=r"not valid .*\.$"):
        load_ontology(path)


def test_a_packed_file_that_is_all_air_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacegraph.rdf_files.MIN_UNPACKED", 1_000_000)
    path = tmp_path / "air.ttl.gz"
    path.write_bytes(gzip.compress(b" " * 30_000_000))
    with pytest.raises(StoreError, match="bytes hold more than"):
        KnowledgeGraph.load(path)


def test_a_damaged_packed_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl.gz"
    path.write_bytes(gzip.compress(b"<urn:a> <urn:b> <urn:c> .")[:-9])
    with pytest.raises(StoreError, match="damaged"):
        KnowledgeGraph.load(path)
    path.write_bytes(b"<urn:a> <urn:b> <urn:c> .")
    with pytest.raises(OntologyError, match="no gzip file"):
        load_ontology(path)


def test_entities_for_namespaces_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sea.owl"
    path.write_text(_xml('<!ENTITY sea "http://example.org/sea#">', "&sea;Ship " * 2000), "utf-8")
    (row,) = KnowledgeGraph.load(path).query("SELECT ?o { ?s ?p ?o }").rows
    assert row[0] == "http://example.org/sea#Ship " * 2000


@given(st.integers(1, 2 * MAX_DEPTH), st.sampled_from(['"[[[["', '"\\"[["', "1"]))
def test_depth_is_that_of_brackets_and_not_of_strings(depth: int, inside: str) -> None:
    text = ("[" * depth + ",".join([inside] * 50) + "]" * depth).encode()
    if depth > MAX_DEPTH:
        with pytest.raises(SyntaxError, match=f"more than {MAX_DEPTH} deep"):
            refuse_dangers(text, ox.RdfFormat.JSON_LD)
    else:
        refuse_dangers(text, ox.RdfFormat.JSON_LD)


# What an ontology may have read

OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> . <#A> a owl:Class . <> owl:imports "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("topsecret of Vela Works\n", "utf-8")
    (tmp_path / "secret.ttl").write_text("topsecret of Vela Works\n", "utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.ttl").symlink_to(tmp_path / "secret.ttl")
    (inside / "words.ttl").write_text("topsecret of Vela Works\n", "utf-8")
    (inside / "bytes.ttl").write_bytes(b"<urn:topsecret\xff> .")
    return inside


@pytest.mark.parametrize(
    ("imported", "said"),
    [
        ("<../secret.txt>", "not in its folder"),
        ("<link.ttl>", "not in its folder"),
        ("<file:///etc/hostname>", "not in its folder"),
        ("<file:///no/such/file>", "not in its folder"),
        (f"<{'x' * 5000}.ttl>", "not there"),
        ("<words.ttl>", "line 1"),
        ("<bytes.ttl>", "not valid|cannot be read"),
    ],
)
def test_an_ontology_imports_only_what_is_beside_it_and_tells_none_of_it(
    folder: Path, imported: str, said: str
) -> None:
    (folder / "a.ttl").write_text(f"{OWL} {imported} .", "utf-8")
    with pytest.raises(OntologyError, match=said) as caught:
        load_ontology(folder / "a.ttl")
    assert "topsecret" not in str(caught.value)


def test_what_is_named_may_be_anywhere(folder: Path) -> None:
    (folder / "a.ttl").write_text(f"{OWL} <../b.ttl> .", "utf-8")
    (folder.parent / "b.ttl").write_text(OWL.replace("#A", "#B") + "<inside/a.ttl> .", "utf-8")
    assert set(load_ontology(folder / "a.ttl", folder.parent / "b.ttl").classes) == {"A", "B"}


def test_the_commands_take_packed_graphs(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl.gz"
    path.write_bytes(gzip.compress(b'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Vela" .'))
    found = CliRunner().invoke(cli, ["query", str(path), "SELECT ?n { ?x rdfs:label ?n }", "--format", "csv"])
    assert found.output.split() == ["n", "Vela"]
    out = tmp_path / "graph.nt.gz"
    made = CliRunner().invoke(cli, ["export", str(path), "-o", str(out)])
    assert made.exit_code == 0, made.output
    assert (
        gzip.decompress(out.read_bytes())
        == b'<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "Vela" .\n'
    )


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_a_graph_of_somebody_else_is_a_network(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sea.ttl"
    path.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        '<#a> rdfs:label "Ann Lee"@en ; <#met> <#b> , [ <#met> <#a> ] ; <#said> "hallo"@de , 7 , "x"^^<#odd> . <#b> a <#Ship> .',
        "utf-8",
    )
    out = tmp_path / f"sea.{name}"
    KnowledgeGraph.load(path).export(out)
    graph = (nx.read_graphml if name == "graphml" else nx.read_gexf)(out)
    assert {data["label"] for _, data in graph.nodes(data=True)} >= {"Ann Lee", "b", "hallo", "7", "x"}
    assert graph.number_of_edges() == 6


# What reaches the terminal

LABEL = "\x1b]0;Vela\x07\x1b[2J\x9b31m\u202eWorks"


@pytest.fixture
def commanding(tmp_path: Path) -> Path:
    one, other = (
        Entity(iri=mint_entity_iri(name), label=name, type="Person", type_iri=SG + "Person")
        for name in (LABEL, "Ann Lee")
    )
    words = (Evidence(start=0, end=len(LABEL), text=LABEL),)
    path = tmp_path / "graph.ttl"
    KnowledgeGraph.from_facts(
        [Fact(doc_id="a", subject=one, property_iri=SG + "met", object=other, evidence=words)]
    ).export(path)
    return path


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("query", "things"), "\\x1b]0;Vela"),
        (("query", "things", "--format", "markdown"), "\\x1b"),
        (("explain", "Ann Lee"), "\\x1b]0;Vela"),
        (("explain", "Ann\x1b[2J"), "\\x1b[2J"),
    ],
)
def test_labels_do_not_command_the_terminal(
    commanding: Path, capsys: pytest.CaptureFixture[str], command: tuple[str, ...], shown: str
) -> None:
    with pytest.raises(SystemExit):
        main([command[0], str(commanding), *command[1:]])
    captured = capsys.readouterr()
    assert shown in captured.out + captured.err
    assert not [c for c in captured.out + captured.err if c != "\n" and not c.isprintable()]


@pytest.mark.parametrize("format_", ["csv", "tsv", "json", "xml"])
def test_data_are_as_they_are_but_on_a_terminal(
    commanding: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    texts = []
    for terminal in (False, True):
        monkeypatch.setattr(sys.stdout, "isatty", lambda terminal=terminal: terminal, raising=False)
        with pytest.raises(SystemExit):
            main(["query", str(commanding), "things", "--format", format_])
        texts.append(capsys.readouterr().out)
    assert "\u202e" in texts[0]
    assert not [c for c in texts[1] if c not in "\r\n\t" and not c.isprintable()]


@pytest.mark.parametrize("command", [("infer",), ("export",), ("check", "--shacl")])
def test_graphs_are_written_harmlessly_on_a_terminal(
    commanding: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(SystemExit):
        main([command[0], str(commanding), *command[1:]])
    assert not [c for c in capsys.readouterr().out if c not in "\r\n\t" and not c.isprintable()]
