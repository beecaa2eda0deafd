"""Word lists of general English that tell what a name or a noun denotes.

They hold words of the language and no names of persons, companies, vehicles or places. What a domain
adds (that a "capsule" is a spacecraft) comes with the :class:`~spacegraph.gazetteer.Gazetteer`,
which takes precedence.
"""

from __future__ import annotations

__all__ = [
    "AMBIGUOUS_TITLES",
    "CORPORATE",
    "DONE_TO_COUNTRIES",
    "DONE_TO_ORGANISATIONS",
    "ENDING_VERBS",
    "EVENT_NOUNS",
    "FEMALE_NOUNS",
    "FORMAL_TITLES",
    "KINSHIP",
    "LEAVING_VERBS",
    "MALE_NOUNS",
    "MIND_VERBS",
    "MODIFYING_TITLES",
    "MONTHS",
    "NAMING_NOUNS",
    "NAMING_VERBS",
    "NOT_NAMES",
    "NOUN_TYPES",
    "NUMBERED_THINGS",
    "OF_HEADS",
    "ONLY",
    "PARTICLES",
    "PARTICLE_NOUNS",
    "ROLE_NOUNS",
    "TIME_NOUNS",
    "TITLE_WORDS",
    "TYPES_OF_TAILS",
    "WEEKDAYS",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Offices, ranks and trades: a person, and with a possessor the relation to an organisation.
ROLE_NOUNS = _words("""
    actor actress adviser advisor administrator admiral aide ambassador analyst anchor anthropologist
    archaeologist architect artist assistant associate astronaut astronomer astrophysicist athlete attorney
    author ballerina banker baron biologist bishop boss botanist broadcaster brigadier builder
    businessman businesswoman captain cardinal caretaker ceo cfo chair chairman chairperson chairwoman champion chancellor
    chef chemist chief coach co-author co-chair co-founder cofounder colleague colonel columnist comedian
    commander commandant commissioner composer congressman congresswoman conductor consultant contractor controller coo
    coordinator correspondent cosmologist cosmonaut councillor councilman councilwoman counsel counselor counsellor
    cto curator dean defender delegate deputy designer detective developer diplomat director dj doctor
    economist editor editor-in-chief emperor employee engineer entrepreneur envoy executive explorer filmmaker
    fighter founder geneticist general geochemist geologist geophysicist goalkeeper governor guard guitarist head
    headmaster historian host illustrator inspector instructor inventor investigator investor journalist judge justice
    king lawmaker lawyer lead leader lecturer legislator lieutenant lieutenant-colonel linguist major manager
    mathematician mayor member meteorologist microbiologist midfielder minister model monarch mp musician
    negotiator neuroscientist novelist nurse observer officer official operator oceanographer organizer organiser owner
    painter paleontologist paralympian parliamentarian partner paramedic participant pastor performer philosopher photographer
    physician physicist pianist pilot planetologist player playwright poet policeman policewoman politician pope
    premier presenter president priest prince princess principal producer professor programmer promoter prosecutor
    psychiatrist psychologist publisher queen rapper rebel representative reporter researcher reverend runner
    scholar scientist secretary senator sergeant sheriff singer skipper sociologist soldier songwriter
    speaker specialist spokesman spokesperson spokeswoman statesman statistician striker student superintendent supervisor
    surgeon taikonaut teacher technician technologist teammate test-pilot trainer translator treasurer tsar
    undersecretary veteran vice-chairman vice-president vicepresident volunteer warden winger worker writer zoologist
    mastermind successor predecessor candidate nominee winner recipient crewmate crewmember lander-pilot flier flyer
""")  # fmt: skip

#: Other nouns for people; also plural groups of them.
_PERSON_NOUNS = _words("""
    accused adult american baby boy bystander boyfriend brother celebrity child citizen civilian client colonist
    crowd customer cyclist daughter dad driver expert fan father female fellow fiancé fiancée fisherman friend
    gentleman girl girlfriend grandfather grandmother grandson granddaughter guest gunman hero hijacker
    hostage hunter husband immigrant individual infant inhabitant inmate kid lady learner local lover male man
    migrant militant mother mum mom native neighbor neighbour newcomer operative orphan parent passenger patient
    pedestrian peer people person pioneer policeman prisoner protester protestor rival refugee relative resident
    sailor shareholder sibling sister son spectator stranger suspect survivor teen teenager terrorist tourist
    toddler traveller traveler troop twin victim viewer villager visitor voter widow wife witness woman youngster youth
    genius mentor mentee counterpart descendant supporter critic opponent beneficiary skywatcher stargazer attendee
    insurgent jihadist billionaire millionaire everyone everybody someone somebody anyone anybody nobody
""")  # fmt: skip

#: Verbs and their nouns whose object is a country or a part of one.
DONE_TO_COUNTRIES = _words("invade invasion annex annexation occupy occupation")
#: Verbs whose object is an organisation, whatever its name looks like.
DONE_TO_ORGANISATIONS = _words("head chair co-found cofound")

KINSHIP = _words(
    "wife husband son daughter mother father brother sister uncle aunt cousin nephew niece widow parents "
    "boyfriend girlfriend fiancé fiancée grandfather grandmother grandson granddaughter twin child children"
)

MALE_NOUNS = _words("""
    man boy brother father son husband uncle nephew king prince gentleman businessman spokesman chairman congressman
    policeman grandfather grandson boyfriend actor dad statesman councilman gunman widower fisherman emperor
""")  # fmt: skip
FEMALE_NOUNS = _words("""
    woman girl sister mother daughter wife aunt niece queen princess lady businesswoman spokeswoman chairwoman
    congresswoman policewoman grandmother granddaughter girlfriend actress mom mum widow councilwoman ballerina empress
""")  # fmt: skip

#: Verbs of going away: what they are done from is a place.
LEAVING_VERBS = _words("depart fly launch leave lift sail soar blast travel")

#: Verbs that say of what holds between two that it does so no more.
ENDING_VERBS = _words("cease dissolve end expire finish lapse sever stop terminate")
#: Adjectives that pick one out of many.
ONLY = _words("only sole lone")

#: Nouns of a verb and a particle; other hyphenated nouns end in their head and are read by it.
PARTICLE_NOUNS = _words("""
    blast-off break-in break-up build-up check-out close-up cover-up crack-down fly-by fly-over follow-up hand-over
    hold-up lay-off lift-off line-up look-out mark-up meet-up mock-up pull-out roll-out run-up set-up shake-up shut-down
    sign-off spin-off spin-out stand-by stand-off start-up step-up take-off take-over touch-down try-out tune-up turn-around wind-up
""")  # fmt: skip

_ORG_NOUNS = _words("""
    administration affiliate agency airline alliance army association authority band bank board broadcaster brand bureau
    business cabinet carrier center-left chain charity church club coalition college commission committee company congress
    consortium conglomerate contractor cooperative corporation council court daily department developer directorate
    division employer enterprise faculty federation firm force foundation fund government group house industry
    institute institution jury laboratory lab league legislature magazine maker manufacturer media military ministry
    militia monopoly navy network newspaper ngo office operator orchestra organisation organization outlet panel
    parliament participant-org party police practice press prosecution provider publication publisher regulator retailer school
    secretariat senate service society startup start-up studio subsidiary supplier syndicate taskforce team think-tank
    trust tribunal union university utility vendor venture watchdog contractor
""")  # fmt: skip
_GPE_NOUNS = _words("""
    capital city colony country county district empire hometown kingdom municipality nation principality province
    region republic state suburb territory town village homeland neighborhood neighbourhood
""")  # fmt: skip
_LOC_NOUNS = _words("""
    area asteroid atmosphere bay beach canyon cape coast comet constellation continent coast crater desert earth exoplanet
    galaxy gulf glacier hemisphere hill island isle lake moon mountain nebula ocean orbit peninsula planet plain
    pole pulsar quasar river sea sky space star strait sun supernova surface universe valley volcano world forest
    heliosphere magnetosphere stratosphere basin plateau ridge coastline waters region desert south north east west
""")  # fmt: skip
_FAC_NOUNS = _words("""
    airfield airport arena base bridge building campus castle cathedral center centre cosmodrome dam embassy
    facility factory field garage gate hall hangar harbor harbour headquarters highway home hospital hotel house
    jail launchpad launch-pad launchsite library mall mansion mosque monument museum observatory pad palace park
    pier plant plaza port prison pub railway residence restaurant road room runway site spaceport square stadium station street temple
    terminal theater theatre tower tunnel warehouse workshop
""")  # fmt: skip
_PRODUCT_NOUNS = _words("""
    aircraft airliner airplane antenna app array battery boat booster bomb bus camera capsule car cargo cartridge computer
    craft cruiser cubesat detector device drone engine equipment ferry fighter gear glider gun hardware helicopter
    instrument jet laser lander launcher locomotive machine microscope missile module motor orbiter parachute phone plane payload
    probe product prototype radar radiometer reactor robot rocket rover satellite sensor ship shuttle smartphone
    software spacecraft spaceplane spaceship spacesuit spectrometer spectrograph stage starship submarine suit system tank telescope
    thruster tool train truck tug turbine vaccine van vehicle vessel weapon yacht habitat spectroheliograph
""")  # fmt: skip
EVENT_NOUNS = _words("""
    accident anniversary arrest arrival assassination assault attack attempt auction battle bid blast bombing briefing
    campaign celebration ceremony championship climb clash collapse collision competition concert conference
    conflict contest convention coronation countdown coup crash crisis cup cyclone debate deal debut demonstration departure
    derailment descent disaster discovery docking duel earthquake eclipse election encounter epidemic
    evacuation event exercise exhibition expedition explosion expo failure fair festival fight final finals fire flight
    flood flyby funeral game genocide hearing hijacking hurricane impact inauguration incident inquest interview invasion
    investigation journey landing launch lawsuit liftoff lift-off maneuver manoeuvre marathon march massacre
    match meeting merger mission murder negotiation occupation olympics outage outbreak pandemic parade partnership premiere
    press-conference protest race raid rally reception recession referendum rehearsal rendezvous rescue resignation reunion
    revolution riot robbery season separation shooting shutdown siege spacewalk splashdown storm strike summit
    suspension symposium takeoff takeover talks test tour tournament trial trip tsunami typhoon undocking uprising
    visit voyage vote walkout war wedding wildfire withdrawal workshop acquisition argument agreement-signing
""")  # fmt: skip
_WORK_NOUNS = _words("""
    advertisement album announcement article biography blog book broadcast cartoon clip column comic comment
    communique document documentary drama editorial email e-mail episode essay film footage
    headline image interview-transcript journal letter manuscript memo memoir message movie musical newsletter note novel
    opera painting paper photo photograph picture play podcast poem portrait post poster programme publication recording
    release report review script sequel series show single sitcom song soundtrack speech statement story study
    text thesis trailer tweet video webcast website
""")  # fmt: skip
_LAW_NOUNS = _words("""
    accord act agreement amendment bill ceasefire charter code constitution contract convention decree
    deal directive embargo law legislation licence license pact policy protocol regulation resolution rule ruling sanction statute
    treaty memorandum
""")  # fmt: skip

#: What a common noun denotes, by lemma; the first list that has it wins.
NOUN_TYPES: dict[str, str] = {}
for _type, _list in (
    ("PERSON", ROLE_NOUNS | _PERSON_NOUNS),
    ("ORG", _ORG_NOUNS),
    ("EVENT", EVENT_NOUNS),
    ("PRODUCT", _PRODUCT_NOUNS),
    ("FAC", _FAC_NOUNS),
    ("LAW", _LAW_NOUNS),
    ("WORK_OF_ART", _WORK_NOUNS),
    ("GPE", _GPE_NOUNS),
    ("LOC", _LOC_NOUNS),
):
    for _word in sorted(_list):
        NOUN_TYPES.setdefault(_word, _type)

#: Nouns that, after a name, say what the name is the name of ("the Kestrel capsule"); others after a name
#: have something else in view ("the Kestrel launch", "the Kestrel booster").
#: Verbs that tell the name of a thing: "the rover was named Tarn".
NAMING_VERBS = frozenset(
    (
        "baptise",
        "baptize",
        "call",
        "christen",
        "designate",
        "dub",
        "entitle",
        "name",
        "nickname",
        "rename",
        "title",
    )
)
NAMING_NOUNS = (
    (_PRODUCT_NOUNS - _words("payload cargo battery parachute tank software hardware equipment gear stage booster antenna suit tool "
                             "thruster product system spacesuit motor"))
    | _FAC_NOUNS - _words("site home room house office base headquarters pad launchpad launchsite arena facility plant pier")
    | _words("mission war pandemic hurricane storm programme program festival summit conference tournament championship olympics cup "
             "typhoon cyclone battle operation expedition epidemic campaign asteroid comet crater planet galaxy nebula moon exoplanet "
             "island river lake ocean sea peninsula desert city village town province region district county company agency "
             "corporation firm startup start-up airline newspaper magazine website podcast album film movie novel series app "
             "constellation treaty accord protocol instrument experiment")
)  # fmt: skip
#: Words that go on with a number of any length: "Building 4619".
NUMBERED_THINGS = _words("building room flight hangar highway route resolution unit asteroid")

#: Nouns for times; a phrase headed by one is a time, not a thing.
TIME_NOUNS = _words("second minute hour day week month year decade century millennium night evening morning afternoon "
                    "midnight noon weekend today tomorrow yesterday tonight fortnight spring summer autumn winter "
                    "moment quarter minute time season")  # fmt: skip

#: Words before a person's name that are titles beyond doubt.
FORMAL_TITLES: dict[str, str] = {
    "mr": "masc", "mr.": "masc", "mister": "masc", "sir": "masc", "lord": "masc", "father": "masc", "king": "masc",
    "prince": "masc", "brother": "masc", "pope": "masc", "emperor": "masc", "mrs": "fem", "mrs.": "fem", "ms": "fem", "ms.": "fem",
    "miss": "fem", "madam": "fem", "madame": "fem", "dame": "fem", "lady": "fem", "queen": "fem", "princess": "fem",
    "sister": "fem", "empress": "fem", "dr": "", "dr.": "", "prof": "", "prof.": "", "gen": "", "gen.": "", "lt": "",
    "lt.": "", "col": "", "col.": "", "sgt": "", "sgt.": "", "capt": "", "capt.": "", "cmdr": "", "cmdr.": "", "maj": "",
    "maj.": "", "adm": "", "adm.": "", "sen": "", "sen.": "", "rep": "", "rep.": "", "gov": "", "gov.": "", "rev": "",
    "rev.": "", "hon": "", "hon.": "", "pres.": "", "cpt.": "", "brig.": "", "insp.": "", "supt.": "",
}  # fmt: skip
#: Words that stand before or inside a title and belong to it.
MODIFYING_TITLES = _words("""
    acting assistant associate chief deputy executive first foreign former general home interior joint lead managing
    prime principal senior vice second special technical under finance defence defense health energy justice press
    brigadier lieutenant major rear flight mission program programme project payload science state transport
    incoming outgoing interim honorary emeritus regional national federal political executive legislative presidential
    operations communications human deputy-general
""")  # fmt: skip
TITLE_WORDS = (ROLE_NOUNS | frozenset(FORMAL_TITLES)) - _words(
    "member model guard partner host associate star employee"
)
#: Title words that are also names or parts of names of other things ("General Motors", "Larry King").
AMBIGUOUS_TITLES = _words("general major chief captain king prince queen judge bishop dean lord lady sister brother father "
                          "pope marshal head lead principal cook baron duke mason cardinal champion pilot st. explorer "
                          "pioneer observer editor president guardian champion ranger surveyor herald conductor worker "
                          "star warden fighter runner voyager leader minister speaker baker")  # fmt: skip

#: Last words of names that tell the type.
TYPES_OF_TAILS: dict[str, str] = {}
for _type, _list in (
    ("ORG", _words("""
        academy administration agency airlines airways alliance army assembly associates association authority bank board
        broadcasting bureau cabinet club coalition college commission committee communications companies company
        congress consortium contractors corp corp. corporation corps council court department directorate division duma
        electric enterprises federation force foundation fund group guard holdings industries initiative institute
        institution international inc inc. laboratories laboratory lab labs league limited llc llp ltd ltd. gmbh plc media
        military ministry motors navy network news newspaper office orchestra organisation organization parliament
        partners party police post press representatives research reserve school sciences senate service services society solutions
        staff studios systems technologies technology telegraph times tribune trust union university ventures works
        aerospace aeronautics aviation dynamics labs co. co systems
    """)),
    ("FAC", _words("""
        airport arena base bridge building center centre complex headquarters cosmodrome dam embassy facility hall hospital hotel
        house library mall monument museum observatory pad palace park plaza port spaceport square stadium station
        street avenue road boulevard tower tunnel highway airfield temple cathedral
    """)),
    ("LOC", _words("""
        ocean sea river lake mountain mountains mount bay gulf island islands peninsula desert valley canyon cape coast
        crater nebula galaxy forest strait basin hemisphere cluster belt glacier
        orbit moon pole ridge plateau
    """)),
    ("GPE", _words("county city republic kingdom province district emirates states oblast")),
    ("EVENT", _words("""
        olympics games cup championship championships conference summit war festival grand prix expo expedition symposium
        congress open hurricane mission revolution battle award awards prize medal
    """)),
    ("PRODUCT", _words("""
        rocket spacecraft capsule shuttle telescope satellite lander rover orbiter probe module booster starship
        spaceship vehicle explorer surveyor engine helicopter aircraft
    """)),
    ("LAW", _words("act treaty accord accords agreement constitution amendment convention protocol pact")),
):  # fmt: skip
    for _word in sorted(_list):
        TYPES_OF_TAILS.setdefault(_word, _type)

CORPORATE = _words("inc inc. corp corp. corporation llc ltd ltd. gmbh plc co. limited ag s.a. llp")

#: Head words of names that go on with "of", and those that also go on with "for".
OF_HEADS = _words("""
    academy academies administration agency army association bank battle bay board bureau cape center centre chamber church college
    commission committee commonwealth company conference congress corporation council court declaration department district duchy
    faculty federation force foundation fund gulf house institute institutes institution isle journal kingdom laboratory
    league library medal ministry mount museum museums nations office order organisation organization parliament people republic
    school schools sea secretariat senate services society states statue strait temple treaty union university valley war strategic
    authority consortium initiative coalition group division directorate archbishop hall city corps cross
""")  # fmt: skip

PARTICLES = _words(
    "de la le du des del della di da do dos das van von der den ten ter bin ibn ben al el y zu af av"
)

#: Capitalised words that are no names by themselves.
NOT_NAMES = _words("""
    i mr mr. mrs ms am pm a.m. p.m. edt est pdt pst cdt cst mdt mst utc gmt bst cet bc ad bce ce ok okay yes no hello
    hi oh dear editor note image photo credit video read more the a an this that these those he she it they we you
    his her its their our your my who what when where why how if but and or so as at in on for of to by from with
    inc. corp. ltd. llc et al. vs. v. no. dr dr. st. jr. sr. jr sr phd ph.d. b.s. m.s. b.a. m.a. mba
    live media contact contacts advisory release end -end- via q a faq tv q&a
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december
""")  # fmt: skip

WEEKDAYS = {
    name: number
    for number, names in enumerate((
        ("monday", "mon", "mon.", "mondays"), ("tuesday", "tue", "tue.", "tues.", "tues"),
        ("wednesday", "wed.", "wednesdays"), ("thursday", "thu", "thu.", "thurs.", "thurs"),
        ("friday", "fri", "fri.", "fridays"), ("saturday", "sat.", "saturdays"), ("sunday", "sun.", "sundays"),
    ))
    for name in names
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate((
        ("january", "jan", "jan."), ("february", "feb", "feb."), ("march", "mar."), ("april", "apr", "apr."),
        ("may",), ("june", "jun", "jun."), ("july", "jul", "jul."), ("august", "aug", "aug."),
        ("september", "sept", "sept.", "sep", "sep."), ("october", "oct", "oct."), ("november", "nov", "nov."),
        ("december", "dec", "dec."),
    ), start=1)
    for name in names
}  # fmt: skip

#: Verbs whose subject is somebody who speaks or thinks: a person, an organisation, or a state.
MIND_VERBS = _words("""
    accuse acknowledge add admit advise agree allege announce answer apologise apologize argue ask assert believe
    blame claim comment complain concede confirm congratulate consider contend declare demand deny describe disclose
    emphasise emphasize estimate explain express feel hope insist joke know mention note observe predict promise propose
    quip recall recommend reiterate remark reply report respond reveal say speak state stress suggest suspect
    talk tell testify thank think threaten tweet urge vow want warn wonder write
""")  # fmt: skip
