"""What Gephi and Neo4j's importer ask of the files that they open, checked without them.

The rules are those of GEXF 1.2's schema as far as we write it, and of the header of ``neo4j-admin database import full``.
"""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from spacegraph.errors import ExportError
from spacegraph.graph import KnowledgeGraph
from spacegraph.graph.rdf.serialising import rdfxml_of
from spacegraph.model import Entity, Fact
from spacegraph.vocab import SG
from strategies import articles, facts

if TYPE_CHECKING:
    from pathlib import Path

    from spacegraph.model import Article

_GEXF = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.gexf.net/1.2draft"
           targetNamespace="http://www.gexf.net/1.2draft" elementFormDefault="qualified">
  <xs:simpleType name="type"><xs:restriction base="xs:string">
    <xs:enumeration value="integer"/><xs:enumeration value="long"/><xs:enumeration value="float"/><xs:enumeration value="double"/>
    <xs:enumeration value="boolean"/><xs:enumeration value="liststring"/><xs:enumeration value="string"/><xs:enumeration value="anyURI"/>
  </xs:restriction></xs:simpleType>
  <xs:simpleType name="mode"><xs:restriction base="xs:string"><xs:enumeration value="static"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="class"><xs:restriction base="xs:string"><xs:enumeration value="node"/><xs:enumeration value="edge"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="edges"><xs:restriction base="xs:string"><xs:enumeration value="directed"/></xs:restriction></xs:simpleType>
  <xs:complexType name="values"><xs:sequence><xs:element name="attvalue" maxOccurs="unbounded"><xs:complexType>
    <xs:attribute name="for" type="xs:string" use="required"/><xs:attribute name="value" type="xs:string" use="required"/>
  </xs:complexType></xs:element></xs:sequence></xs:complexType>
  <xs:element name="gexf"><xs:complexType><xs:sequence>
    <xs:element name="meta" minOccurs="0"><xs:complexType><xs:all>
      <xs:element name="creator" type="xs:string" minOccurs="0"/><xs:element name="description" type="xs:string" minOccurs="0"/>
    </xs:all><xs:attribute name="lastmodifieddate" type="xs:date"/></xs:complexType></xs:element>
    <xs:element name="graph"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="attributes"><xs:complexType><xs:sequence>
        <xs:element name="attribute" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="id" type="xs:string" use="required"/><xs:attribute name="title" type="xs:string" use="required"/>
          <xs:attribute name="type" type="type" use="required"/></xs:complexType></xs:element>
      </xs:sequence><xs:attribute name="class" type="class" use="required"/><xs:attribute name="mode" type="mode"/></xs:complexType></xs:element>
      <xs:element name="nodes"><xs:complexType><xs:sequence>
        <xs:element name="node" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="attvalues" type="values" minOccurs="0"/></xs:sequence>
          <xs:attribute name="id" type="xs:string" use="required"/><xs:attribute name="label" type="xs:token"/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="edges"><xs:complexType><xs:sequence>
        <xs:element name="edge" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
          <xs:element name="attvalues" type="values" minOccurs="0"/></xs:sequence>
          <xs:attribute name="id" type="xs:string" use="required"/><xs:attribute name="source" type="xs:string" use="required"/>
          <xs:attribute name="target" type="xs:string" use="required"/><xs:attribute name="label" type="xs:token"/>
          <xs:attribute name="type" type="edges"/><xs:attribute name="weight" type="xs:float"/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
    </xs:choice><xs:attribute name="defaultedgetype" type="edges"/><xs:attribute name="mode" type="mode"/></xs:complexType></xs:element>
  </xs:sequence><xs:attribute name="version" type="xs:string" use="required"/></xs:complexType></xs:element>
