"""Whether a text is English, cheaply: by its script and by the share of English function words.

Function words are the most frequent words of any text and are hardly shared between languages, which makes
them the oldest and cheapest test of all (Ingle, "Language identification table", 1980).
"""

from __future__ import annotations

import re
from itertools import islice

from spacegraph.errors import NotEnglishError

__all__ = ["english_share", "require_english"]

#: Words of a text that are looked at; more would tell nothing new.
_SAMPLE = 2000
#: With fewer words than this the share says too little; only the script is looked at.
_FEWEST = 12
#: A text of more words than this without one English function word is no English.
_FEWEST_WITHOUT = 60
#: English news has 0.25 to 0.55 of its words here, lists of names and programmes at least 0.1,
#: other languages of Europe up to 0.05.
_LEAST_SHARE = 0.08
#: Letters of the Latin script among all letters, at least.
_LEAST_LATIN = 0.6

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LETTER = re.compile(r"[^\W\d_]")
#: Frequent in English, and no frequent words of its neighbours ("in", "die", "or", "as" are left out).
_WORD_LIST = (
    "the of and to that it is was for on with be by this are from at his had not have but her she they which you "
    "were their been has there we would will who what if about when so them can could into time than then its our "
    "these some other only also your those after before where through how should may must between under over "
    "while during because against being both each few most such any same did does do an up out said he "
    "it's that's don't doesn't isn't we're they're i'm i've can't won't "
)
_FUNCTION_WORDS = frozenset(_WORD_LIST.split())
#: Frequent function words of other languages, few of which English shares.
_OTHERS = {
    "German": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um",
    "French": "de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il sont avec son mais aux cette ont ses",
    "Spanish": "de la que el en y a los se del las un por con una su para es al lo como más sus le ha sobre este entre desde está también",
    "Italian": "di che e la il un per in è del una con non le si da i della dei al gli alla nel sono più anche ha come ma lo",
    "Portuguese": "de que e o a do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou pela",
    "Dutch": "de van een het en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog naar uit door over wordt heeft",
    "Swedish": "och i att det som en på är av för med den till inte har de ett om han men var jag sig från vi så kan när ska",
    "Danish": "og i at det er en af på til den med for de ikke som der har et om han men var sig fra kan vi når skal",
    "Polish": "w i na z się nie do to że jest o jak po od za przez był co dla są tym ale przy jego być oraz ich która",
    "Romanian": "de și în a la cu pe care din să nu o un este mai pentru că au fost se ce sunt sau prin dar lui",
    "Finnish": "ja on ei se että oli hän mutta ovat kun joka myös niin tai kuin sen hänen olla mukaan vain jo sekä",
    "Turkish": "ve bir bu da de için ile olarak çok daha olan gibi kadar en sonra ama ne o ise var her ya",
    "Indonesian": "yang dan di dengan untuk pada dari ini itu dalam tidak adalah akan ke oleh juga karena sebagai telah bisa",
    "Czech": "a v se na je že s z do o k i by za ve jako od ale po to si pro které který jsou už jeho",
    "Hungarian": "a az és hogy nem egy is van meg de volt csak el már ha mint még ez azt kell után majd",
}  # fmt: skip
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


def english_share(text: str) -> float:
    """The share of English function words among the first words of a text, 0 to 1."""
    words = [match.group().lower() for match in islice(_WORD.finditer(text), _SAMPLE)]
    return sum(word.replace("’", "'") in _FUNCTION_WORDS for word in words) / max(1, len(words))


def require_english(text: str, *, label: str) -> None:
    """Raise unless a text reads as English.

    Texts of fewer than a dozen words pass unless they are in another script.

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
    if len(_LATIN.findall(sample)) < _LEAST_LATIN * len(letters):
        name = max(_SCRIPTS, key=lambda script: len(script[1].findall(sample)))[0]
        raise NotEnglishError(_message(label, f"most of its letters are {name}"))
    words = [match.group().lower().replace("’", "'") for match in islice(_WORD.finditer(sample), _SAMPLE)]
    if len(words) < _FEWEST:
        return
    share = sum(word in _FUNCTION_WORDS for word in words) / len(words)
    if share < _LEAST_SHARE:
        language = _guess(words)
        if not language and (share > 0 or len(words) < _FEWEST_WITHOUT):
            # A list of English names and numbers has few function words and is no other language either.
            return
        raise NotEnglishError(
            _message(label, f"it looks {language}" if language else "it has no English words")
        )


def _message(label: str, why: str) -> str:
    return (
        f"{label} does not seem to be English: {why}. spacegraph reads English only. "
        "To read it all the same, set any_language (--any-language)."
    )


def _guess(words: list[str]) -> str:
    best, name = 0.0, ""
    for language, frequent in _OTHERS.items():
        stop_words = frozenset(frequent.split())
        share = sum(word in stop_words for word in words) / len(words)
        if share > best:
            best, name = share, language
    return name if best > 0.15 else ""
