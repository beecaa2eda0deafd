"""Which other words of English say what a noun names: "birth" is said by *born*, a "builder" *builds* and *makes*.

A small table of nominalisations and near synonyms in general use (cf. NOMLEX, Macleod et al. 1998), for what the
endings of words do not show. It speaks of words only, of no ontology.
"""

from __future__ import annotations

__all__ = ["ADJECTIVES", "COPULAR", "EMPTY_NOUNS", "INVERSE", "RELATED", "WHEN_NOUNS", "WHERE_NOUNS"]

#: Nouns -> verbs (base forms) and other nouns that say the same.
RELATED: dict[str, tuple[str, ...]] = {
    "affiliation": ("affiliate", "belong"),
    "alternative": (),
    "area": ("area", "cover"),
    "arrival": ("arrive", "land"),
    "assembly": ("assemble", "make", "build", "manufacture", "produce"),
    "author": ("write",),
    "award": ("award", "win", "receive"),
    "beam": ("beam", "wide"),
    "birth": ("bear",),
    "build": ("build", "construct", "make", "manufacture", "produce"),
    "builder": ("build", "construct", "make", "manufacture"),
    "burial": ("bury",),
    "capital": ("capital",),
    "cause": ("die",),
    "commander": ("command", "lead"),
    "company": (),
    "competitor": ("compete",),
    "construction": ("build", "construct"),
    "creator": ("create", "make"),
    "crew": ("crew", "fly"),
    "death": ("die",),
    "departure": ("depart", "leave"),
    "depth": ("deep",),
    "design": ("design",),
    "designer": ("design",),
    "developer": ("develop",),
    "director": ("direct",),
    "discoverer": ("discover", "find", "observe"),
    "discovery": ("discover", "find", "observe"),
    "draft": ("draft", "deep"),
    "education": ("graduate", "study", "attend"),
    "employee": ("employ", "employee", "people", "staff", "worker"),
    "employer": ("employ", "work"),
    "end": ("end", "finish", "cease", "stop"),
    "engine": ("engine", "power"),
    "extinction": ("close", "cease", "dissolve", "end"),
    "flight": ("fly", "flight", "launch"),
    "formation": ("form", "found", "establish"),
    "foundation": ("found", "establish", "start", "begin"),
    "founder": ("found", "establish", "start"),
    "founding": ("found", "establish", "start", "begin"),
    "headquarter": ("headquarter", "base"),
    "height": ("tall", "high"),
    "ideology": ("ideology",),
    "income": ("earn",),
    "industry": ("industry", "sector", "specialise", "specialize"),
    "inventor": ("invent",),
    "landing": ("land",),
    "launch": ("launch", "lift"),
    "leader": ("lead", "leader", "head"),
    "length": ("long",),
    "location": ("locate", "situate", "base", "headquarter", "lie", "find"),
    "manufacturer": ("manufacture", "make", "build", "produce"),
    "mass": ("weigh",),
    "mater": ("graduate", "attend", "study", "educate"),
    "member": ("member", "join", "belong"),
    "mission": ("mission", "crew", "fly", "aboard"),
    "nationality": ("national", "citizen"),
    "operator": ("operate", "run"),
    "origin": ("originate", "hail", "come"),
    "owner": ("own", "acquire"),
    "parent": ("parent",),
    "part": ("part", "belong"),
    "people": ("people",),
    "population": ("inhabitant", "people", "population"),
    "predecessor": ("precede", "predecessor"),
    "producer": ("produce", "make"),
    "product": ("produce", "make", "offer", "manufacture", "provide", "sell", "product"),
    "production": ("produce", "manufacture", "build", "make", "production"),
    "publisher": ("publish",),
    "residence": ("reside", "live"),
    "retirement": ("retire",),
    "selection": ("select", "choose", "hire"),
    "speed": ("speed",),
    "start": ("start", "begin", "enter"),
    "subsidiary": ("subsidiary", "own"),
    "successor": ("succeed", "replace", "successor"),
    "weight": ("weigh",),
    "width": ("wide",),
    "writer": ("write",),
}  # fmt: skip

#: Verb that a "former", "other" or "long" name is said with, and the words beside it.
ADJECTIVES: dict[str, tuple[str, ...]] = {
    "alternative": ("also", "alternatively", "otherwise", "variously"),
    "former": ("formerly", "previously", "once", "originally"),
    "other": ("also",),
    "birth": ("bear",),
    "full": ("fully",),
    "long": ("fully",),
}

#: What one is said to be: "X is a R" has the value in the place of R.
COPULAR = frozenset(("occupation", "profession", "position", "type"))
#: Relational nouns -> the noun that says the same the other way round.
INVERSE = {
    "parent": "subsidiary", "subsidiary": "parent", "predecessor": "successor", "successor": "predecessor",
    "teacher": "student", "student": "teacher", "employer": "employee", "child": "parent",
    "parent company": "subsidiary",
}  # fmt: skip
WHEN_NOUNS = frozenset(("date", "year", "time", "day", "years"))
WHERE_NOUNS = frozenset(("place", "site", "location", "city", "country", "base", "town", "state", "origin"))
#: Nouns that only say that there is a value.
EMPTY_NOUNS = frozenset(("number", "count", "total", "amount", "value", "quantity", "name", "key"))
