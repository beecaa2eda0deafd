"""Reading how an article puts things: the rules behind :mod:`spacegraph.language.factuality`."""
