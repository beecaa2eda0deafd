"""IRIs of entities: readable, stable, and safe in every RDF syntax."""

from __future__ import annotations

import re
import unicodedata

from spacegraph.vocab import ENTITY

__all__ = ["ENTITY_BASE", "mint_entity_iri"]

#: Where entities live unless another base is set.
ENTITY_BASE = ENTITY

#: Characters that may stand as they are beside letters and digits (RFC 3987, ``iunreserved``, and "/").
_SAFE = frozenset("-._~/")
_UNSAFE_ASCII = re.compile(r"[^A-Za-z0-9_\-.~/]")


def mint_entity_iri(label: str, *, base: str = ENTITY_BASE) -> str:
    """The IRI for a name: "Ines Kovar" becomes ``…/entity/Ines_Kovar``.

    The name is brought to NFC, white space becomes "_", letters and digits of every script stay, and
    anything else is percent-encoded as UTF-8 (RFC 3987), so that different names have different IRIs
    but for white space.
    """
    if label.isascii():
        return base + _UNSAFE_ASCII.sub(_encoded, "_".join(label.split()))
    out = []
    for char in "_".join(unicodedata.normalize("NFC", label).split()):
        if char == "_" or char in _SAFE or _is_letter(char):
            out.append(char)
        else:
            out.extend(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
    return base + "".join(out)


def _encoded(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"


def _is_letter(char: str) -> bool:
    # Private use, unassigned and compatibility oddities are not letters, so they are encoded.
    return char.isalnum() and unicodedata.normalize("NFC", char) == char
