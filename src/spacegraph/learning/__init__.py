"""Learning a lexicon from an ontology and examples."""
