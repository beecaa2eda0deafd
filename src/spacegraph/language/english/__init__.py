"""What English words are: word lists as data and in code, numerals, demonyms, cues."""
