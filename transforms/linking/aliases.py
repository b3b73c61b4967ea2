"""Short names: a lone "Munir", "EU" or "Hillary" means whom articles mean that have the full name as well.

The evidence is what was resolved within articles, where the full name stands beside the short one. That covers
surnames, given names, acronyms, short forms and nicknames alike, and nobody has to list them.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from transforms.acronyms import compute_initials
from transforms.keys import NOT_APPLICABLE_KEY
from transforms.linking.candidates import Asker, Candidate
from transforms.linking.people import group_forms
from transforms.linking.rules import AMBIGUOUS, ORGANISATION, PERSON, RULES, Link
from transforms.linking.shared_acronyms import is_acronym_of_two
from transforms.linking.shared_names import MIN_COMPANION_RATIO_OF_SHARED, is_outlet_word, is_shared_name
from transforms.names import CORPORATE_SUFFIXES, fold_word, parse_person

DOMINANCE: Final = 0.8
"""Of all articles that speak for somebody, the share that must speak for the one chosen."""

MIN_ALIAS_ARTICLES: Final = 2
MIN_ALIAS_ARTICLES_OF_COMMON: Final = 3
"""Articles that must use the short form for the full one, unless both keep company with the same names; the second for
a surname that many bear or that is a word."""

MIN_ALIAS_ARTICLES_OF_ACRONYM: Final = 5
"""Articles that make an acronym known whatever it is beside."""

MIN_COMPANIONS_OF_ACRONYM: Final = 4
"""Names that an acronym and its long form must both be beside where fewer articles make it known: as many as for one
that none does (``long_forms.MIN_COMPANIONS``)."""

MIN_SHARED_COMPANIONS: Final = 3
MIN_COMPANION_RATIO: Final = 0.15
"""Names that both are beside, in number and of all that the short form is beside: what makes one article enough."""

MIN_COMPANION_RATIO_OF_COMMON: Final = 0.25
MIN_COMPANION_RATIO_OF_GIVEN: Final = 0.35
"""The share that a common surname needs, and a given name, which more people bear."""

MIN_ARTICLE_RATIO: Final = 0.5
"""Articles that speak for a fuller name must be more than this share of those that have the short one alone: "White
House" is no short form of an office in it that one article names, nor "Brexit" of somebody's misread surname."""

MIN_BEARER_ARTICLES: Final = 2
"""Articles that name the only bearer of a rare surname. Whom one article names is as often a "Rose Bowl" or a "Sandy
Hook", read as a person by mistake."""

MIN_TELLING_COMPANIONS: Final = 10
"""From so many names on beside a surname, none of them beside its bearer tells that somebody else is meant. Of the rare
surnames in longer articles that were linked without company, most were wrong."""

_SHOWN: Final = 3


class Reading(NamedTuple):
    """What a short name may mean.

    Attributes:
        article_count: Articles that speak for it.
        forms: The names of it, the one that most articles have first.
    """

    article_count: int
    forms: Sequence[Candidate]

    @property
    def entity_type(self) -> str:
        """The type of all its names."""
        return self.forms[0].entity_type

    @property
    def is_surname(self) -> bool:
        """Whether the short form is the surname of one of the names."""
        return any("surname" in form.kinds for form in self.forms)

    @property
    def alias_article_count(self) -> int:
        """Articles that have the short form for one of the names."""
        return sum(form.alias_article_count for form in self.forms)

    @property
    def companion_count(self) -> int:
        """Names that the short form and one of the names are both beside."""
        return max(form.shared_companion_count for form in self.forms)


def link_short_name(asker: Asker) -> Link | None:
    """Return what a short name stands for; a link to itself where several are meant and none above all; None for none.

    Args:
        asker: A name with its candidates. Fuller names speak for themselves, as far as articles have the two as one; a
            surname is spoken for by every person that bears it, whatever it was taken for: the model often takes a
            surname alone for a place. Then all articles that have it as anything else speak against it.
    """
    fuller = [] if asker.has_legal_form or is_outlet_word(asker.name_key) else list_fuller(asker)
    readings = group_readings(asker, fuller) if _may_be_told(asker, fuller) else []
    speaking = sum(reading.article_count for reading in readings)
    if speaking <= MIN_ARTICLE_RATIO * asker.article_count or is_acronym_of_two(asker, readings[0].forms[0]):
        return None
    best = readings[0]
    total = speaking + _count_rivals(asker, best.entity_type)
    if best.article_count < DOMINANCE * total:
        if asker.entity_type != best.entity_type:
            return None
        evidence = _describe(readings, total)
        return Link(asker.key, NOT_APPLICABLE_KEY, asker.key, AMBIGUOUS, RULES[AMBIGUOUS], evidence)
    is_only = best.article_count == total
    if not (is_only and _is_rare(asker, best)) and not _is_supported(asker, best):
        return None
    rule = "known_alias" if best.alias_article_count > 0 else "lone_surname"
    if rule == "lone_surname" and not is_only:
        return None
    evidence = f"{_describe(readings, total)}; {best.companion_count} companions in common"
    return Link(asker.key, NOT_APPLICABLE_KEY, best.forms[0].key, rule, RULES[rule], evidence)


