"""What is done to spaCy's own pipeline: segments, lemmas, attribute rules, words as names hide them."""
