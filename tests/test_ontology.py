from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacegraph import vocab
from spacegraph.errors import OntologyError, OntologySyntaxError, UnknownTermError
from spacegraph.ontology import Ontology, default_path, words_of_name
from spacegraph.rdf_ontology import load_ontology, merge_ontologies

ROOT = Path(__file__).resolve().parent.parent
PREFIXES = """
@prefix : <http://example.org/sea#> .
@prefix other: <http://example.org/air#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sg: <https://w3id.org/spacegraph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ontology_of(folder: Path, text: str, name: str = "sea.ttl") -> Ontology:
    path = folder / name
    path.write_text(PREFIXES + text, "utf-8")
    return load_ontology(path)


def built_in() -> Ontology:
    return load_ontology()


# The built-in ontology


def test_built_in_terms_are_described() -> None:
    for cls in built_in().classes.values():
        assert cls.label, cls.iri
        assert cls.definition, cls.iri
    for prop in built_in().properties.values():
        assert prop.label, prop.iri
        assert prop.definition, prop.iri


def test_built_in_properties_have_domain_range_and_example() -> None:
    for prop in built_in().properties.values():
        assert prop.domains, prop.name
        assert prop.ranges, prop.name
        assert prop.example, prop.name


def test_vocabulary_terms_are_defined_in_the_ontology() -> None:
    text = default_path("spacegraph.ttl").read_text("utf-8")
    terms = {
        value.removeprefix(vocab.SG)
        for name, value in vars(vocab).items()
        if name.isupper() and isinstance(value, str) and value.startswith(vocab.SG) and value != vocab.SG
    }
    assert len(terms) > 10
    for term in sorted(terms):
        assert re.search(rf"^sg:{term} a ", text, re.MULTILINE), term


def test_only_the_vocabulary_module_spells_our_terms() -> None:
    for path in sorted((ROOT / "src").rglob("*.py")):
        if path.name != "vocab.py":
            assert vocab.SG not in path.read_text("utf-8"), path


def test_known_entities_have_names_aliases_and_demonyms() -> None:
    gazetteer = built_in().gazetteer()
    assert gazetteer.names["NASA"][0].cls == "SpaceAgency"
    assert (
        gazetteer.names["NASA"][0].label
        == gazetteer.names["National Aeronautics and Space Administration"][0].label
    )
    assert gazetteer.demonyms["Italians"].label == "Italy"
    assert gazetteer.names["Dragon"][0].ambiguous
    assert not gazetteer.names["Crew Dragon"][0].ambiguous


def test_occupations_and_offices_are_roles_and_their_nouns_denote_people() -> None:
    ontology = built_in()
    astronaut = ontology.role("astronaut")
    assert astronaut is not None
    assert astronaut.type == "Occupation"
    ceo = ontology.role("ceo")
    assert ceo is not None
    assert ceo.label == "chief executive"
    noun = ontology.gazetteer().nouns["astronaut"]
    assert (noun.type, noun.cls, noun.role) == ("PERSON", "Person", True)
    assert "astronaut" not in ontology.gazetteer().names


def test_classes_inherit() -> None:
    ontology = built_in()
    assert ontology.is_a("SpaceStation", "Artefact")
    assert not ontology.is_a("Artefact", "SpaceStation")
    assert ontology.is_a("Country", "Agent")
    assert ontology.is_a("Country", "Place")
    assert ontology.is_a("Nothing at all", "Thing")
    assert ontology.superclasses("Capsule")[0] == "Spacecraft"


def test_disjoint_classes_share_no_subclass() -> None:
    """The ontology reasons without contradiction: no class lies below two that exclude each other."""
    import rdflib
    from rdflib.collection import Collection
    from rdflib.namespace import OWL

    ontology = built_in()
    graph = rdflib.Graph().parse(default_path("spacegraph.ttl"))
    groups = list(graph.objects(None, OWL.members))
    assert groups
    for group in groups:
        names = [str(member).rpartition("#")[2] for member in Collection(graph, group)]
        for cls in ontology.classes:
            above = [name for name in names if ontology.is_a(cls, name)]
            assert len(above) <= 1, (cls, above)


def test_known_entities_belong_to_no_two_disjoint_classes() -> None:
    ontology = built_in()
    for entity in ontology.entities.values():
        assert entity.type in ontology.classes, entity
        assert not (ontology.is_a(entity.type, "Person") and ontology.is_a(entity.type, "Organisation"))


def test_ontology_conforms_to_its_own_shapes() -> None:
    import rdflib
    from pyshacl import validate

    data = rdflib.Graph()
    for name in ("spacegraph.ttl", "entities.ttl"):
        data.parse(default_path(name))
    # Of the lexicon's many entries a part stands for all: they are written in one form.
    lexicon = rdflib.Graph().parse(default_path("lexicon.ttl"))
    senses = rdflib.URIRef("http://www.w3.org/ns/lemon/synsem#OntoMap")
    for sense in sorted(lexicon.subjects(rdflib.RDF.type, senses), key=str)[:250]:
        for triple in lexicon.triples((sense, None, None)):
            data.add(triple)
    shapes = rdflib.Graph().parse(default_path("shapes.ttl"))
    shapes.remove((rdflib.URIRef("https://w3id.org/spacegraph/shape#LexicalEntry"), None, None))
    conforms, _, text = validate(data, shacl_graph=shapes)
    assert conforms, text


STATEMENT = """
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix sg: <https://w3id.org/spacegraph/ontology#> .
:article a schema:NewsArticle .
:lee a sg:Person ; rdfs:label "Ann Lee" .
:s a sg:Statement ; rdf:subject :lee ; rdf:predicate sg:knows ; rdf:object "something" ;
    sg:factuality sg:Asserted ; sg:confidence 0.9 ; prov:wasDerivedFrom :e ;
    prov:hadPrimarySource :article .
