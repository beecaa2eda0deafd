"""Quantities, money, percentages, ages and bare numbers, as canonical numbers with a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacegraph.language.english.numerals import number_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from spacegraph.language.tokens import Tokens

__all__ = ["ValueSpan", "find_values", "is_dollars"]

#: Units of measure as written, singular or abbreviated, with the name that stands for them.
UNITS: dict[str, str] = {
    form: name
    for name, forms in {
        "kilometre": "kilometre kilometer km kms", "metre": "metre meter m", "centimetre": "centimetre centimeter cm",
        "millimetre": "millimetre millimeter mm", "mile": "mile mi", "foot": "foot feet ft", "inch": "inch inches",
        "yard": "yard", "nautical mile": "nm", "light-year": "light-year lightyear", "astronomical unit": "au", "parsec": "parsec",
        "kilogram": "kilogram kilogramme kg kgs", "gram": "gram gramme g", "tonne": "tonne", "ton": "ton", "pound": "pound lb lbs",
        "ounce": "ounce oz", "litre": "litre liter l", "gallon": "gallon gal", "barrel": "barrel", "hectare": "hectare ha",
        "acre": "acre", "watt": "watt w", "kilowatt": "kilowatt kw", "megawatt": "megawatt mw", "volt": "volt v", "newton": "newton n",
        "kilonewton": "kilonewton kn", "pascal": "pascal pa", "hertz": "hertz hz", "megahertz": "megahertz mhz",
        "gigahertz": "gigahertz ghz", "byte": "byte", "megabyte": "megabyte mb", "gigabyte": "gigabyte gb", "terabyte": "terabyte tb",
        "mile per hour": "mph", "kilometre per hour": "kph km/h kmh", "metre per second": "m/s", "knot": "knot kt",
        "degree": "degree \u00b0", "degree Celsius": "\u00b0c celsius", "degree Fahrenheit": "\u00b0f fahrenheit", "kelvin": "kelvin",
        "square kilometre": "km2 km\u00b2", "square metre": "m2 m\u00b2", "magnitude": "", "calorie": "calorie", "joule": "joule",
        "g-force": "", "decibel": "decibel db", "micron": "micron", "nanometre": "nanometre nanometer nm", "pixel": "pixel",
        "megapixel": "megapixel", "horsepower": "horsepower hp",
    }.items()
    for form in forms.split()
} | {
    plural: name
    for name, plurals in {
        "kilometre": "kilometres kilometers", "metre": "metres meters", "centimetre": "centimetres centimeters", "mile": "miles",
        "millimetre": "millimetres millimeters", "yard": "yards", "light-year": "light-years lightyears", "parsec": "parsecs",
        "astronomical unit": "aus", "kilogram": "kilograms kilogrammes", "gram": "grams grammes", "tonne": "tonnes", "ton": "tons", "pound": "pounds",
        "ounce": "ounces", "litre": "litres liters", "gallon": "gallons", "barrel": "barrels", "hectare": "hectares", "acre": "acres",
        "watt": "watts", "kilowatt": "kilowatts", "megawatt": "megawatts", "volt": "volts", "newton": "newtons", "kilonewton": "kilonewtons",
        "pascal": "pascals", "byte": "bytes", "megabyte": "megabytes", "gigabyte": "gigabytes", "terabyte": "terabytes", "knot": "knots",
        "degree": "degrees", "calorie": "calories", "joule": "joules", "decibel": "decibels", "micron": "microns",
        "nanometre": "nanometres nanometers", "pixel": "pixels", "megapixel": "megapixels",
    }.items()
    for plural in plurals.split()
}  # fmt: skip
#: One-letter and other short forms that count only directly after a numeral.
_SHORT = frozenset(form for form in UNITS if len(form) < 3)
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9, "tn": 1e12,
           "k": 1e3, "mn": 1e6, "b": 1e9}  # fmt: skip
_SYMBOLS = {"$": "USD", "us$": "USD", "\u20ac": "EUR", "\u00a3": "GBP", "\u00a5": "JPY", "\u20b9": "INR", "\u20bd": "RUB", "a$": "AUD", "c$": "CAD",
            "au$": "AUD", "ca$": "CAD", "nz$": "NZD", "hk$": "HKD", "s$": "SGD", "r$": "BRL", "\u20a9": "KRW", "usd": "USD", "eur": "EUR", "gbp": "GBP",
            "jpy": "JPY", "cny": "CNY", "inr": "INR", "rub": "RUB", "aud": "AUD", "cad": "CAD", "chf": "CHF"}  # fmt: skip
_CURRENCIES = {"dollar": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "yen": "JPY", "ruble": "RUB", "rubles": "RUB", "rouble": "RUB",
               "roubles": "RUB", "rupee": "INR", "rupees": "INR", "yuan": "CNY", "renminbi": "CNY", "franc": "CHF", "francs": "CHF",
               "won": "KRW", "cent": "USD", "sterling": "GBP"}  # fmt: skip
_GLUED = re.compile(
    r"^([$\u20ac\u00a3\u00a5\u20b9]|[a-z]{1,2}\$)?(\d[\d,]*(?:\.\d+)?)(m|bn|tn|k|b|million|billion)?$"
)
_MEASURE = re.compile(r"^(\d[\d,]*(?:\.\d+)?)(-)?([a-z\u00b0/\u00b2]+)$")
_APPROXIMATORS = frozenset(
    ("about", "around", "almost", "nearly", "approximately", "roughly", "over", "some")
)
_AGED = frozenset(("aged", "age", "ages"))


@dataclass(frozen=True, slots=True)
class ValueSpan:
    """Tokens ``[start, end)`` of a value: an OntoNotes label or AGE, the number and its unit."""

    start: int
    end: int
    type: str
    norm: str
    unit: str = ""


def find_values(tokens: Tokens, taken: AbstractSet[int]) -> list[ValueSpan]:
    """Find the values of a text.

    Args:
        tokens: The text.
        taken: Tokens that are read otherwise: dates, and numbers inside names.

    Returns:
        Spans that do not overlap, in order. A number before the noun that it counts ("four
        crews") is no value of its own, since the noun phrase is a mention.
    """
    spans: list[ValueSpan] = []
    i = 0
    while i < tokens.size:
        if i in taken:
            i += 1
            continue
        low = tokens.lower[i]
        found = None
        if (
            low[0].isdigit()
            or tokens.tag[i] in ("CD", "$")
            or low in _SYMBOLS
            or low in _AGED
            or "-" in low
            or low[0] in "$\u20ac\u00a3\u00a5"
            or "$" in low
        ):
            found = _at(tokens, i)
        if found is None or any(k in taken for k in range(found.start, found.end)):
            i += 1
            continue
        spans.append(found)
        i = found.end
    return spans


def is_dollars(word: str) -> bool:
    """Whether a word in lower case is the sign of an amount, alone or with it: "us$", "hk$20"."""
    return "$" in word and (word in _SYMBOLS or _GLUED.match(word) is not None)


def _number(t: Tokens, i: int) -> tuple[float, int] | None:
    """The number that starts at token ``i``, with its end: "4.2 billion", "two hundred", "twenty-five"."""
    if i >= t.size:
        return None
    low = t.lower[i]
    value = number_of(low)
    if value is None:
        glued = _GLUED.match(low)
        if glued is None or not glued.group(3):
            return None
        return float(glued.group(2).replace(",", "")) * _scale(glued.group(3)), i + 1
    end = i + 1
    if t.tag[i] != "CD" and not low[0].isdigit():
        return None
    while end < t.size and t.lower[end] in _SCALES and (len(t.lower[end]) > 2 or t.lower[end] == "bn"):
        value *= _SCALES[t.lower[end]]
        end += 1
    return value, end


def _scale(word: str) -> float:
    return _SCALES.get(word, 1.0)


def _text(value: float) -> str:
    """The canonical form of a number: no exponent, no trailing zeros."""
    return str(int(value)) if value == int(value) else f"{value:.10f}".rstrip("0").rstrip(".")


def _at(t: Tokens, i: int) -> ValueSpan | None:
    low = t.lower[i]
    size = t.size
    # Money with the symbol in front: "$4.2 billion", "US$5m".
    if low in _SYMBOLS:
        found = _number(t, i + 1)
        if found is not None and (t.space[i] is False or len(low) == 3 or True):
            value, end = found
            if end < size and t.lower[end] in ("m", "bn", "k") and not t.space[end - 1]:
                value *= _SCALES[t.lower[end]]
                end += 1
            return ValueSpan(i, end, "MONEY", _text(value), _SYMBOLS[low])
        return None
    if (low[0] in "$\u20ac\u00a3\u00a5" or "$" in low) and len(low) > 1:
        glued = _GLUED.match(low)
        if glued is not None and glued.group(1) in _SYMBOLS:
            value = float(glued.group(2).replace(",", "")) * _scale(glued.group(3) or "")
            end = i + 1
            while end < size and t.lower[end] in ("million", "billion", "trillion"):
                value *= _SCALES[t.lower[end]]
                end += 1
            return ValueSpan(i, end, "MONEY", _text(value), _SYMBOLS[glued.group(1)])
        return None
    # Ages: "aged 45", "45-year-old", "45 years old".
    if low in _AGED:
        found = _number(t, i + 1)
        if (
            found is not None
            and found[0] < 130
            and (
                low == "aged"
                or (
                    (i > 0 and t.text[i - 1] in (",", "at", "the", "of"))
                    or t.dep[i + 1] in ("nummod", "appos", "pobj")
                )
            )
        ):
            return ValueSpan(i, found[1], "AGE", _text(found[0]), "year")
        return None
    if "-" in low and low.endswith(("-year-old", "-years-old")):
        count = number_of(low.split("-year")[0])
        return ValueSpan(i, i + 1, "AGE", _text(count), "year") if count is not None else None
    # One token of number and unit: "250km", "250-mile".
    measure = _MEASURE.match(low)
    if measure is not None and measure.group(3) in UNITS:
        return ValueSpan(
            i, i + 1, "QUANTITY", _text(float(measure.group(1).replace(",", ""))), UNITS[measure.group(3)]
        )
    found = _number(t, i)
    if found is None:
        if "-" in low:
            count_text, _, unit = low.partition("-")
            count = number_of(count_text)
            if count is not None and unit in UNITS and unit not in _SHORT:
                return ValueSpan(i, i + 1, "QUANTITY", _text(count), UNITS[unit])
        return None
    value, end = found
    following = t.lower[end] if end < size else ""
    if following in ("%", "percent") or (
        following == "per" and end + 1 < size and t.lower[end + 1] == "cent"
    ):
        return ValueSpan(i, end + (2 if following == "per" else 1), "PERCENT", _text(value), "percent")
    if (
        following in ("-", "\u2013")
        and end + 1 < size
        and t.lower[end + 1] in ("year", "years")
        and (end + 3 < size and t.lower[end + 2] in ("-", "\u2013") and t.lower[end + 3] == "old")
    ):
        return ValueSpan(i, end + 4, "AGE", _text(value), "year")
    if following in ("year", "years") and end + 1 < size and t.lower[end + 1] == "old":
        return ValueSpan(i, end + 2, "AGE", _text(value), "year")
    if (
        following in ("u.s.", "us", "american", "canadian", "australian")
        and end + 1 < size
        and t.lower[end + 1] in ("dollars", "dollar")
    ):
        unit = {"canadian": "CAD", "australian": "AUD"}.get(following, "USD")
        return ValueSpan(i, end + 2, "MONEY", _text(value), unit)
    if following in _CURRENCIES:
        return ValueSpan(i, end + 1, "MONEY", _text(value), _CURRENCIES[following])
    if following in ("pounds", "pound") and t.ent[i] == "MONEY":
        return ValueSpan(i, end + 1, "MONEY", _text(value), "GBP")
    # "250 kilometres", "250-kilometre", "17,000 miles per hour", "ten square metres".
    at = end
    if following in ("-", "\u2013") and end + 1 < size and not t.space[end] and not t.space[end - 1]:
        at = end + 1
    prefix = ""
    if at < size and t.lower[at] in ("square", "cubic", "nautical", "metric", "degrees"):
        prefix = t.lower[at]
        at += 1
        if prefix == "degrees" and (at >= size or t.lower[at] not in ("celsius", "fahrenheit")):
            at -= 1
            prefix = ""
    unit_word = t.lower[at] if at < size else ""
    if (
        unit_word in UNITS
        and (unit_word not in _SHORT or t.text[i][0].isdigit())
        and (unit_word not in ("m", "g", "l", "v", "w", "n", "au") or t.tag[at].startswith("NN"))
    ):
        unit = UNITS[unit_word]
        if prefix in ("square", "cubic", "nautical", "metric"):
            unit = f"{prefix} {unit}"
        at += 1
        if (
            at + 1 < size
            and t.lower[at] in ("per", "an", "a", "/")
            and t.lower[at + 1] in ("hour", "second", "minute", "day", "year", "h", "s")
        ):
            unit = f"{unit} per {({'h': 'hour', 's': 'second'}).get(t.lower[at + 1], t.lower[at + 1])}"
            at += 2
        return ValueSpan(i, at, "QUANTITY", _text(value), unit)
    # "Ada Okafor, 45,": an age beside a name.
    if (
        i > 1
        and t.text[i - 1] == ","
        and following in (",", ".", ";", ")")
        and 1 <= value < 120
        and value == int(value)
        and end == i + 1
        and (
            t.pos[i - 2] == "PROPN"
            and t.text[i].isdigit()
            and (t.dep[i] in ("appos", "nummod", "npadvmod", "conj", "amod"))
        )
    ):
        return ValueSpan(i, end, "AGE", _text(value), "year")
    return _bare(t, i, end, value)


def _bare(t: Tokens, i: int, end: int, value: float) -> ValueSpan | None:
    """A number that counts no noun after it."""
    last = end - 1
    head = t.head[last]
    if t.dep[last] in ("nummod", "compound", "quantmod", "amod", "npadvmod") and (
        head > last or t.pos[head] in ("NOUN", "PROPN", "SYM")
    ):
        return None
    if t.dep[last] == "dep" or (t.ent[i] in ("DATE", "TIME") and (len(t.text[i]) > 3 or end - i > 1)):
        return None
    if t.lower[i] == "one" and (t.right[i] or t.left[i]):
        # "the one that", "one of the crew" stand for things, not for a number.
        return None
    if not t.text[i][0].isdigit() and t.right[last] and t.lower[t.right[last][0]] == "of":
        return None
    return ValueSpan(i, end, "CARDINAL", _text(value))
