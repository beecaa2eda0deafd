"""Words that report speech, by what they tell of it."""

from __future__ import annotations

__all__ = [
    "ADDRESSING_VERBS", "DESCRIBING_VERBS", "NOT_SPEAKING", "REPLY_VERBS", "SILENT_VERBS", "SPEECH_NOUNS",
    "SPEECH_VERBS",
]  # fmt: skip

_SPEECH = (
    "say tell announce state claim report add note explain insist argue declare warn confirm deny reveal admit "
    "acknowledge assert allege maintain contend suggest tweet write comment remark observe stress emphasize emphasise "
    "recall reply respond answer ask question wonder caution predict promise pledge vow boast joke quip complain "
    "concede conclude continue repeat reiterate affirm disclose inform remind assure advise urge tout testify "
    "proclaim mention indicate signal hint imply estimate report post shout cry scream whisper mutter exclaim "
    "demand order counter retort interject lament muse opine plead proclaim read speak swear teach begin "
    "recount summarize summarise clarify specify relate describe characterize characterise call label dub "
    "brand criticize criticise condemn denounce praise hail applaud slam blast accuse decry object protest "
    "echo rule agree disagree accept advocate propose recommend request invite threaten guess "
    "calculate find show tell text email radio broadcast publish detail outline point express voice hold"
)
#: Verbs whose clause, or whose quotation, is what somebody says.
SPEECH_VERBS = frozenset(_SPEECH.split())

_NOT_CLAUSE = (
    "begin call label dub brand criticize criticise condemn denounce praise hail applaud slam blast accuse "
    "decry continue speak read teach show find order advocate express voice wonder describe "
    "characterize characterise invite publish guess"
)
#: Of these, such as report a clause only by quotation marks: a clause below them is no speech.
NOT_SPEAKING = frozenset(_NOT_CLAUSE.split())

#: Verbs whose object or "as" phrase is a quoted description: "calls it 'a beacon'".
DESCRIBING_VERBS = frozenset(
    "call describe characterize characterise label dub brand hail praise criticize criticise condemn denounce slam "
    "blast decry tout deem term consider see refer portray dismiss denounce mock thank accuse urge express voice "
    "blame"
)

#: Verbs whose direct object is the person spoken to.
ADDRESSING_VERBS = frozenset(
    [
        "tell",
        "ask",
        "inform",
        "remind",
        "assure",
        "advise",
        "urge",
        "warn",
        "caution",
        "notify",
        "question",
        "promise",
    ]
)
REPLY_VERBS = frozenset(["reply", "respond", "answer", "retort", "counter"])
#: "declined to say", "refused to comment": no speech takes place.
SILENT_VERBS = frozenset(["decline", "refuse", "fail", "avoid", "stop", "forget", "hesitate", "neglect"])

_NOUNS = (
    "announcement claim statement assertion allegation suggestion warning news report revelation declaration "
    "admission accusation insistence confirmation promise pledge argument remark comment complaint prediction "
    "conclusion denial rumor rumour reminder acknowledgement acknowledgment testimony contention hint"
)
#: Nouns with a clause that is what somebody says: "the announcement that …".
SPEECH_NOUNS = frozenset(_NOUNS.split())