:e a oa:SpecificResource ; oa:hasSource :article ; oa:hasSelector :p, :q .
:p a oa:TextPositionSelector ; oa:start 3 ; oa:end 9 .
:q a oa:TextQuoteSelector ; oa:exact "knew it" .
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("", "", ""),
        ("sg:confidence 0.9", "sg:confidence 1.9", "from 0 to 1"),
        ("sg:factuality sg:Asserted", "sg:factuality sg:Perhaps", "sg:factuality"),
        ("sg:factuality sg:Asserted ;", "", "sg:factuality"),
        ("; prov:wasDerivedFrom :e", "", "needs evidence"),
        ('; rdfs:label "Ann Lee"', "", "rdfs:label"),
        ("prov:wasDerivedFrom :e", "prov:wasDerivedFrom :lee", "needs evidence"),
        ("prov:hadPrimarySource :article", "prov:hadPrimarySource :lee", "schema:NewsArticle"),
        (" ;\n    prov:hadPrimarySource :article", "", "prov:hadPrimarySource"),
        (":p, :q", ":p", "oa:TextQuoteSelector"),
        (":p, :q", ":q", "oa:TextPositionSelector"),
        ("oa:start 3", "oa:start 30", "oa:start"),
        ("rdf:object", "rdf:object 7, ", "exactly one rdf:object"),
    ],
)
def test_shapes_tell_what_is_wrong_with_a_graph_of_statements(old: str, new: str, says: str) -> None:
    import rdflib
    from pyshacl import validate

    assert old in STATEMENT
    data = rdflib.Graph().parse(
        data=PREFIXES + (STATEMENT.replace(old, new) if old else STATEMENT), format="turtle"
    )
    conforms, _, text = validate(data, shacl_graph=rdflib.Graph().parse(default_path("shapes.ttl")))
    assert conforms is (not old)
    assert says in text


# Other people's ontologies


