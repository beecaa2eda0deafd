"""Numbers in words and figures."""

from __future__ import annotations

__all__ = ["NUMBER_WORDS", "SCALES", "number_of"]

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000,
           "m": 1_000_000, "bn": 1_000_000_000, "dozen": 12}  # fmt: skip


def number_of(word: str) -> float | None:
    """The number that a word or numeral stands for, or None: "twelve", "1,200", "twenty-one", "3.5"."""
    lower = word.lower()
    if lower in NUMBER_WORDS:
        return NUMBER_WORDS[lower]
    if lower in SCALES and len(lower) > 2:
        return SCALES[lower]
    tens, dash, ones = lower.partition("-")
    if dash and tens in NUMBER_WORDS and ones in NUMBER_WORDS:
        return NUMBER_WORDS[tens] + NUMBER_WORDS[ones]
    if lower[:1].isdigit():
        try:
            return float(lower.replace(",", ""))
        except ValueError:
            return None
    return None
