"""What writes a graph in each format: RDF, tables, and networks."""
