"""The rules by which a name is taken for another, and how far each can be trusted."""

from typing import Final, NamedTuple

PERSON: Final = "PERSON"
ORGANISATION: Final = "ORG"
OWN_NAME: Final = "own_name"
AMBIGUOUS: Final = "ambiguous"
HUMAN: Final = "human"

RULES: Final = {
    OWN_NAME: 1.0,  # it stands for itself
    HUMAN: 1.0,  # people decided: the decisions file
    "type_majority": 0.9,  # the same name has another type in most articles
    "full_name": 0.9,  # a person's name with fewer or shorter given names
    "known_alias": 0.85,  # where articles have the short and the full form, this is whom they mean
    "spelling": 0.8,  # a letter apart from a more frequent name, in the same company
    "embedded_name": 0.8,  # a person's name with a word before it that is none of it, in the same company
    "long_form": 0.8,  # an organisation's or place's name with more words, in the same company
    "initials": 0.8,  # the initials of a name, in the same company
    "bare_name": 0.8,  # a place with its state, where most articles mean one by the name alone
    "relative": 0.75,  # a given name, and the surname of whose relative the text says it is
    "lone_surname": 0.75,  # the surname of one person, or of one above all
    "context": 0.7,  # of several, the one whose company the article has
    AMBIGUOUS: 0.5,  # several could be meant
}
"""Rule -> score from 0 to 1. Ranks set by hand, from reading samples of each rule; not probabilities."""


class Link(NamedTuple):
    """A row of ``frames.NAME_LINK``."""

    observed_key: int
    article_key: int
    linked_key: int
    rule: str
    score: float
    evidence: str
