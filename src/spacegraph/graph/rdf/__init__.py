"""Statements with their provenance as RDF: vocabulary, terms, contents, Turtle."""
