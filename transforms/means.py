"""The means by which mentions are made better than the model's own, each with a switch, so that each can be measured.

All are on in use; ``tests/benchmarks/ablation.py`` turns them off one at a time. README.md has what each is worth.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class MentionMeans:
    """Which means are used.

    Attributes:
        titles: Titles are cut off names, and names after titles made whole.
        titled_names: A name right after a title is a person, though the model missed it.
        span_repair: Spans are trimmed at their edges and divided where they run names together.
        known_names: A span of ordinary words around a name of the article is cut to that name.
        neighbours: A capitalised word beside a span that the model cut is part of the name.
        qualifiers: What stands beside a lone name tells it from others' ("Mrs Lee", "Lee, Iowa").
        headings: In a line of capitals a span is believed only as far as running text bears it out.
        enumerations: What stands in a list of names is a name of their kind.
        unmarked_names: A name the model marked nowhere, told by how it is written.
        acronyms: "World Health Organization (WHO)" and "WHO (World Health Organization)" introduce each other.
        type_evidence: What the article shows of a name decides its type before the model's label.
        well_known: Institutions of the reviewed table are found and named as it has them.
        type_tables: Reviewed tables of countries, provinces, cities, peoples and agencies do.
        nicknames: "Bill" can be "William".
        honorifics: "Mr Lee" is not Ann Lee.
        demonyms: "Americans" are the same people as "American".
        tail_forms: "Rovers" is short for "Elbonia Rovers".
        propagation: Later mentions of a known name, full or short, are found in the body.
        headline_names: The body's names are found in the headline.
    """

    titles: bool = True
    titled_names: bool = True
    span_repair: bool = True
    known_names: bool = True
    neighbours: bool = True
    qualifiers: bool = True
    headings: bool = True
    enumerations: bool = True
    unmarked_names: bool = True
    acronyms: bool = True
    type_evidence: bool = True
    well_known: bool = True
    type_tables: bool = True
    nicknames: bool = True
    honorifics: bool = True
    demonyms: bool = True
    tail_forms: bool = True
    propagation: bool = True
    headline_names: bool = True


ALL_MEANS: Final = MentionMeans()
