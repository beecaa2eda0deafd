"""What is done with a graph: rules, checks, explanations, and what may have been meant."""
