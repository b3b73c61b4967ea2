"""Who is meant, within one text: mentions of one name become one entity.

The first of two steps. Here a name is resolved to the fullest form it has in its own article, by rules that need
nothing but that article and the reviewed lists. Whether the "Smith" of two articles is one person is a later decision.
Every decision carries its rule and score, so that it can be shown, weighed and undone.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from transforms.acronyms import find_introduced_names
from transforms.chains import RULES, Chain, choose_spelling, start_chain
from transforms.cues import TextCues, read_cues
from transforms.enumerations import find_enumerated_names
from transforms.keys import compute_key
from transforms.known_names import confirm_mentions
from transforms.listed_names import (
    cut_to_listed,
    drop_generic,
    find_listed_names,
    settle_directions,
    start_listed_chains,
)
from transforms.marks import use_ascii_marks
from transforms.means import ALL_MEANS, MentionMeans
from transforms.mentions import PERSON, Mention, drop_overlaps, repair_spans
from transforms.misread_names import drop_misread
from transforms.name_lists import NameLists
from transforms.name_types import choose_types
from transforms.names import compute_name_key
from transforms.organisations import resolve_organisations
from transforms.people import resolve_people
from transforms.propagation import collect_forms, find_body_names, find_headline_names
from transforms.qualifiers import qualify_chains
from transforms.schemas import MENTION
from transforms.spans import SENTENCE, Span
from transforms.titled_names import find_titled_names
from transforms.unmarked_names import find_unmarked_names


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


def resolve_texts(
    texts: pl.DataFrame, spans: pl.DataFrame, lists: NameLists, means: MentionMeans = ALL_MEANS
) -> pl.DataFrame:
    """Return the mentions of texts, each with its entity.

    Args:
        texts: ``schemas.TEXT``.
        spans: ``schemas.SPAN`` for these texts.
        lists: The reviewed lists.
        means: Which means are used; all but in measurements.

    Returns:
        ``schemas.MENTION``, ordered by text, field and place.
    """
    by_text: dict[str, list[Span]] = defaultdict(list)
    for text_hash, start, end, label in spans.select("text_hash", "start_char", "end_char", "label").iter_rows():
        by_text[text_hash].append(Span(start, end, label))
    rows: list[MentionRow] = []
    for text_hash, headline, body in texts.select("text_hash", "headline", "body").iter_rows():
        rows += resolve_text(text_hash, headline, body, by_text.get(text_hash, []), lists, means)
    return pl.DataFrame(rows, schema=MENTION, orient="row")


def resolve_text(
    text_hash: str,
    headline: str,
    body: str,
    spans: Sequence[Span],
    lists: NameLists,
    means: MentionMeans = ALL_MEANS,
) -> list[MentionRow]:
    """Return the rows of ``schemas.MENTION`` for one text, in the order of the text, the headline first.

    Names are looked for in the text with the marks of ASCII (``marks.py``), and shown with those that it prints.
    """
    named = [span for span in spans if span.label != SENTENCE]
    if not named:  # in a language the model does not read nothing is looked for either
        return []
    plain = use_ascii_marks(body)
    cues = read_cues(plain, lists)
    mentions = find_mentions(cues, named, lists, means)
    chains = resolve_mentions(cues, mentions, lists, means)
    forms = collect_forms(chains, means)
    in_body = find_body_names(cues, forms, mentions) if means.propagation else []
    in_headline = find_headline_names(use_ascii_marks(headline), forms, cues) if means.headline_names else []
    _add_propagated(plain, in_body)
    if means.qualifiers:
        qualify_chains(cues, chains, lists)
    if plain != body:
        _show_as_printed(body, chains)
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


def find_mentions(
    cues: TextCues, spans: Sequence[Span], lists: NameLists, means: MentionMeans = ALL_MEANS
) -> list[Mention]:
    """Return the names of a body: what the model marked, mended, and what the writing itself marks.

    Args:
        cues: Of the body.
        spans: The model's named spans (no sentences).
        lists: The reviewed lists.
        means: Which means are used.
    """
    mentions = confirm_mentions(cues, repair_spans(cues, spans, lists, means), lists, means)
    if means.qualifiers:
        mentions = drop_misread(cues, mentions, lists)
    if means.well_known:
        listed = find_listed_names(cues, lists)
        mentions = drop_overlaps([*cut_to_listed(mentions, listed), *listed])
    if means.titled_names:
        mentions = drop_overlaps([*mentions, *find_titled_names(cues, mentions, lists)])
    if means.acronyms:
        mentions = drop_overlaps([*mentions, *find_introduced_names(cues, mentions)])
    if means.enumerations:
        mentions = drop_overlaps([*mentions, *find_enumerated_names(cues, mentions, lists)])
    if means.unmarked_names:
        mentions = drop_overlaps([*mentions, *find_unmarked_names(cues, mentions, lists)])
    return mentions


def resolve_mentions(
    cues: TextCues, mentions: Sequence[Mention], lists: NameLists, means: MentionMeans = ALL_MEANS
) -> list[Chain]:
    """Return the entities of a text; every mention is in exactly one of them.

    Args:
        cues: Of the body the mentions are in.
        mentions: In order, not overlapping.
        lists: The reviewed lists.
        means: Which means are used.
    """
    groups: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name_key].append(mention)
    types = choose_types(groups, cues, lists, means)
    people = {key: group for key, group in groups.items() if types[key] == PERSON}
    organisations = {key: group for key, group in groups.items() if types[key] == "ORG"}
    listed = start_listed_chains(groups, types, lists, means)
    others = {key: group for key, group in groups.items() if types[key] not in {PERSON, "ORG"}}
    chains = [
        *resolve_people(people, cues, lists, means),
        *resolve_organisations(cues.text, organisations, listed, means),
        *(start_chain(types[key], key, group) for key, group in others.items() if key not in listed),
        *{id(listed[key]): listed[key] for key in others if key in listed}.values(),
    ]
    return drop_generic(settle_directions(chains)) if means.well_known else chains


def _add_propagated(body: str, found: Sequence[tuple[int, int, Chain]]) -> None:
    """Add names found in the body to their entities."""
    for start, end, chain in found:
        surface = body[start:end]
        chain.add([Mention(start, end, chain.entity_type, surface, compute_name_key(surface))], "propagated")


def _show_as_printed(body: str, chains: Sequence[Chain]) -> None:
    """Give the mentions of entities, and the names they are shown by, the marks that the body has there."""
    for chain in chains:
        plain = [mention.surface_text for mention, _ in chain.mentions]
        if not any("'" in surface for surface in plain):
            continue
        chain.mentions = [
            (mention._replace(surface_text=body[mention.start : mention.end]), rule) for mention, rule in chain.mentions
        ]
        shown = zip(plain, chain.mentions, strict=True)
        forms = [mention.surface_text for surface, (mention, _) in shown if surface == chain.full_name]
        chain.full_name = choose_spelling(forms) if forms else chain.full_name


def _build_row(text_hash: str, chain: Chain, mention: Mention, rule: str, place: tuple[str, int]) -> MentionRow:
    field, sentence_number = place
    return MentionRow(
        text_hash,
        _compute_entity_key(chain.entity_type, chain.name_key),
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


@lru_cache(maxsize=16_384)
def _compute_entity_key(entity_type: str, name_key: str) -> int:
    return compute_key("entity", entity_type, name_key)
