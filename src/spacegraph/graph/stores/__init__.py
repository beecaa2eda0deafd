"""Where graphs are kept: in memory, in a directory, behind an endpoint; one protocol for all."""
