"""What the contents of a warehouse are: which rows and columns two warehouses must share to be the same.

"Identical contents" means all rows of all tables but the record of loads, without the audit columns, which say by which
load and from where a row came. ``dateline diff``, the export and the tests that load in another order go by this file.
"""

from collections.abc import Mapping, Sequence
from typing import Final

AUDIT_TABLES: Final = frozenset(
    {
        "dim_run",
        "fact_interval",
        "fact_interval_attempt",
        "fact_interval_effect",
        "observed_company",  # what loads happened to count, so that others need not
        "schema_migration",
    }
)
"""Tables that say what was done to the file, and not what it holds."""

_AUDIT_COLUMNS: Final = frozenset({"run_key", "rejected_at"})
_AUDIT_START: Final = "ingested_"

ROW_KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "article_body": ("article_key",),
    "article_provenance": ("article_id", "content_hash", "raw_hash"),
    "article_withdrawal": ("article_id", "method"),
    "bridge_article_author": ("article_key", "author_key"),
    "dim_article": ("article_key",),
    "dim_author": ("author_key",),
    "dim_date": ("date_key",),
    "dim_entity": ("entity_key",),
    "dim_place": ("place_key",),
    "dim_source": ("source_key",),
    "dim_story": ("story_key",),
    "entity_alias": ("entity_key", "alias"),
    "fact_article": ("article_key",),
    "fact_article_entity": ("article_key", "entity_key"),
    "fact_cooccurrence": ("article_key", "entity_key_a", "entity_key_b"),
    "fact_date_candidate": ("article_key", "method", "raw_text", "candidate_at", "zone_source"),
    "fact_entity_mention": ("article_key", "field", "start_char", "end_char"),
    "fact_evaluation": ("evaluation_key", "entity_type", "metric"),
    "fact_source_coverage": ("source_key", "date_key"),
    "fact_source_expectation": ("source_key", "date_key", "measure"),
    "human_decision": ("line_number",),
    "observed_entity": ("observed_key",),
    "rejected_document": ("uri", "external_id", "reason", "content_hash"),
    "resolution_decision": ("observed_key", "article_key", "alias_key"),
    "source_fetch": ("source_id", "url", "fetched_at"),
}
"""By which columns a row is the same row in two warehouses, as ``sql/checks/grain_*`` has them; of a table that is not
here, a row is what all its columns say, and none is ever changed."""


def is_audit_column(name: str) -> bool:
    """Tell whether a column says by which load, or from where, a row came.

    Examples:
        >>> is_audit_column("run_key"), is_audit_column("ingested_at"), is_audit_column("entity_key")
        (True, True, False)
    """
    return name in _AUDIT_COLUMNS or name.startswith(_AUDIT_START)


def list_content_columns(columns: Sequence[str]) -> list[str]:
    """Return those of the columns of a table that are contents, in their order."""
    return [name for name in columns if not is_audit_column(name)]


def list_key_columns(table: str, columns: Sequence[str]) -> list[str]:
    """Return the columns by which a row of a table is known again.

    Args:
        table: Its name.
        columns: Its content columns.
    """
    return list(ROW_KEYS.get(table, columns))


def quote_name(name: str) -> str:
    '''Return a name as SQL has it, whatever it has in it.

    Examples:
        >>> print(quote_name('say "so"'))
        "say ""so"""
    '''
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