def list_fuller(asker: Asker) -> list[Candidate]:
    """Return the names that a name may be short for.

    "UN Security Council" is none of "UN" where one does not begin with it.
    """
    fuller = [candidate for candidate in asker.candidates if _is_fuller(asker, candidate)]
    beginning = f"{asker.name_key} "
    other = [one for one in fuller if one.entity_type == PERSON or not one.name_key.startswith(beginning)]
    return other or fuller


def _may_be_told(asker: Asker, fuller: Sequence[Candidate]) -> bool:
    """Tell whether a short name may get an answer, were all fuller names forms of one; without a look at which are.

    Of the surnames that are taken for a place, most get none.
    """
    speaking = sum(_count_articles(asker, one) for one in fuller)
    if speaking <= MIN_ARTICLE_RATIO * asker.article_count:
        return False
    is_own_type = any(one.entity_type == asker.entity_type for one in fuller)
    return is_own_type or speaking >= DOMINANCE * (speaking + asker.article_count)


def group_readings(asker: Asker, fuller: Sequence[Candidate]) -> list[Reading]:
    """Return what a name may be short for, the one that most articles speak for first; all of the type of the first."""
    groups = _absorb_extensions(group_forms(fuller, asker.lists.nicknames))
    readings = [Reading(sum(_count_articles(asker, form) for form in forms), forms) for forms in groups]
    ordered = sorted(readings, key=lambda reading: (-reading.article_count, reading.forms[0].name_key))
    return [reading for reading in ordered if reading.entity_type == ordered[0].entity_type]


