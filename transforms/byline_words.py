"""The words that bylines are read by: desks, roles and what else stands there that is nobody's name.

Constants of the code, since each is tied to a rule of ``transforms.bylines``; agencies are a table of seeds/
(``transforms.agencies``). All are folded (``transforms.names.fold_word``).
"""

from typing import Final

UNNAMED_AGENCIES: Final = frozenset(
    "agencies,agencias,agences,agenturen,ajanslar,news agencies,wire reports,wire services,news wires".split(",")
)
"""What says no more than that it was an agency: cut off behind a name, an agency where it stands alone."""

DESK_WORDS: Final = frozenset(
    "newsroom newsdesk desk staff editor editors editorial redaktion redaktionsteam redaccion redaction redazione "
    "redacao bureau team board reporter reporters correspondent correspondents correspondant correspondante "
    "korrespondent korrespondentin corresponsal reporterin editorialists writers writer contributor contributors "
    "merkezi masas\u0131 editoru muhabiri newsteam webdesk nachrichtenredaktion onlineredaktion sportredaktion "
    "mitarbeiter mitarbeiterin autor autorin journaliste journaliste redacteur redactrice redaktor producer "
    "producers columnist service".split()
)
"""Words of a desk, where they stand alone or with others ("Our Foreign Staff"); after a name they are a role."""

ROLE_WORDS: Final = frozenset(
    "senior chief deputy assistant associate managing executive special political business sports sport foreign "
    "national international world science health education technology tech crime court legal affairs diplomatic "
    "defence defense security economics economy financial finance environment climate culture arts entertainment "
    "investigative investigations freelance guest digital online web video data general assignment royal city local "
    "regional editor reporter correspondent writer columnist journalist contributor contributing producer author "
    "photographer analyst critic fellow intern trainee anchor host presenter blogger director professor lecturer "
    "researcher ceo founder president chair chairman spokesperson redakteur redakteurin reporterin journalistin "
    "chefredakteur chefredakteurin ressortleiter ressortleiterin volontar volontarin journaliste redacteur redactrice "
    "redactor redactora periodista corresponsal enviado enviada especial envoye envoyee muhabir yazar editor "
    "by for of at the our in and with from von und der die das fur par et de le la les por y del para ve".split()
)
"""Words of a role. A part of a byline with nothing else is none's name."""

OUTLET_WORDS: Final = frozenset(
    "news times daily newspaper herald gazette tribune magazine media radio tv television online network agency press "
    "journal weekly broadcasting nachrichten zeitung rundschau anzeiger blatt journalisten verlag diario periodico "
    "noticias haber haberleri gazetesi institute university foundation association group inc ltd llc gmbh company "
    "corporation department ministry government office society council club party union center centre school college "
    "podcast blog wire report reports newsletter welle rundfunk fernsehen".split()
)
"""Words that names of organisations have and names of people hardly ever."""

PLACES: Final = frozenset(
    line.strip()
    for line in """
    abu dhabi, addis ababa, buenos aires, cape town, den haag, el salvador, frankfurt am main, hong kong, ho chi minh
    city, kuala lumpur, la paz, las vegas, los angeles, mexico city, new delhi, new jersey, new orleans, new york, new
    york city, new zealand, north carolina, north korea, port au prince, rio de janeiro, san diego, san francisco, san
    juan, san salvador, santo domingo, sao paulo, saudi arabia, south africa, south carolina, south korea, sri lanka, st
    petersburg, st louis, tel aviv, the hague, united kingdom, united nations, united states, washington dc, washington
    d c, west bank, west virginia
    """.replace("\n", " ").split(",")
)
"""Places of more than one word, which could be read as a person's name; those of one word cannot."""

HONORIFICS: Final = frozenset(
    "dr dra prof professor professorin mr mrs ms miss mme mlle herr frau sir dame lord lady rev sr sra".split()
)
"""Titles before a name."""

DEGREES: Final = frozenset(
    "phd md mba jd ma msc bsc mp mep obe mbe cbe kc qc esq rn ret retd frcp dphil llb llm".split()
)
"""What follows a name behind a comma and is not part of it; "Jr." is."""

CREDIT_WORDS: Final = frozenset(
    "photo photos photograph photographs photography photographer picture pictures image images illustration "
    "illustrations video videos graphic graphics graphics foto fotos bild bilder grafik photographies fotograf "
    "translation translated translator ubersetzung traduction traduccion graphique infographie edited fact-checked "
    "reviewed medically".split()
)
"""Words that begin a credit of something else than the text."""

CJK_ROLES: Final = ("特派員", "論説委員", "編集委員", "編集長", "記者", "通信員", "支局長", "さん", "氏")
CJK_DESKS: Final = ("編集部", "取材班", "報道部", "編集局", "支局", "総局", "本社", "部")
CJK_OUTLETS: Final = (
    "新聞",
    "新聞社",
    "通信",
    "通信社",
    "放送",
    "テレビ",
    "ニュース",
    "オンライン",
    "デジタル",
    "ラジオ",
)
"""Ends of Japanese and Chinese names by what they are; those that "部" and so on end are asked last."""
