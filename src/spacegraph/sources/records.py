"""JSON Lines, and single JSON objects, to the fields of an article."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from spacegraph.errors import SourceError
from spacegraph.sources.publication import parse_date

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

__all__ = ["Record", "not_an_article", "parse_record", "record_from"]


class Record(NamedTuple):
    """The fields of one article."""

    id: str
    text: str
    title: str
    published: dt.date | None
    url: str
    source: str


def parse_record(line: bytes, *, label: str, fallback_id: str) -> Record:
    """Parse one line of JSON Lines.

    Args:
        line: The line's bytes: a JSON object in UTF-8.
        label: What the line is called in messages: "news.jsonl, line 3".
        fallback_id: The article's id where the object has none.

    Raises:
        SourceError: The line is no JSON object, or a field has a wrong type.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SourceError(
            f"{label} is not UTF-8 (at byte {error.start} of the line); JSON Lines must be."
        ) from error
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{label} is not valid JSON: {error.msg} at column {error.colno}. Mend or delete the line."
        ) from error
    except (ValueError, RecursionError) as error:
        raise SourceError(not_an_article(label, error)) from error
    return record_from(value, label=label, fallback_id=fallback_id)


def not_an_article(label: str, error: ValueError | RecursionError) -> str:
    """What is wrong with JSON that is well formed and that nobody can read."""
    what = (
        "is nested too deeply" if isinstance(error, RecursionError) else "holds a number of too many digits"
    )
    return f"{label} {what} to be an article."


def record_from(value: Any, *, label: str, fallback_id: str) -> Record:
    """The fields of an article in a JSON value.

    Raises:
        SourceError: The value is no object with a ``text``, or a field has a wrong type.
    """
    if not isinstance(value, dict):
        raise SourceError(
            f'{label} is no JSON object. Each article is one, with "text" and, where known, '
            '"id", "title", "published", "url" and "source".'
        )
    if "text" not in value:
        raise SourceError(
            f'{label} has no "text". It has: {", ".join(sorted(map(str, value))) or "nothing"}.'
        )
    text = _string(value, "text", label)
    identifier = value.get("id")
    if identifier is None or identifier == "":
        identifier = fallback_id
    if isinstance(identifier, bool) or not isinstance(identifier, (str, int)):
        raise SourceError(f'{label} has an "id" that is neither a string nor a whole number.')
    return Record(
        _sound(str(identifier), "id", label), text, _string(value, "title", label), _published(value, label),
        _string(value, "url", label), _string(value, "source", label),
    )  # fmt: skip


def _string(value: Mapping[str, Any], key: str, label: str) -> str:
    found = value.get(key)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise SourceError(f'{label} has a "{key}" that is no string but {type(found).__name__}.')
    return _sound(found, key, label)


def _sound(found: str, key: str, label: str) -> str:
    try:
        found.encode("utf-8")
    except UnicodeEncodeError as error:
        raise SourceError(
            f'{label} holds half of a surrogate pair at character {error.start} of its "{key}", which is no text.'
        ) from error
    return found


def _published(value: Mapping[str, Any], label: str) -> dt.date | None:
    words = _string(value, "published", label).strip()
    if not words:
        return None
    date = parse_date(words)
    if date is None:
        raise SourceError(
            f'{label} has a "published" that is no date: {words!r}. Write it as YYYY-MM-DD, or leave it out.'
        )
    return date
