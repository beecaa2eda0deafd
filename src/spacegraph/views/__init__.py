"""Looking at a graph: an interactive page, a picture for print, displays and a magic for notebooks.

Everything here takes a graph that has ``facts``, ``entities`` and ``articles``, as
:class:`spacegraph.graph.KnowledgeGraph` has, and only reads them. Nothing is fetched from the web, neither by Python
nor by a page that it writes, and the same graph gives the same bytes.

===========================  ==================================================================
:mod:`~spacegraph.views.content`    what a view shows: things by importance, facts, articles
:mod:`~spacegraph.graph.query.foreign`    triples that spacegraph has not made, as facts
:mod:`~spacegraph.views.families`   classes of an ontology, gathered into few colours and shapes
:mod:`~spacegraph.views.layout`     where things stand
:mod:`~spacegraph.views.page`       the interactive page, one self-contained file
:mod:`~spacegraph.views.texts`      the texts behind the facts, or passages of them
:mod:`~spacegraph.views.picture`    the static picture, PNG, SVG or PDF
:mod:`~spacegraph.views.notebook`   rich displays
:mod:`~spacegraph.views.magic`      the ``%%sparql`` cell magic
===========================  ==================================================================
"""
