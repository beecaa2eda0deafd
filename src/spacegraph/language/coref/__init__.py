"""Coreference in parts: expressions, entities, the passes that merge them, and the ranker."""
