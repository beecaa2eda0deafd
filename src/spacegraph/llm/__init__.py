"""A language model as one more reader, for those who have one: any endpoint that speaks the OpenAI chat protocol.

It proposes facts; what its words do not ground, or the ontology does not allow, is dropped (:mod:`spacegraph.llm.grounding`), and
what it answered is kept, so that the same articles give the same graph (:mod:`spacegraph.llm.cache`). Nothing is sent anywhere
unless somebody names an endpoint. The client is the ``openai`` package (``pip install 'spacegraph[llm]'``).
"""

from __future__ import annotations

from spacegraph.llm.prompt import PROMPT_VERSION
from spacegraph.llm.settings import LanguageModel, Report

__all__ = ["PROMPT_VERSION", "LanguageModel", "Report"]
