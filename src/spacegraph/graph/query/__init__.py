"""Asking: SPARQL and named questions, what is asked of a store, and answers."""