def test_foreign_ontology_of_any_namespace(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :Ship a owl:Class ; rdfs:label "ship"@en, "Schiff"@de ; skos:altLabel "vessel" ; rdfs:comment "Floats." .
        :Tug a owl:Class ; rdfs:subClassOf :Ship .
        :towedBy a owl:ObjectProperty ; rdfs:label "towed by"@en ; rdfs:domain :Ship ; rdfs:range :Tug .
        :lengthInMetres a owl:DatatypeProperty ; rdfs:domain :Ship ; rdfs:range xsd:decimal .
        :marlin a :Tug ; rdfs:label "Marlin" .
        """,
    )
    assert list(ontology.classes) == ["Ship", "Tug"]
    assert ontology.classes["Ship"].label == "ship"
    assert ontology.classes["Ship"].nouns == ("ship", "vessel")
    towed = ontology.get_property("towed by")
    assert (towed.iri, towed.domains, towed.ranges) == ("http://example.org/sea#towedBy", ("Ship",), ("Tug",))
    length = ontology.get_property("http://example.org/sea#lengthInMetres")
    assert length.is_datatype
    assert length.label == "length in metres"
    assert ontology.gazetteer().names["Marlin"][0].cls == "Tug"
    assert ontology.gazetteer().nouns["tug"].cls == "Tug"
    assert ontology.class_iri("Tug") == "http://example.org/sea#Tug"


def test_two_terms_of_one_local_name_are_both_there(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        ":length a owl:DatatypeProperty ; rdfs:range xsd:decimal . other:length a owl:ObjectProperty .",
    )
    assert list(ontology.properties) == ["length", "length_2"]
    one = ontology.find_property("http://example.org/sea#length")
    two = ontology.find_property("http://example.org/air#length")
    assert one is not None
    assert two is not None
    assert (one.name, one.is_datatype, two.name, two.is_datatype) == ("length", True, "length_2", False)


def test_cycles_do_no_harm(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :A a owl:Class ; rdfs:subClassOf :B . :B a owl:Class ; rdfs:subClassOf :C . :C a owl:Class ; rdfs:subClassOf :A .
        :p a rdf:Property ; rdfs:subPropertyOf :q . :q a rdf:Property ; rdfs:subPropertyOf :p ; rdfs:domain :A .
        :U a owl:Class ; owl:unionOf ( :A :U ) . :r a owl:ObjectProperty ; rdfs:domain :U .
        """,
    )
    assert ontology.is_a("A", "C")
    assert ontology.is_a("C", "B")
    assert ontology.properties["p"].domains == ("A",)
    assert "A" in ontology.properties["r"].domains


def test_missing_domain_and_range_come_from_the_superproperty_or_stay_open(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :touches a owl:ObjectProperty ; rdfs:domain :Ship ; rdfs:range :Port .
        :moorsAt a owl:ObjectProperty ; rdfs:subPropertyOf :touches .
        :likes a owl:ObjectProperty .
        """,
    )
    assert ontology.properties["moorsAt"].domains == ("Ship",)
    assert ontology.properties["moorsAt"].ranges == ("Port",)
    assert ontology.properties["likes"].domains == ()
    assert list(ontology.classes) == ["Ship", "Port"]


@pytest.mark.parametrize(
    ("declared", "datatype"),
    [
        (":formationDate a rdf:Property .", "date"),
        (":formationDate a owl:ObjectProperty .", "date"),
        (':P12 a rdf:Property ; rdfs:label "date of launch" .', "date"),
        (":sailingDate a rdf:Property ; rdfs:range rdfs:Literal .", "date"),
        (":yearOfLaunch a owl:DatatypeProperty .", "gYear"),
        (":began a rdf:Property ; owl:equivalentProperty schema:startDate .", "date"),
        (":began a rdf:Property . :start a rdf:Property ; rdfs:range xsd:gYear ; owl:equivalentProperty :began .", "gYear"),
        (":number_of_crew a rdf:Property .", "decimal"),
        (":shipName a rdf:Property .", "string"),
        (":builtOn a rdf:Property ; rdfs:subPropertyOf :when . :when a rdf:Property ; rdfs:range xsd:date .", "date"),
    ],
)  # fmt: skip
def test_what_a_property_without_a_range_takes_is_in_its_name_or_its_equivalent(
    tmp_path: Path, declared: str, datatype: str
) -> None:
    found = next(iter(ontology_of(tmp_path, declared).properties.values()))
    assert found.is_datatype
    assert found.ranges == (vocab.XSD + datatype,)


@pytest.mark.parametrize(
    ("declared", "ranges"),
    [
        (":date a owl:ObjectProperty ; rdfs:range :Ship .", ("Ship",)),
        (":candidate a rdf:Property .", ()),
        (":meetsInYearOfPlenty a rdf:Property .", ()),
        (":time a owl:ObjectProperty .", ()),
        (
            ":hails a rdf:Property ; owl:equivalentProperty :calls . :calls a rdf:Property ; rdfs:range :Ship .",
            ("Ship",),
        ),
    ],
)
def test_properties_between_things_stay_so(tmp_path: Path, declared: str, ranges: tuple[str, ...]) -> None:
    found = next(iter(ontology_of(tmp_path, declared).properties.values()))
    assert (found.is_datatype, found.ranges) == (False, ranges)


def test_union_domains_and_schema_org_includes(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :p a owl:ObjectProperty ; rdfs:domain [ owl:unionOf ( :A [ owl:unionOf ( :B :C ) ] ) ] ; rdfs:range owl:Thing .
        :q a rdf:Property ; schema:domainIncludes :A, :B ; schema:rangeIncludes schema:Date .
        """,
    )
    assert ontology.properties["p"].domains == ("A", "B", "C")
    assert ontology.properties["p"].ranges == ("Thing",)
    assert ontology.properties["q"].domains == ("A", "B")
    assert ontology.properties["q"].is_datatype
    assert ontology.admits_datatype(ontology.properties["q"].ranges, vocab.XSD + "gYear")


