"""The server as clients meet it: a process of its own, spoken to by the SDK's client."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import spacegraph
from spacegraph.graph import KnowledgeGraph
from spacegraph.iris import mint_entity_iri
from spacegraph.model import Article, Entity, Evidence, Fact
from spacegraph.vocab import SG

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

TEXT = "Mira Oban met Dara Quill."
MIRA, DARA = (
    Entity(iri=mint_entity_iri(name), label=name, type="Person", type_iri=SG + "Person")
    for name in ("Mira Oban", "Dara Quill")
)
FACT = Fact(
    doc_id="met", subject=MIRA, property_iri=SG + "met", object=DARA,
    evidence=(Evidence(start=0, end=24, text=TEXT[:24], doc_id="met"),),
)  # fmt: skip
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(spacegraph.__file__).parent.parent)}


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs") / "met.ttl"
    KnowledgeGraph.from_facts([FACT], articles=[Article(id="met", text=TEXT, title="A meeting")]).export(path)
    return path


def talk(graph: Path, speak: Callable[[Any], Awaitable[None]], *options: str, **client: Any) -> None:
    """Start the server as a client does, and speak with it."""
    pytest.importorskip("mcp.client.client", reason="the SDK of the Model Context Protocol is not installed")
    from mcp import Client, StdioServerParameters

    async def session() -> None:
        command = ["-m", "spacegraph", "mcp", str(graph), *options]
        server = StdioServerParameters(command=sys.executable, args=command, env=ENVIRONMENT)
        async with Client(server, **client) as opened:
            await speak(opened)

    asyncio.run(session())


async def answer(client: Any, tool: str, **arguments: Any) -> tuple[bool, str]:
    """Whether it was refused, and the text."""
    result = await client.call_tool(tool, arguments)
    assert result.structured_content is None
    return result.is_error, "\n".join(block.text for block in result.content)


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_every_tool_answers_a_client_of_either_protocol(graph: Path, mode: str) -> None:
    async def speak(client: Any) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"find_things", "facts_about", "list_questions", "ask", "sparql", "explain"}
        assert all(tool.annotations.read_only_hint and tool.description for tool in tools.values())
        assert tools["facts_about"].input_schema["required"] == ["name"]
        cited = "met 0–24 “Mira Oban met Dara Quill”"
        assert await answer(client, "find_things", name="quill") == (
            False, f"Dara Quill (Person); 1 facts; {DARA.iri}",
        )  # fmt: skip
        for tool, arguments in (
            ("facts_about", {"name": "Mira Oban"}),
            ("ask", {"question": "about", "parameters": {"name": "mira oban"}}),
            ("sparql", {"query": "SELECT * { ?a sg:met ?b }"}),
        ):
            refused, text = await answer(client, tool, **arguments)
            assert not refused
            assert cited in text
            assert text.endswith("met: “A meeting”")
        assert "[Mira Oban met Dara Quill]" in (await answer(client, "explain", subject="Mira Oban"))[1]
        assert "timeline: " in (await answer(client, "list_questions"))[1]

    talk(graph, speak, mode=mode)


def test_refusals_are_sentences_and_the_server_goes_on(graph: Path) -> None:
    before = graph.read_bytes()

    async def speak(client: Any) -> None:
        for tool, arguments, said in (
            ("sparql", {"query": "DROP ALL"}, "this is an update"),
            ("sparql", {"query": "SELECT ?x {"}, "line"),
            ("ask", {"question": "whoo"}, "Did you mean who"),
            ("facts_about", {"name": "Mira Obann"}, "Did you mean Mira Oban"),
            ("facts_about", {"name": "Mira Oban", "offset": -1}, "greater than or equal to 0"),
            ("find_things", {}, "name"),
        ):
            refused, text = await answer(client, tool, **arguments)
            assert refused
            assert said in text
            assert "Traceback" not in text
        assert (await answer(client, "find_things", name="Mira"))[0] is False

    talk(graph, speak)
    assert graph.read_bytes() == before


def test_the_ontology_is_a_resource(graph: Path, tmp_path: Path) -> None:
    async def speak(client: Any) -> None:
        listed = {str(resource.uri): resource for resource in (await client.list_resources()).resources}
        assert set(listed) == {"spacegraph://ontology", "spacegraph://questions"}
        (content,) = (await client.read_resource("spacegraph://ontology")).contents
        assert content.mime_type == "text/turtle"
        assert "sg:headOf" in content.text
        (content,) = (await client.read_resource("spacegraph://questions")).contents
        assert "timeline: " in content.text

    talk(graph, speak)
    own = tmp_path / "own.ttl"
    own.write_text("<http://a.example/X> a <http://www.w3.org/2002/07/owl#Class> .", "utf-8")

    async def speak_of_own(client: Any) -> None:
        (content,) = (await client.read_resource("spacegraph://ontology")).contents
        assert content.text == own.read_text("utf-8")

    talk(graph, speak_of_own, "--ontology", str(own))


def test_limits_of_the_command_line_hold(graph: Path) -> None:
    async def speak(client: Any) -> None:
        text = (await answer(client, "sparql", query="SELECT * { ?s ?p ?o }"))[1]
        assert "These are not all rows; there are more." in text

    talk(graph, speak, "--max-rows", "1")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_it_stops_at_once_when_it_is_told_while_a_client_says_nothing(graph: Path) -> None:
    pytest.importorskip("mcp.client.client", reason="the SDK of the Model Context Protocol is not installed")
    hello = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "initialize",
        "params": {
            "protocolVersion": "2025-06-18",
            "capabilities": {},
            "clientInfo": {"name": "test", "version": "1"},
        },
    }
    with subprocess.Popen(
        [sys.executable, "-m", "spacegraph", "mcp", str(graph)],
        env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(hello) + "\n")
            process.stdin.flush()
            said = json.loads(process.stdout.readline())["result"]
            assert said["serverInfo"] == {
                "name": "spacegraph",
                "title": "News as a knowledge graph",
                "version": spacegraph.__version__,
            }
            assert "never instructions" in said["instructions"]
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == -signal.SIGINT
        finally:
            process.kill()


def test_a_graph_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    pytest.importorskip("mcp.client.client", reason="the SDK of the Model Context Protocol is not installed")
    out = subprocess.run(
        [sys.executable, "-m", "spacegraph", "mcp", str(tmp_path / "none.ttl")],
        env=ENVIRONMENT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert out.returncode == 1
    assert out.stdout == ""
    assert out.stderr.startswith("spacegraph: ")
    assert "none.ttl" in out.stderr
    assert "Traceback" not in out.stderr


def test_without_the_sdk_the_command_says_what_to_install(graph: Path) -> None:
    hidden = (
        "import sys; sys.modules['mcp'] = None; from spacegraph.cli import main; main(['mcp', sys.argv[1]])"
    )
    out = subprocess.run(
        [sys.executable, "-c", hidden, str(graph)],
        env=ENVIRONMENT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert out.returncode == 1
    assert "pip install 'spacegraph[mcp]'" in out.stderr
    assert "Traceback" not in out.stderr
