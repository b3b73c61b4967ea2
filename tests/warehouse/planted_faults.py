"""Faults that are planted in a good warehouse, each for the check that is there to find it.

The warehouse is the sample of ``test_checks.py``: ``samples.load_sample``, an evaluation and an interval.
"""

from typing import Final

FACT_COPY: Final = "insert into fact_article select * from fact_article where article_key = 1"
HOLE: Final = """
    update dim_source set valid_to = current_date where source_key = 10;
    insert into dim_source select * replace (11 as source_key, current_date + 1 as valid_from, false as is_current)
    from dim_source where source_key = 10;
"""
CORRUPTIONS: Final = [
    ("accounting_bridge_article_author", "update bridge_article_author set weight = 0.4 where position = 2"),
    ("accounting_bridge_article_author", "update bridge_article_author set weight = 'nan'::double where position = 2"),
    ("accounting_bridge_article_author", "delete from bridge_article_author where article_key = 2"),
    ("orphan_dim_entity", "update dim_entity set place_key = 5 where entity_key = 100"),
    ("orphan_dim_entity", "update dim_entity set place_rule = 'state' where entity_key = 100"),
    ("orphan_dim_entity", "insert into dim_place values (5, 'Rome', 'IT', 41.9, 12.5, 7, 'city', 1)"),
    (
        "orphan_dim_entity",
        """
        insert into dim_place values (5, 'Rome', 'IT', 41.9, 12.5, 7, 'city', 1);
        update dim_entity set place_key = 5, place_rule = 'state', place_score = 2 where entity_key = 100
        """,
    ),
    (
        "grain_dim_place",
        """
        insert into dim_place values
        (5, 'Rome', 'IT', 41.9, 12.5, 7, 'city', 1), (6, 'Roma', 'IT', 41.9, 12.5, 7, 'city', 1)
        """,
    ),
    ("grain_dim_place", "insert into dim_place values (5, 'Rome', 'IT', 41.9, null, 7, 'city', 1)"),
    ("grain_dim_place", "insert into dim_place values (5, 'Rome', 'IT', 141.9, 12.5, 7, 'city', 1)"),
    ("special_members", "delete from dim_place where place_key = -2"),
    ("accounting_counted_version", "delete from counted_version where article_key = 1"),
    ("accounting_counted_version", "update counted_version set story_key = 4 where article_key = 1"),
    ("accounting_counted_version", "update counted_version set entity_count = 4 where article_key = 1"),
    ("accounting_counted_version", "insert into counted_version select * from counted_version where article_key = 1"),
    ("accounting_dim_run", "update dim_run set read_count = 3"),
    ("accounting_entity_alias", "update entity_alias set mention_count = 9 where alias = 'Bo Kim'"),
    ("accounting_entity_alias", "update fact_entity_mention set entity_key = 200 where article_key = 1"),
    ("accounting_dim_entity", "update dim_entity set article_count = 5 where entity_key = 100"),
    ("accounting_dim_entity", "update dim_entity set first_seen_date = '2001-01-01' where entity_key = 100"),
    ("accounting_dim_entity", "update dim_entity set last_seen_date = null where entity_key = 100"),
    ("accounting_fact_entity_mention", "update fact_entity_mention set entity_key = 200 where article_key = 1"),
    ("accounting_fact_entity_mention", "update fact_entity_mention set resolution_rule = 'spelling'"),
    ("accounting_fact_entity_mention", "update fact_entity_mention set resolution_score = 0.1 where article_key = 1"),
    (
        "accounting_fact_entity_mention",
        """
        insert into resolution_decision
        select * replace (1 as article_key, 200 as entity_key) from resolution_decision
        """,
    ),
    ("chain_resolution_decision", "update resolution_decision set linked_key = 300 - observed_key, entity_key = 100"),
    ("chain_resolution_decision", "update resolution_decision set entity_key = 200 where observed_key = 100"),
    ("chain_resolution_decision", "update resolution_decision set linked_key = 200 where observed_key = 100"),
    ("accounting_observed_entity", "update observed_entity set article_count = 9 where observed_key = 100"),
    ("accounting_observed_entity", "update observed_entity set name = 'another' where observed_key = 100"),
    ("accounting_observed_entity", "insert into observed_alias values (100, 'lee', 1)"),
    ("grain_observed_entity", "insert into observed_entity select * from observed_entity where observed_key = 100"),
    ("grain_observed_entity", "update observed_entity set observed_id = 'PERSON:100'"),
    ("grain_observed_entity", "insert into observed_alias values (100, 'lee', 1), (100, 'lee', 2)"),
    ("grain_observed_entity", "insert into observed_block select * from observed_block"),
    ("grain_observed_entity", "insert into observed_spelling values (100, 200), (200, 100), (100, 200)"),
    ("grain_observed_entity", "insert into observed_candidate values (100, 200), (100, 200)"),
    ("grain_observed_entity", "insert into observed_company values (100, 200, 9, 1), (100, 200, 9, 2)"),
    (
        "grain_observed_entity",
        "insert into resolution_link values (100, 1, 200, 'r', 1, ''), (100, 1, 100, 'r', 1, '')",
    ),
    ("grain_resolution_decision", "delete from resolution_decision where observed_key = 100"),
    ("grain_resolution_decision", "insert into resolution_decision select * from resolution_decision"),
    (
        "orphan_observed_entity",
        "insert into observed_entity values (5, 'PERSON:x', 'PERSON', 'x', 'X', null, 1, false)",
    ),
    ("orphan_observed_entity", "delete from observed_entity where observed_key = 100"),
    ("orphan_observed_entity", "insert into observed_alias values (5, 'x', 1)"),
    ("orphan_observed_entity", "insert into observed_block values (5, 1, 'name', true, true)"),
    ("orphan_observed_entity", "insert into observed_spelling values (100, 200)"),
    ("orphan_observed_entity", "insert into observed_spelling values (5, 100), (100, 5)"),
    ("orphan_observed_entity", "insert into observed_company values (100, 200, 9, 1)"),
    ("orphan_observed_entity", "insert into observed_candidate values (5, 100)"),
    ("orphan_observed_entity", "insert into observed_candidate values (100, 5)"),
    ("orphan_observed_entity", "insert into resolution_link values (100, -2, 5, 'r', 1, '')"),
    ("orphan_resolution_decision", "update resolution_decision set observed_key = 5 where observed_key = 100"),
    ("orphan_resolution_decision", "update resolution_decision set linked_key = 5 where observed_key = 100"),
    ("orphan_resolution_decision", "delete from dim_entity where entity_key = 100"),
    (
        "orphan_resolution_decision",
        "insert into resolution_decision select * replace (1 as article_key) from resolution_decision",
    ),
    ("accounting_entity_total", "update entity_total set article_count = 1 where entity_key = 100"),
    ("accounting_entity_total", "update entity_total set story_count = 1 where entity_key = 100"),
    ("accounting_entity_total", "update entity_total set mention_count = 3 where entity_key = 100"),
    ("accounting_entity_total", "delete from entity_total where entity_key = 200"),
    ("accounting_entity_total", "delete from entity_day_total where entity_key = 200"),
    ("copied_fact_article_entity", "update fact_article_entity set story_key = 9 where article_key = 1"),
    ("copied_fact_article_entity", "update fact_article_entity set is_current_version = false where article_key = 1"),
    ("copied_fact_article_entity", "update fact_article_entity set is_duplicate = true where article_key = 1"),
    ("accounting_is_current_version", "update fact_article set is_current_version = false where article_key = 1"),
    ("accounting_source_day_total", "update source_day_total set named_article_count = 9 where source_key = 10"),
    ("accounting_source_day_total", "delete from source_day_total where source_key = 10"),
    ("accounting_source_day_total", "insert into source_day_total select * from source_day_total limit 1"),
    ("accounting_entity_total", "insert into entity_day_total values (300, 20261103, 1, 1, 1, 1, 1)"),
    ("accounting_fact_article_entity", "update fact_article_entity set mention_count = 2 where article_key = 1"),
    ("accounting_fact_article_entity", "update fact_article_entity set published_date_key = -1 where article_key = 1"),
    ("accounting_fact_article_entity", "delete from fact_article_entity where entity_key = 200"),
    ("accounting_fact_article_entity", "update fact_article_entity set is_in_headline = true where article_key = 1"),
    ("accounting_fact_cooccurrence", "delete from fact_cooccurrence"),
    ("accounting_fact_cooccurrence", "update fact_cooccurrence set sentence_count = 0"),
    ("accounting_fact_cooccurrence", "insert into fact_cooccurrence values (1, 100, 200, 10, 20261103, 0)"),
    ("accounting_pair_total", "insert into pair_total values (100, 200, 2, 2, 2, 20261103, 20261103)"),
    (
        "accounting_pair_total",  # met twice, and not counted
        "insert into fact_cooccurrence select * replace (1 as article_key) from fact_cooccurrence",
    ),
    ("empty_pending_article", "insert into pending_article values (1)"),
    ("empty_unplaced_entity", "insert into unplaced_entity values (100)"),
    ("accounting_fact_cooccurrence", "insert into fact_cooccurrence select * from fact_cooccurrence"),
    ("grain_fact_cooccurrence", "update fact_cooccurrence set entity_key_a = 200, entity_key_b = 100"),
    ("accounting_fact_cooccurrence", "update fact_cooccurrence set entity_key_b = 300"),
    ("grain_fact_cooccurrence", "update fact_cooccurrence set source_key = 11"),
    ("accounting_fact_article", "update fact_article set mention_count = 0 where article_key = 2"),
    ("accounting_fact_article", "delete from fact_entity_mention where article_key = 1"),
    ("accounting_fact_evaluation", "update fact_evaluation set value_ratio = 0.8 where metric = 'mention_recall'"),
    ("accounting_fact_evaluation", "update fact_evaluation set true_positive_count = 4"),
    ("accounting_fact_evaluation", "update fact_evaluation set value_ratio = 1.1 where metric = 'mention_f1'"),
    ("accounting_fact_evaluation", "update fact_evaluation set value_ratio = 'nan'::double"),
    ("grain_fact_evaluation", "insert into fact_evaluation select * from fact_evaluation limit 1"),
    ("accounting_fact_interval", "update fact_interval set attempt_count = 2"),
    ("accounting_fact_interval", "update fact_interval set loaded_at = null"),
    ("accounting_fact_interval", "delete from fact_interval"),
    ("accounting_fact_interval", "update fact_interval_attempt set loaded_count = 1"),
    ("accounting_fact_interval", "update fact_interval_attempt set read_count = 3, loaded_count = 3"),
    ("accounting_fact_interval", "update fact_interval_attempt set run_key = 7"),
    ("grain_fact_interval", "insert into fact_interval select * from fact_interval"),
    ("grain_fact_interval", "update fact_interval set interval_end = interval_start"),
    ("grain_fact_interval", "update fact_interval set source_key = 99"),
    ("grain_fact_interval", "update fact_interval set start_date_key = 18000101"),
    ("orphan_fact_interval_effect", "insert into fact_interval_effect values (7, 20261103, 'story', 1)"),
    ("orphan_fact_interval_effect", "insert into fact_interval_effect values (1, 18000101, 'story', 1)"),
    ("orphan_fact_interval_effect", "insert into fact_interval_effect values (1, 20261103, 'story', 0)"),
    ("orphan_fact_evaluation", "update fact_evaluation set evaluated_date_key = 18000101"),
    (
        "accounting_fact_source_coverage",
        "insert into fact_source_coverage values (10, 20261103, 2, 2, 1, 0, 0, 0, 0, 0, 'x')",
    ),
    (
        "accounting_fact_source_expectation",
        "update fact_source_expectation set observed_count = 3 where measure = 'article_count'",
    ),
    ("accounting_fact_source_expectation", "delete from fact_source_expectation"),
    (
        "accounting_fact_source_expectation",
        "update fact_source_expectation set status = 'low' where measure = 'author_ratio'",
    ),
    (
        "accounting_fact_source_expectation",
        """
        update fact_source_expectation set status = 'met', expected_by = 'file', expected_high = 0.1
        where measure = 'author_ratio'
        """,
    ),
    (
        "accounting_fact_source_expectation",
        "update fact_source_expectation set observed_value = 2 where measure = 'date_ratio'",
    ),
    ("grain_fact_source_expectation", "insert into fact_source_expectation select * from fact_source_expectation"),
    ("grain_fact_source_expectation", "update fact_source_expectation set source_key = 99"),
    ("grain_fact_source_expectation", "update fact_source_expectation set date_key = 19000101"),
    (
        "grain_fact_source_expectation",
        "insert into fact_source_coverage values (10, 20261103, 0, 0, 0, 0, 0, 0, 0, 0, 'gap')",
    ),
    ("accounting_article_withdrawal", "update dim_article set is_withdrawn = true where article_key = 1"),
    ("accounting_article_withdrawal", "update dim_article set withdrawn_at = now() where article_key = 1"),
    (
        "accounting_article_withdrawal",
        "update dim_article set is_withdrawn = true, withdrawn_at = '2026-11-20' where article_key = 1",
    ),
    (
        "accounting_article_withdrawal",
        "insert into article_withdrawal values ('one', 'pub_status', 1, '2026-11-20', '2026-11-20', true, 'u')",
    ),
    (
        "accounting_article_withdrawal",
        """
        insert into article_withdrawal values ('one', 'http_410', 1, '2026-11-20', '2026-11-20', true, 'u');
        insert into dim_article
        select * replace (9 as article_key, 2 as version) from dim_article where article_key = 1;
        update dim_article set is_withdrawn = true, withdrawn_at = '2026-11-20' where article_key = 1
        """,
    ),
    (
        "grain_article_withdrawal",
        """
        insert into article_withdrawal from (
            values ('one', 'http_404', 1, now()::timestamp, now()::timestamp, false, 'u')
        ) cross join range(2) as twice (number) select * exclude (number)
        """,
    ),
    (
        "grain_article_withdrawal",
        "insert into article_withdrawal values ('nine', 'http_404', 1, '2026-11-20', '2026-11-20', false, 'u')",
    ),
    ("grain_article_provenance", "insert into article_provenance select * from article_provenance limit 1"),
    (
        "grain_fact_source_coverage",
        "insert into fact_source_coverage values (99, 20261103, 0, 0, 0, 0, 0, 0, 0, 0, 'gap')",
    ),
    (
        "grain_fact_source_coverage",
        "insert into fact_source_coverage values (10, 19000101, 0, 0, 0, 0, 0, 0, 0, 0, 'gap')",
    ),
    ("orphan_article_provenance", "update article_provenance set content_hash = 'other'"),
    ("accounting_fact_date_candidate", "update fact_date_candidate set is_chosen = false where article_key = 1"),
    ("accounting_fact_date_candidate", "update fact_article set published_at = null where article_key = 1"),
    ("accounting_fact_date_candidate", "update fact_article set published_at = now() where article_key = 1"),
    (
        "accounting_fact_date_candidate",
        "insert into fact_date_candidate select * replace ('url' as method) from fact_date_candidate",
    ),
    ("future_fact_date_candidate", "update article_date set ingested_at = '2026-11-01' where article_id = 'one'"),
    ("grain_article_date", "insert into article_date select * from article_date limit 1"),
    ("grain_fact_date_candidate", "insert into fact_date_candidate select * from fact_date_candidate limit 1"),
    ("grain_fact_date_candidate", "update fact_date_candidate set zone_source = null"),
    ("grain_fact_date_candidate", "update fact_date_candidate set zone_source = 'guessed'"),
    ("orphan_article_date", "update article_date set content_hash = 'other'"),
    ("orphan_fact_date_candidate", "update fact_date_candidate set article_key = 99 where article_key = 1"),
    ("orphan_fact_date_candidate", "delete from fact_date_candidate where article_key = 1"),
    ("grain_article_body", "insert into article_body select * from article_body where article_key = 1"),
    ("grain_article_observation", "insert into article_observation select * from article_observation limit 1"),
    (
        "grain_article_observation",
        "update article_observation set source_id = 'a', content_hash = 'c', text_hash = uuid()",
    ),
    ("grain_dim_article", "insert into dim_article select * from dim_article where article_key = 1"),
    ("grain_dim_article", "update dim_article set is_current = false where article_key = 1"),
    (
        "grain_dim_article",
        "insert into dim_article select * replace (3 as article_key, 2 as version) from dim_article where version = 1",
    ),
    ("grain_dim_article", "update dim_article set version = 1, article_id = 'one', is_current = article_key = 1"),
    (
        "grain_bridge_article_author",
        """
        update bridge_article_author set author_key = (select author_key from dim_author where name = 'Cy Orr')
        where article_key = 1;
        delete from dim_author where name = 'Di Poe'
        """,
    ),
    ("grain_bridge_article_author", "update bridge_article_author set position = 1"),
    ("grain_dim_author", "insert into dim_author select * from dim_author where name = 'Di Poe'"),
    ("grain_dim_author", "update dim_author set author_id = 'x' where author_key >= 0"),
    ("grain_dim_date", "insert into dim_date select * from dim_date where date_key = 20261103"),
    ("grain_dim_entity", "insert into dim_entity select * from dim_entity where entity_key = 100"),
    ("grain_dim_entity", "update dim_entity set entity_id = 'PERSON:100' where entity_key = 200"),
    ("grain_dim_run", "insert into dim_run select * from dim_run"),
    ("grain_dim_source", "insert into dim_source select * from dim_source where source_key = 10"),
    ("grain_dim_source", "update dim_source set is_current = false where source_key = 10"),
    ("grain_dim_source", HOLE),
    ("grain_entity_alias", "insert into entity_alias select * from entity_alias limit 1"),
    ("grain_fact_article", FACT_COPY),
    ("grain_fact_entity_mention", "insert into fact_entity_mention select * from fact_entity_mention limit 1"),
    ("offset_fact_entity_mention", "update article_body set body = 'X' || body where article_key = 1"),
    ("offset_fact_entity_mention", "update fact_entity_mention set field = 'headline' where article_key = 1"),
    ("offset_fact_entity_mention", "update fact_entity_mention set field = 'footer' where article_key = 1"),
    ("offset_fact_entity_mention", "update fact_entity_mention set end_char = 8 where article_key = 1"),
    (
        "offset_fact_entity_mention",
        "update fact_entity_mention set end_char = start_char, surface_text = '' where article_key = 1",
    ),
    ("orphan_article_body", "delete from article_body where article_key = 1"),
    ("orphan_article_body", "insert into article_body values (99, 'x')"),
    ("orphan_article_body", "insert into article_body values (-1, 'x')"),
    ("orphan_bridge_article_author", "insert into bridge_article_author values (99, -1, 1, 1, 'x', 'person')"),
    ("orphan_bridge_article_author", "insert into bridge_article_author values (-1, -1, 1, 1, 'x', 'person')"),
    ("orphan_bridge_article_author", "delete from dim_author where name = 'Cy Orr'"),
    ("orphan_bridge_article_author", "insert into dim_author values (7, 'x', 'X', 'person')"),
    ("orphan_dim_article", "delete from fact_article where article_key = 1"),
    ("orphan_entity_alias", "delete from entity_alias where entity_key = 100"),
    ("orphan_entity_alias", "insert into entity_alias values (300, 'x', 1, 'exact', 'x')"),
    ("orphan_fact_article", "delete from dim_article where article_key = 1"),
    ("orphan_fact_article", "update fact_article set article_key = -1 where article_key = 1"),
    ("orphan_fact_article", "update fact_article set source_key = 99 where article_key = 1"),
    ("orphan_fact_article", "update fact_article set published_date_key = 19000101 where article_key = 1"),
    ("orphan_fact_article", "update fact_article set ingested_date_key = 19000101 where article_key = 1"),
    ("orphan_fact_article", "update fact_article set run_key = 99 where article_key = 1"),
    (
        "orphan_fact_article",
        "alter table fact_article alter source_key drop not null; update fact_article set source_key = null",
    ),
    (
        "orphan_fact_article",
        "alter table fact_article alter story_key drop not null; update fact_article set story_key = null",
    ),
    ("orphan_fact_entity_mention", "delete from fact_article where article_key = 1"),
    ("orphan_fact_entity_mention", "delete from dim_entity where entity_key = 100"),
    ("orphan_fact_entity_mention", "update fact_entity_mention set source_key = 11 where article_key = 1"),
    ("orphan_fact_entity_mention", "update fact_entity_mention set published_date_key = -1 where article_key = 1"),
    ("orphan_fact_entity_mention", "update fact_entity_mention set run_key = 99 where article_key = 1"),
    ("orphan_rejected_document", "insert into rejected_document values ('u', 'x', 'h', 'empty', 'd', now(), 99)"),
    ("special_members", "delete from dim_date where date_key = -1"),
    ("special_members", "delete from dim_source where source_key = -2"),
    ("special_members", "delete from dim_article where article_key = -1"),
    ("special_members", "delete from dim_entity where entity_key = -2"),
    ("special_members", "delete from dim_author where author_key = -2"),
    ("special_members", "delete from dim_story where story_key = -1"),
    ("accounting_dim_story", "update dim_story set article_count = 2 where article_count = 1"),
    ("accounting_dim_story", "update dim_story set source_count = 0 where article_count = 1"),
    ("accounting_dim_story", "update dim_story set first_published_at = null"),
    ("accounting_dim_story", "update dim_article set headline = 'Other' where article_key = 1"),
    ("accounting_is_duplicate", "update fact_article set is_duplicate = true where article_key = 1"),
    ("accounting_is_duplicate", "update fact_article set story_key = (select max(story_key) from dim_story)"),
    ("accounting_is_duplicate", "update dim_article set article_id = 'one'"),
    ("grain_dim_story", "insert into dim_story select * from dim_story where story_key > 0 limit 1"),
    ("grain_dim_story", "update dim_story set story_id = 'one'"),
    ("grain_wording_pair", "insert into wording_pair values (1, 2, 0, 0, 0, false), (1, 2, 0, 0, 0, false)"),
    ("grain_wording_pair", "insert into wording_pair values (2, 1, 0, 0, 0, false)"),
    ("grain_wording_pair", "insert into wording_band values (1, 2), (1, 2)"),
    ("orphan_dim_story", "update fact_article set story_key = -1 where article_key = 1"),
    ("orphan_dim_story", "delete from dim_story where story_id = 'one'"),
    ("orphan_dim_story", "insert into dim_story values (5, 'five', '', null, 1, 1)"),
    ("orphan_dim_story", "update dim_story set story_id = 'three' where story_id = 'one'"),
    ("orphan_text_sketch", "delete from text_sketch where text_hash = 'text-c1'"),
    ("orphan_text_sketch", "insert into text_sketch select * from text_sketch where text_hash = 'text-c1'"),
    ("orphan_text_sketch", "insert into text_sketch values ('text-c9', 's1', 1, 1)"),
    ("orphan_text_sketch", "insert into wording_band values (1, 2)"),
    ("orphan_text_sketch", "insert into wording_pair values (1, 2, 0, 0, 0, false)"),
]
"""Check -> statements after which it has to find bad rows in the sample of two articles."""

UNREACHABLE: Final = (
    "insert into entity_day_total values (300",
    "insert into article_withdrawal values ('nine'",
    "insert into article_body values",
    "insert into bridge_article_author values (99",
    "insert into bridge_article_author values (-1",
    "insert into dim_author values (7",
    "insert into entity_alias values (300",
    "update fact_article set article_key = -1",
    "insert into dim_story values (5",
)
"""Faults in rows that no article of a load leads to: found in the night."""