def _absorb_extensions(groups: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
    """Return groups of names, where one that goes on after another is the other's.

    Articles on the "United Nations Security Council" that say "UN" mean the United Nations. People are left alone.
    """
    ordered = sorted(groups, key=lambda forms: (len(forms[0].name_key), forms[0].name_key))
    kept: list[list[Candidate]] = []
    for forms in ordered:
        head = forms[0]
        is_person = head.entity_type == PERSON
        fits = [] if is_person else [other for other in kept if head.name_key.startswith(f"{other[0].name_key} ")]
        if fits:
            fits[0].extend(forms)
        else:
            kept.append(list(forms))
    return kept


def _is_fuller(asker: Asker, candidate: Candidate) -> bool:
    """Tell whether a candidate has more words and the same type, or is a person that a single name may be short for."""
    return (
        ("alias" in candidate.kinds or "surname" in candidate.kinds)
        and (candidate.entity_type == asker.entity_type or (candidate.entity_type == PERSON and asker.is_single))
        and len(candidate.name_key.split()) > len(asker.name_key.split())
    )


def _count_articles(asker: Asker, candidate: Candidate) -> int:
    """Return how many articles speak for a candidate: all that have a bearer of the surname, else those with both.

    For a name that was not taken for a person only those with both count, unless there are none.
    """
    is_alike = asker.entity_type == candidate.entity_type or candidate.alias_article_count == 0
    return candidate.article_count if "surname" in candidate.kinds and is_alike else candidate.alias_article_count


def _count_rivals(asker: Asker, entity_type: str) -> int:
    """Return how many articles have the name by itself as something of another type; none for a name of that type."""
    if asker.entity_type == entity_type:
        return 0
    same = (candidate for candidate in asker.candidates if candidate.name_key == asker.name_key)
    return asker.article_count + sum(one.article_count for one in same if one.entity_type != entity_type)


def _is_supported(asker: Asker, best: Reading) -> bool:
    """Tell whether there is evidence enough: the company of both, articles that have both as one.

    Both are asked of a given name, which many bear, and of a name that many organisations share; some company of a
    surname, which others may bear whom no article names in full. The beginning of an organisation's name has to be
    known, that of a company to one article.
    """
    is_person = best.entity_type == PERSON
    is_known = best.alias_article_count >= _find_least_articles(asker, best)
    if (is_person and not best.is_surname) or (not is_person and is_shared_name(asker.name_key)):
        return is_known and _is_in_company(asker, best)
    is_of_one_type = asker.entity_type == best.entity_type
    needs_article = not is_person and asker.name_key not in compute_initials(best.forms[0].name_key)
    if (is_of_one_type and needs_article and not is_known) or _is_end_of_others(asker, best) or _is_apart(asker, best):
        return False
    return (is_of_one_type and is_known) or _is_in_company(asker, best)


def _is_in_company(asker: Asker, best: Reading) -> bool:
    """Tell whether a short name and whom it may mean are beside the same names."""
    return best.companion_count >= max(MIN_SHARED_COMPANIONS, _find_ratio(asker, best) * asker.companion_count)


def _find_ratio(asker: Asker, best: Reading) -> float:
    """Return the share of a short name's companions that whom it means must be beside, too."""
    if best.entity_type != PERSON:
        return MIN_COMPANION_RATIO_OF_SHARED if is_shared_name(asker.name_key) else MIN_COMPANION_RATIO
    if not best.is_surname:
        return MIN_COMPANION_RATIO_OF_GIVEN
    return MIN_COMPANION_RATIO_OF_COMMON if asker.lists.is_common(asker.name_key) else MIN_COMPANION_RATIO


def _find_least_articles(asker: Asker, best: Reading) -> int:
    """Return the articles that must use the short form for the full one to make it known."""
    if _is_company(asker, best):
        return 1
    is_common = best.entity_type == PERSON and best.is_surname and asker.lists.is_common(asker.name_key)
    return MIN_ALIAS_ARTICLES_OF_COMMON if is_common else MIN_ALIAS_ARTICLES


def _is_apart(asker: Asker, best: Reading) -> bool:
    """Tell whether a short name keeps other company than whom it means elsewhere, so that it means somebody else here.

    A rare surname in any of the same company is its bearer's; an acronym and a common surname are many's. Companies
    and their short names are often named beside nobody.
    """
    if best.entity_type == PERSON:
        is_many = asker.lists.is_common(asker.name_key) and asker.companion_count >= MIN_TELLING_COMPANIONS
        return best.companion_count <= (MIN_COMPANION_RATIO * asker.companion_count if is_many else 0)
    return (
        best.alias_article_count < MIN_ALIAS_ARTICLES_OF_ACRONYM
        and asker.name_key in compute_initials(best.forms[0].name_key)
        and asker.companion_count > MIN_TELLING_COMPANIONS
        and best.companion_count < MIN_COMPANIONS_OF_ACRONYM
    )


def _is_end_of_others(asker: Asker, best: Reading) -> bool:
    """Tell whether an organisation's short name ends others' names nearly as often: each chamber has its committees."""
    tails = {one.key: one.article_count for one in asker.candidates if _is_tail(asker, one)}
    own = sum(tails.pop(form.key, 0) for form in best.forms)
    return own > 0 and own < DOMINANCE * (own + sum(tails.values()))


def _is_tail(asker: Asker, candidate: Candidate) -> bool:
    return "tail" in candidate.kinds and candidate.entity_type == asker.entity_type == ORGANISATION


def _is_company(asker: Asker, best: Reading) -> bool:
    """Tell whether a name begins one that ends with a company's legal form: "Acme" of "Acme Motor Co."."""
    form = fold_word(best.forms[0].name.rpartition(" ")[2])
    return form in CORPORATE_SUFFIXES and best.forms[0].name_key.startswith(f"{asker.name_key} ")


def _is_rare(asker: Asker, best: Reading) -> bool:
    """Tell whether a name is a rare surname in articles so short that the company they lack tells nothing.

    Who has a lone "Minsky" means the Minsky whom others name in full, if the given name is one; a lone "Johnson" may be
    anybody, and a word that is also a given name somebody's first.
    """
    return (
        asker.entity_type == PERSON
        and best.is_surname
        and best.article_count >= MIN_BEARER_ARTICLES
        and not asker.lists.is_common(asker.name_key)
        and any(parse_person(form.name_key).given in asker.lists.given_names for form in best.forms)
        and asker.companion_count < MIN_TELLING_COMPANIONS
    )


def _describe(readings: Sequence[Reading], total: int) -> str:
    """Return the evidence as a person reads it: "Asim Munir 12 of 14 articles, Ali Munir 2"."""
    shown = [f"{reading.forms[0].name} {reading.article_count}" for reading in readings[:_SHOWN]]
    shown[0] += f" of {total} articles"
    more = len(readings) - _SHOWN
    return ", ".join(shown) + (f", {more} more" if more > 0 else "")
