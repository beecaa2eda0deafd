"""Mending trees: what the parser gets wrong in ways that repeat."""
