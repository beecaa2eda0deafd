"""How much is read without asking; apart from the readers, so that the command line can say it without loading them."""

__all__ = ["DEFAULT_MAX_CHARS"]

#: Longest article that is read without asking, in characters: a long book. The parser of the small model needs
#: about 1 GB for each million characters of one text.
DEFAULT_MAX_CHARS = 1_000_000
