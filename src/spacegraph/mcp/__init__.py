"""The graph as a tool for agents: a Model Context Protocol server that reads, and says where each answer comes from.

``answers`` needs nothing beyond spacegraph; ``server`` needs the protocol's SDK (``pip install 'spacegraph[mcp]'``).
"""

from __future__ import annotations

from spacegraph.mcp.answers import Answers, Limits

__all__ = ["Answers", "Limits"]
