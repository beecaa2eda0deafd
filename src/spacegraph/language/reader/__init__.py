"""The trained reader: mentions with types, and the relations between them, scored against the labels of the ontology."""
