"""Which texts are refused for their language: others than English, never short ones or ones made of names."""

from __future__ import annotations

import pytest

from spacegraph.errors import NotEnglishError
from spacegraph.sources.english import require_english

ENGLISH = [
    "Orla Works names Ana Souza, Rui Tavares, João Prado and Inês Moura mission commanders",
    "Suomi satellite Aalto-9 reaches orbit; Helsinki celebrates first launch since Kuusi mission failure",
    "Governo do Brasil signs lunar accords; minister Caio Prado hails Alcântara launch site deal",
    "Crew: Ines Kovar, Tomasz Brandt, Li Wen, Ana Souza, Kimi Laine, Aino Virtanen; pilot Jo Reed",
    "Halden Aerospace wins €30 million Arianespace contract, beats Avio, Dassault, Thales Alenia Space bids",
    "Ode (Russian: Оде; Ukrainian: Оде; born in Kyiv) flew on the capsule.",
    "PORTO ALEGRE, Brazil — Probe lands.",
    "Launch!",
]
OTHERS = {
    "German": "Die Sonde ist am Montag zum Mars gestartet, und die Ingenieure waren froh darüber, dass alles gut ging.",
    "French": "La sonde est partie lundi pour Mars et les ingénieurs étaient contents que tout se soit bien passé.",
    "Finnish": "Luotain lähti maanantaina kohti Marsia, ja insinöörit olivat iloisia siitä, että kaikki sujui hyvin tällä kertaa.",
    "Portuguese": "A sonda partiu na segunda-feira para Marte e os engenheiros ficaram contentes porque tudo correu bem.",
    "Dutch": "De sonde vertrok maandag naar Mars en de ingenieurs waren blij dat alles deze keer goed was gegaan.",
}


@pytest.mark.parametrize("text", ENGLISH)
def test_english_of_foreign_names_is_read(text: str) -> None:
    require_english(text, label="lead.txt")


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_named(language: str) -> None:
    with pytest.raises(NotEnglishError, match=f"^lead.txt does not seem to be English: it looks {language}"):
        require_english(OTHERS[language], label="lead.txt")


def test_names_in_brackets_do_not_hide_another_script() -> None:
    with pytest.raises(NotEnglishError, match="most of its letters are Cyrillic"):
        require_english("Зонд (Orla Works, English name) улетел к Марсу в понедельник.", label="x")
    with pytest.raises(NotEnglishError, match="no words in it"):
        require_english("12 + 34 = 46", label="x")


def test_brackets_around_everything_hide_nothing() -> None:
    require_english("(Orla flew to the moon", label="x")
