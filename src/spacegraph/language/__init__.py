"""English: from an article to a spaCy ``Doc`` with mentions, clusters, quotations, propositions.

Each module but :mod:`annotations` and :mod:`pipeline` is one spaCy component. Nothing here knows
about space flight or RDF: what the components know of a domain reaches them as a
:class:`~spacegraph.language.gazetteer.Gazetteer`.
"""
