"""Units of time, and durations in the notation of ISO 8601."""

from __future__ import annotations

__all__ = ["CLOCK_UNITS", "PLURALS", "UNITS", "composed", "duration"]

UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "month": "M", "year": "Y", "decade": "0Y",
    "century": "00Y", "fortnight": "2W", "weekend": "", "night": "", "quarter": "", "semester": "", "season": "",
    "millennium": "000Y",
}  # fmt: skip
PLURALS = {f"{unit}s": unit for unit in UNITS} | {"centuries": "century", "millennia": "millennium"}
CLOCK_UNITS = frozenset(("second", "minute", "hour"))


def duration(count: float | None, unit: str) -> str:
    """An ISO 8601 duration; a fraction of a year becomes months, of anything else stays decimal."""
    if count is None or not UNITS.get(unit):
        return ""
    if unit in ("year", "decade", "century") and count != int(count):
        months = count * 12 * {"year": 1, "decade": 10, "century": 100}[unit]
        return f"P{months:g}M" if months % 12 else f"P{months / 12:g}Y"
    factor = {"decade": 10, "century": 100, "millennium": 1000, "fortnight": 2}.get(unit, 1)
    number = f"{count * factor:.10g}"
    letter = UNITS[unit][-1]
    return f"PT{number}{letter}" if unit in CLOCK_UNITS else f"P{number}{letter}"


def composed(parts: list[tuple[float | None, str]]) -> str:
    """An ISO 8601 duration of several units: "2 hours 4 minutes" is ``PT2H4M``."""
    date, time = "", ""
    for count, unit in parts:
        text = duration(count, unit)
        if text.startswith("PT"):
            time += text[2:]
        elif text:
            date += text[1:]
    return "P" + date + ("T" + time if time else "") if date or time else ""
