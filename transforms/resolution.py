"""Who is meant, within one text: mentions of one name become one entity.

The first of two steps. Here a name is resolved to the fullest form it has in its own article, by rules that need
nothing but that article and the reviewed lists. Whether the "Smith" of two articles is one person is a later decision.
Every decision carries its rule and score, so that it can be shown, weighed and undone.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import polars as pl

from transforms.chains import RULES, Chain, start_chain
from transforms.keys import compute_key
from transforms.mentions import PERSON, Mention, repair_spans
from transforms.name_lists import NameLists
from transforms.names import compute_name_key, parse_person, split_words
from transforms.organisations import resolve_organisations
from transforms.people import resolve_people
from transforms.propagation import collect_forms, find_body_names, find_headline_names
from transforms.schemas import MENTION
from transforms.spans import SENTENCE, Span
from transforms.titles import find_title_runs

_LABEL_ORDER: Final = (
    *("PERSON", "GPE", "ORG", "LOC", "NORP", "FAC", "EVENT", "PRODUCT"),
    *("LAW", "LANGUAGE", "WORK_OF_ART"),
)
_NEVER_A_PLACE: Final = frozenset({"PERSON", "LANGUAGE", "EVENT", "LAW"})


class MentionRow(NamedTuple):
    """A row of ``schemas.MENTION``."""

    text_hash: str
    entity_key: int
    field: str
    sentence_number: int
    start_char: int
    end_char: int
    surface_text: str
    label: str
    resolution_rule: str
    resolution_score: float
    entity_id: str
    entity_type: str
    country_code: str | None
    full_name: str
    alias_key: str


def resolve_texts(texts: pl.DataFrame, spans: pl.DataFrame, lists: NameLists) -> pl.DataFrame:
    """Return the mentions of texts, each with its entity.

    Args:
        texts: ``schemas.TEXT``.
        spans: ``schemas.SPAN`` for these texts.
        lists: The reviewed lists.

    Returns:
        ``schemas.MENTION``, ordered by text, field and place.
    """
    by_text: dict[str, list[Span]] = defaultdict(list)
    for text_hash, start, end, label in spans.select("text_hash", "start_char", "end_char", "label").iter_rows():
        by_text[text_hash].append(Span(start, end, label))
    rows: list[MentionRow] = []
    for text_hash, headline, body in texts.select("text_hash", "headline", "body").iter_rows():
        rows += resolve_text(text_hash, headline, body, by_text.get(text_hash, []), lists)
    return pl.DataFrame(rows, schema=MENTION, orient="row")


def resolve_text(text_hash: str, headline: str, body: str, spans: Sequence[Span], lists: NameLists) -> list[MentionRow]:
    """Return the rows of ``schemas.MENTION`` for one text, in the order of the text, the headline first."""
    words = split_words(body)
    runs = find_title_runs(body, words, lists)
    mentions = repair_spans(body, [span for span in spans if span.label != SENTENCE], runs)
    chains = resolve_mentions(body, mentions, lists)
    forms = collect_forms(chains)
    taken = [(mention.start, mention.end) for mention in mentions]
    in_body = find_body_names(body, words, forms, taken=taken, runs=runs, stop_words=lists.stop_words)
    in_headline = find_headline_names(headline, forms)
    _add_propagated(body, in_body)
    sentences = sorted(span.start for span in spans if span.label == SENTENCE)
    rows = [
        _build_row(text_hash, chain, mention, rule, ("body", bisect_right(sentences, mention.start)))
        for chain in chains
        for mention, rule in chain.mentions
    ]
    for start, end, chain in in_headline:
        mention = Mention(start, end, chain.entity_type, headline[start:end], compute_name_key(headline[start:end]))
        rows.append(_build_row(text_hash, chain, mention, "propagated", ("headline", 0)))
    return sorted(rows, key=lambda row: (row.field == "body", row.start_char))


def resolve_mentions(text: str, mentions: Sequence[Mention], lists: NameLists) -> list[Chain]:
    """Return the entities of a text; every mention is in exactly one of them.

    Args:
        text: The body the mentions are in.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name_key].append(mention)
    types = _choose_types(groups, lists)
    people = {key: group for key, group in groups.items() if types[key] == PERSON}
    organisations = {key: group for key, group in groups.items() if types[key] == "ORG"}
    chains = [*resolve_people(people), *resolve_organisations(text, organisations)]
    countries: dict[str, Chain] = {}
    for key, group in groups.items():
        country = lists.countries.get(key)
        if types[key] == "GPE" and country is not None:
            own_key = compute_name_key(country.name)
            chain = countries.setdefault(own_key, Chain("GPE", own_key, country.name, country.country_code))
            chain.add(group, "exact" if key == own_key else "alias")
        elif types[key] not in {PERSON, "ORG"}:
            chains.append(start_chain(types[key], key, group))
    return [*chains, *countries.values()]


def _choose_types(groups: Mapping[str, Sequence[Mention]], lists: NameLists) -> dict[str, str]:
    """Return the type of each name: most of its labels, unless a list or a person's full name knows better."""
    types = {key: _choose_type(key, group, lists) for key, group in groups.items()}
    surnames = {parse_person(key).surname for key, kind in types.items() if kind == PERSON and " " in key}
    return {key: PERSON if key in surnames and not lists.is_place(key) else kind for key, kind in types.items()}


def _choose_type(key: str, group: Sequence[Mention], lists: NameLists) -> str:
    votes = Counter(mention.label for mention in group)
    label = min(votes, key=lambda name: (-votes[name], _LABEL_ORDER.index(name)))
    if label in _NEVER_A_PLACE:
        return label
    return "GPE" if key in lists.countries or (key in lists.provinces and label != "LOC") else label


def _add_propagated(body: str, found: Sequence[tuple[int, int, Chain]]) -> None:
    """Add names found in the body to their entities."""
    for start, end, chain in found:
        surface = body[start:end]
        chain.add([Mention(start, end, chain.entity_type, surface, compute_name_key(surface))], "propagated")


def _build_row(text_hash: str, chain: Chain, mention: Mention, rule: str, place: tuple[str, int]) -> MentionRow:
    field, sentence_number = place
    return MentionRow(
        text_hash,
        compute_key("entity", chain.entity_type, chain.name_key),
        field,
        sentence_number,
        mention.start,
        mention.end,
        mention.surface_text,
        mention.label,
        rule,
        RULES[rule],
        f"{chain.entity_type}:{chain.name_key}",
        chain.entity_type,
        chain.country_code,
        chain.full_name,
        mention.name_key,
    )
