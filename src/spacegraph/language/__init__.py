"""English: from an article to a spaCy ``Doc`` with mentions, clusters, quotations, propositions.

A folder a stage, with the spaCy component in its ``component.py``: :mod:`.reader`, :mod:`.mentions`, :mod:`.quotations`,
:mod:`.coreference`, :mod:`.propositions`, :mod:`.factuality`, in the order of :mod:`.pipeline`. They build on :mod:`.english`
(words), :mod:`.tuning` (of spaCy's own pipeline), :mod:`.parse` (mended trees) and :mod:`.values` (dates and amounts), and hand
what they find on as :mod:`.annotations`. Nothing here knows about space flight or RDF: what the components know of a domain
reaches them as a :class:`~spacegraph.gazetteer.Gazetteer`.
"""