def test_superclass_of_another_vocabulary_tells_the_kind(tmp_path: Path) -> None:
    ontology = ontology_of(tmp_path, ":Diver a owl:Class ; rdfs:subClassOf schema:Person .")
    assert ontology.gazetteer().type_of_class["Diver"] == "PERSON"
    assert list(ontology.classes) == ["Diver"]


def test_of_a_kind_the_class_that_is_the_kind_is_meant(tmp_path: Path) -> None:
    # Subclasses stand before their superclasses, as in an alphabetical file.
    ontology = ontology_of(
        tmp_path,
        """
        schema:Bakery a rdfs:Class ; rdfs:subClassOf schema:Shop . schema:Barge a rdfs:Class ; rdfs:subClassOf schema:Craft .
        schema:City a rdfs:Class ; rdfs:subClassOf schema:AdministrativeArea .
        schema:AdministrativeArea a rdfs:Class ; rdfs:subClassOf schema:Place .
        schema:Cabin a rdfs:Class ; rdfs:subClassOf schema:Place .
        schema:Craft a rdfs:Class ; rdfs:subClassOf schema:Product . schema:Shop a rdfs:Class ; rdfs:subClassOf schema:Organization .
        schema:Organization a rdfs:Class . schema:Place a rdfs:Class . schema:Product a rdfs:Class .
        """,
    )
    assert ontology.gazetteer().class_of_type == {
        "GPE": "AdministrativeArea", "LOC": "Place", "ORG": "Organization", "PRODUCT": "Product",
    }  # fmt: skip
    assert ontology.gazetteer().type_of_class["Bakery"] == "ORG"