</xs:schema>
"""
SCHEMA = etree.XMLSchema(etree.fromstring(_GEXF))
G = "{http://www.gexf.net/1.2draft}"


@st.composite
def graphs(draw: st.DrawFn) -> KnowledgeGraph:
    article: Article = draw(articles(doc_id="a"))
    found: list[Fact] = draw(st.lists(facts(article), min_size=1, max_size=4))
    return KnowledgeGraph.from_facts(found, articles=[article])


def gephi_takes(data: str) -> None:
    root = etree.fromstring(data.encode())
    SCHEMA.assertValid(root)
    # What the schema does not say, and an importer needs: that identifiers are single, and lead somewhere.
    nodes = [node.get("id") for node in root.iter(G + "node")]
    assert len(set(nodes)) == len(nodes)
    edges = list(root.iter(G + "edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(nodes)
    types = {a.get("id"): a.get("type") for a in root.iter(G + "attribute")}
    for value in root.iter(G + "attvalue"):
        kind, text = types[value.get("for")], value.get("value")
        if kind == "double":
            float(text)
        if kind == "boolean":
            assert text in ("true", "false")


_COLUMN = re.compile(r"(?P<name>[^:{}()]*)(:(?P<type>\w+(\[\])?)(\((?P<group>\w+)\))?)?")
_SCALARS = {"int", "long", "float", "double", "boolean", "byte", "short", "char", "string"}


def neo4j_takes(files: dict[str, str]) -> None:
    """Reads both files as the importer reads them: a line is a record, and the header says what each field is."""
    ids: list[str] = []
    for name, needed in (("nodes.csv", {"ID"}), ("relationships.csv", {"START_ID", "END_ID", "TYPE"})):
        head, *lines = files[name].removesuffix("\n").split("\n")
        columns = []
        for column in head.split(","):
            found = _COLUMN.fullmatch(column)
            assert found, column
            columns.append((found["name"], found["type"] or "string"))
        kinds = [kind for _, kind in columns if kind not in _SCALARS and not kind.endswith("[]")]
        assert set(kinds) - {"LABEL"} == needed
        assert len(set(kinds)) == len(kinds)
        named = [column for column, _ in columns if column]
        assert len(set(named)) == len(named)
        assert all(kind.removesuffix("[]") in _SCALARS for column, kind in columns if column and kind != "ID")
        for line in lines:
            assert "\r" not in line
            rows = list(csv.reader([line], strict=True))
            assert len(rows) == 1
            assert len(rows[0]) == len(columns), line
            for (_, kind), value in zip(columns, rows[0], strict=True):
                if kind in ("ID", "START_ID", "END_ID", "TYPE"):
                    assert value
                if kind == "ID":
                    ids.append(value)
                if kind in ("START_ID", "END_ID"):
                    assert value in ids
                if kind == "LABEL":
                    assert all(value.split(";"))
                if kind == "double":
                    float(value)
                if kind == "boolean":
                    assert value in ("true", "false")
    assert len(set(ids)) == len(ids)


def exported(kg: KnowledgeGraph, folder: Path, *, only_facts: bool) -> dict[str, str]:
    kg.export(folder, "neo4j", only_facts=only_facts)
    return {path.name: path.read_bytes().decode() for path in folder.iterdir()}


@pytest.mark.parametrize("only_facts", [False, True])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(graphs())
def test_gephi_and_neo4j_take_what_we_write(tmp_path: Path, only_facts: bool, kg: KnowledgeGraph) -> None:
    text = kg.export(None, "gexf", only_facts=only_facts)
    assert isinstance(text, str)
    gephi_takes(text)
    neo4j_takes(exported(kg, tmp_path / "neo", only_facts=only_facts))


def test_what_divides_an_array_of_neo4j_stands_in_none_of_its_values(tmp_path: Path) -> None:
    vela = Entity(
        iri="https://e.example/v", label="Vela", type="Odd;Class", aliases=("a;b", "c"), same_as=("https://e.example/x;y", "https://e.example/z")
    )  # fmt: skip
    kg = KnowledgeGraph.from_facts([Fact(doc_id="a", subject=vela, property_iri=SG + "met", object=vela)])
    files = exported(kg, tmp_path / "neo", only_facts=False)
    neo4j_takes(files)
    (row,) = csv.DictReader(files["nodes.csv"].splitlines())
    assert len(row["aliases:string[]"].split(";")) == 2
    assert len(row["sameAs:string[]"].split(";")) == 2
    assert len(row[":LABEL"].split(";")) == 2


def test_a_file_that_the_rules_forbid_is_noticed() -> None:
    with pytest.raises(etree.DocumentInvalid):
        gephi_takes('<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph name="x"/></gexf>')
    head = ":START_ID,:END_ID,:TYPE\n"
    with pytest.raises(AssertionError):
        neo4j_takes({"nodes.csv": "iri:ID,label\na,b\n", "relationships.csv": head + "a,gone,met\n"})
    with pytest.raises(AssertionError):
        neo4j_takes({"nodes.csv": "iri:ID,age:number\na,1\n", "relationships.csv": head})


@pytest.mark.parametrize("end", ["5", "a(b)", "", "×", "\u4a91"])
def test_a_property_that_xml_has_no_name_for_is_refused_in_a_sentence(end: str) -> None:
    line = f'<https://e.example/s> <https://e.example/{end}> "x" .'.encode()
    with pytest.raises(ExportError, match="RDF/XML cannot hold the property"):
        rdfxml_of([line])
    etree.fromstring(rdfxml_of([line.replace(f"/{end}>".encode(), b"/_5a>")]))
