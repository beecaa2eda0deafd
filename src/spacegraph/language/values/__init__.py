"""Dates, times, amounts and tenses, in words and as values."""