def test_a_class_is_of_the_kind_of_its_equivalent(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :ChartedGuild a owl:Class ; rdfs:subClassOf :Guild , foaf:Organization .
        :Guild a owl:Class ; owl:equivalentClass foaf:Organization .
        schema:Person owl:equivalentClass :Sailor . :Sailor a owl:Class . :Hand a owl:Class ; owl:equivalentClass :Sailor .
        """,
    )
    assert ontology.gazetteer().class_of_type == {"ORG": "Guild", "PERSON": "Sailor"}
    assert ontology.is_a("Hand", "Sailor")
    assert ontology.is_a("Sailor", "Hand")
    assert list(ontology.classes) == ["ChartedGuild", "Guild", "Sailor", "Hand"]


def test_the_ontology_s_own_label_counts_more(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        ':Person a owl:Class ; rdfs:subClassOf schema:Person . :Diver a owl:Class ; rdfs:subClassOf :Person ; sg:nerLabel "PERSON" .',
    )
    assert ontology.gazetteer().class_of_type == {"PERSON": "Diver"}


def test_other_rdf_formats(tmp_path: Path) -> None:
    path = tmp_path / "sea.owl"
    path.write_text(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:owl="http://www.w3.org/2002/07/owl#"><owl:Class rdf:about="http://example.org/sea#Ship"/></rdf:RDF>',
        "utf-8",
    )
    assert list(load_ontology(path).classes) == ["Ship"]
    assert list(ontology_of(tmp_path, ":Ship a owl:Class .", "sea2.owl").classes) == ["Ship"]


THESAURUS = """
:tugs a skos:Concept ; skos:prefLabel "tugs"@en , "Schlepper"@de ; skos:altLabel "towing vessels"@en ; skos:broader :vessels .
:vessels a skos:Concept ; skos:prefLabel "vessels"@en ; skos:narrower :ferries .
:ferries skos:prefLabel "ferries"@en .
:vela a skos:Concept ; skos:prefLabel "Port Vela"@en ; skos:altLabel "the Vela docks"@en ; skos:broader :ports .
:ports skos:inScheme :scheme ; skos:prefLabel "ports"@en ; skos:closeMatch schema:Place .
:tern a skos:Concept ; skos:prefLabel "Tern"@en .
"""


def test_concepts_with_common_nouns_are_classes_and_those_with_names_are_entities(tmp_path: Path) -> None:
    ontology = ontology_of(tmp_path, THESAURUS)
    gazetteer = ontology.gazetteer()
    assert sorted(ontology.classes) == ["ferries", "ports", "tugs", "vessels"]
    assert gazetteer.nouns["towing vessel"].cls == "tugs"
    assert gazetteer.nouns["ferry"].cls == "ferries"
    assert ontology.is_a("tugs", "vessels")
    assert ontology.is_a("ferries", "vessels")
    assert [(e.label, e.type) for e in ontology.entities.values()] == [
        ("Port Vela", "ports"),
        ("Tern", "Thing"),
    ]
    (vela,) = gazetteer.names["the Vela docks"]
    assert (vela.iri, vela.type, vela.ambiguous) == ("http://example.org/sea#vela", "LOC", False)
    assert "Schlepper" not in gazetteer.names


@pytest.mark.parametrize(
    ("labels", "name", "noun"),
    [
        (("Tugs", "Towing vessels", "Port Vela"), "Port Vela", False),
        (("Tugs", "Towing vessels", "Port Vela"), "Towing vessels", True),
        (("Vela Works",), "Vela Works", True),
        (("TUGS", "TOWING VESSELS"), "TUGS", True),
        (("tugs", "GPS receivers", "X-ray masts"), "", True),
        (("tugs", "ferries", "VSA"), "VSA", False),
    ],
)  # fmt: skip
def test_capitals_count_where_a_thesaurus_has_few(
    tmp_path: Path, labels: tuple[str, ...], name: str, noun: bool
) -> None:
    concepts = "".join(
        f':c{n} a skos:Concept ; skos:prefLabel "{label}" . ' for n, label in enumerate(labels)
    )
    gazetteer = ontology_of(tmp_path, concepts).gazetteer()
    if name:
        assert gazetteer.names[name][0].ambiguous == noun
        assert (name.lower() in gazetteer.nouns) == noun
    else:
        assert not gazetteer.names
        assert {label.lower() for label in labels} <= set(gazetteer.nouns)


def test_members_of_a_class_stay_so_in_a_thesaurus(tmp_path: Path) -> None:
    ontology = ontology_of(
        tmp_path,
        """
        :Ship a owl:Class . :Topic a owl:Class ; rdfs:subClassOf skos:Concept .
        :marlin a :Ship , skos:Concept ; skos:prefLabel "Marlin" . :sails a :Topic ; skos:prefLabel "sails" ; skos:inScheme :s .
        """,
    )
    assert ontology.entities["http://example.org/sea#marlin"].type == "Ship"
    assert ontology.gazetteer().nouns["sail"].cls == "sails"


def test_folder_is_read_whole_and_ontologies_merge(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no RDF", "utf-8")
    ontology_of(tmp_path, ":Ship a owl:Class .", "a.ttl")
    ontology_of(tmp_path, ":Port a owl:Class .", "b.ttl")
    sea = load_ontology(tmp_path)
    assert list(sea.classes) == ["Ship", "Port"]
    both = merge_ontologies(built_in(), sea)
    assert both.find_class("http://example.org/sea#Ship") is not None
    assert both.classes["Ship"].iri == vocab.SG + "Ship"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    import os

    assert list(ontology_of(tmp_path, ":Ship a owl:Class .").classes) == ["Ship"]
    path = tmp_path / "sea.ttl"
    path.write_text(PREFIXES + ":Port a owl:Class .", "utf-8")
    os.utime(path, ns=(1, 1))
    assert list(load_ontology(path).classes) == ["Port"]


def test_syntax_error_has_file_line_and_advice(tmp_path: Path) -> None:
    with pytest.raises(OntologySyntaxError, match="Mend") as caught:
        ontology_of(tmp_path, ":Ship a owl:Class\n:Port a ; .")
    assert caught.value.file.endswith("sea.ttl")
    assert caught.value.line == len(PREFIXES.splitlines()) + 2
    assert str(caught.value.line) in str(caught.value)


@pytest.mark.parametrize("kind", ["missing", "empty folder", "no terms", "binary"])
def test_what_is_no_ontology_is_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.ttl"
    if kind == "empty folder":
        path = tmp_path / "folder"
        path.mkdir()
    elif kind == "no terms":
        path.write_text("<http://a> <http://b> <http://c> .", "utf-8")
    elif kind == "binary":
        path.write_bytes(b"\x00\xff\xfe" * 20)
    with pytest.raises(OntologyError) as caught:
        load_ontology(path)
    assert str(caught.value).endswith(".")
    assert path.name in str(caught.value)


def test_unknown_property_suggests_close_ones() -> None:
    with pytest.raises(UnknownTermError, match="criticized") as caught:
        built_in().get_property("critisized")
    assert "criticized" in caught.value.matches


@pytest.mark.parametrize(
    ("name", "words"),
    [("launchSite", "launch site"), ("LaunchSite", "launch site"), ("has_crew", "has crew"), ("usesGPSSignal", "uses GPS signal")],
)  # fmt: skip
def test_words_of_name(name: str, words: str) -> None:
    assert words_of_name(name) == words


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_inheritance_is_transitive_whatever_the_hierarchy(edges: list[tuple[int, int]]) -> None:
    from spacegraph.ontology import OntologyClass

    names = [f"C{i}" for i in range(8)]
    above = {name: tuple(f"C{b}" for a, b in edges if f"C{a}" == name and a != b) for name in names}
    ontology = Ontology({n: OntologyClass(iri=n, name=n, label=n, superclasses=above[n]) for n in names})
    for a in names:
        assert ontology.is_a(a, a)
        for b in ontology.superclasses(a):
            for c in ontology.superclasses(b):
                assert ontology.is_a(a, c)


# The documents


def test_page_of_the_ontology_is_current() -> None:
    import subprocess
    import sys

    script = ROOT / "docs" / "make_ontology_page.py"
    if not script.is_file():
        pytest.skip("the documentation is not beside these tests")
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_the_readme_adds_in_five_minutes_works(tmp_path: Path) -> None:
    """The README's own Turtle, appended to the built-in files, gives a class, a property, a word and a thing."""
    import shutil

    from spacegraph.lexicon import load_lexicon

    readme = ROOT / "ontology" / "README.md"
    if not readme.is_file():
        pytest.skip("the ontology's README is not beside these tests")
    blocks = re.findall(r"```turtle\n(.*?)```", readme.read_text("utf-8"), re.DOTALL)
    assert len(blocks) == 4
    for name, added in (
        ("spacegraph.ttl", blocks[0] + blocks[1]),
        ("lexicon.ttl", blocks[2]),
        ("entities.ttl", blocks[3]),
    ):
        shutil.copy(default_path(name), tmp_path / name)
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write("\n" + added)
    ontology = load_ontology(tmp_path / "spacegraph.ttl", tmp_path / "entities.ttl")
    assert ontology.is_a("Tug", "Vehicle")
    assert ontology.gazetteer().nouns["tugboat"].cls == "Tug"
    assert ontology.gazetteer().names["Marlin"][0].ambiguous
    (sense,) = (s for s in load_lexicon(tmp_path / "lexicon.ttl").senses if s.entry == "tow-verb")
    assert ontology.get_property(sense.property_iri).domains == ("Vehicle",)
    assert sense.relation == "towed"
