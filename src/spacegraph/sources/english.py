"""Whether a text is English: by its script, by its function words, and where these leave doubt by a model of languages.

Function words are the most frequent words of any text and are hardly shared between languages (Ingle, "Language
identification table", 1980); they tell most English at no cost. Where they are few, as in headlines and leads made of
names, `py3langid <https://github.com/adbar/py3langid>`_ says which language it is and how sure that is.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from spacegraph.errors import NotEnglishError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

__all__ = ["require_english"]

#: Words of a text that are looked at; more would tell nothing new.
_SAMPLE = 2000
#: English news has 0.25 to 0.55 of its words here, other languages of Europe up to 0.05.
_ENOUGH = 0.12
#: So many words, at most, are a headline: its names say more than its language does, so only the script counts.
_FEWEST = 11
#: A text of so many words tells its language; of a shorter one the model has to be surer.
_MANY = 40
#: How sure the model is of another language, at least, for short and for long texts. Measured on 7,900 texts of our
#: development data, cut to 40 to 2,000 characters: English gets less, whatever names it is made of.
_SURE_SHORT, _SURE_LONG = 0.9, 0.7
#: How many times as likely as English the other language must be.
_TIMES = 50
#: What the model calls English of another kind.
_ENGLISHES = frozenset(("en", "pcm", "sco"))
#: Letters of the Latin script among all letters, at least.
_LEAST_LATIN = 0.6

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")
#: What is in brackets is often a name in its own script, which says nothing of the language around it.
_BRACKETS = re.compile(r"\([^()]{0,200}\)?")
_OTHER_SCRIPT = re.compile(r"[^\x00-ɏ\u2010-\u203a]+")
#: Frequent in English, and no frequent words of its neighbours ("in", "die", "or", "as" are left out).
_WORD_LIST = (
    "the of and to that it is was for on with be by this are from at his had not have but her she they which you "
    "were their been has there we would will who what if about when so them can could into time than then its our "
    "these some other only also your those after before where through how should may must between under over "
    "while during because against being both each few most such any same did does do an up out said he "
    "it's that's don't doesn't isn't we're they're i'm i've can't won't "
)
_FUNCTION_WORDS = frozenset(_WORD_LIST.split())
_SCRIPTS = (
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Indian", re.compile(r"[\u0900-\u0dff]")),
    ("Japanese", re.compile(r"[\u3040-\u30ff]")),
    ("Chinese", re.compile(r"[\u4e00-\u9fff]")),
    ("Korean", re.compile(r"[\uac00-\ud7af]")),
)


def require_english(text: str, *, label: str) -> None:
    """Raise unless a text reads as English; where that cannot be told, it is taken for English.

    Args:
        text: The text of an article.
        label: What the input is called in the message.

    Raises:
        NotEnglishError: The text is in another script or language; the message says how to force reading.
    """
    sample = text[: _SAMPLE * 12]
    letters = _LETTER.findall(sample)
    if not letters:
        raise NotEnglishError(f"{label} has no words in it, so there is nothing to read.")
    outside = _BRACKETS.sub(" ", sample)
    if _LETTER.search(outside):
        letters = _LETTER.findall(outside)
    else:
        outside = sample
    if len(_LATIN.findall(outside)) < _LEAST_LATIN * len(letters):
        name = max(_SCRIPTS, key=lambda script: len(script[1].findall(sample)))[0]
        raise NotEnglishError(_message(label, f"most of its letters are {name}"))
    words = [match.group().lower().replace("’", "'") for match in islice(_WORD.finditer(sample), _SAMPLE)]
    if len(words) <= _FEWEST or sum(word in _FUNCTION_WORDS for word in words) >= _ENOUGH * len(words):
        return
    language = _other_language(" ".join(_OTHER_SCRIPT.sub(" ", sample).split()), len(words))
    if language:
        raise NotEnglishError(_message(label, f"it looks {language}"))


def _message(label: str, why: str) -> str:
    return (
        f"{label} does not seem to be English: {why}. spacegraph reads English only. "
        "To read it all the same, set any_language (--any-language)."
    )


def _other_language(sample: str, words: int) -> str:
    """The English name of the language that a text is in, "" where it may be English."""
    likely = dict(_identifier().rank(sample))
    code = max(likely, key=lambda name: likely[name])
    sure = _SURE_LONG if words >= _MANY else _SURE_SHORT
    if code in _ENGLISHES or likely[code] < sure or likely[code] < _TIMES * likely.get("en", 0.0):
        return ""
    from babel import Locale

    return str(Locale("en").languages.get(code, "like another language"))


@cache
def _identifier() -> LanguageIdentifier:
    """The model, which takes most of a second to load; few texts need it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
