"""Coreference: expressions, entities, the passes that merge them, and the ranker. The component is :mod:`.component`."""
