-- Evaluations: how well names were found and resolved in articles labelled by hand, by which model and code.

create table fact_evaluation (
    evaluation_key bigint not null,
    evaluated_date_key integer not null,
    evaluated_at timestamp not null,
    gold_name varchar not null,
    gold_hash varchar not null,
    model_name varchar not null,
    model_version varchar not null,
    model_backend varchar not null,
    code_version varchar not null,
    article_count integer not null,
    missing_article_count integer not null,
    entity_type varchar not null,
    metric varchar not null,
    value_ratio double not null,
    true_positive_count bigint,
    false_positive_count bigint,
    false_negative_count bigint
);
comment on table fact_evaluation is
'Grain: a metric of an entity type in an evaluation. What dateline evaluate measured on articles labelled by hand';
comment on column fact_evaluation.evaluation_key is
'The evaluation: a hash of the gold file''s content, the models and the code; measured again, it is replaced';
comment on column fact_evaluation.evaluated_date_key is 'The UTC day of it: dim_date';
comment on column fact_evaluation.evaluated_at is 'When it began, UTC';
comment on column fact_evaluation.gold_name is 'Name of the gold file, without its folder';
comment on column fact_evaluation.gold_hash is 'SHA-256 of the gold file, hex';
comment on column fact_evaluation.model_name is 'The spaCy pipeline; several are divided by ", "';
comment on column fact_evaluation.model_version is 'Its version; several as in model_name';
comment on column fact_evaluation.model_backend is 'Matrix library the model ran on';
comment on column fact_evaluation.code_version is 'Version of Dateline';
comment on column fact_evaluation.article_count is 'Articles in the gold file';
comment on column fact_evaluation.missing_article_count is
'Those of them that the pipeline refused or took for others: none of their names counts as found';
comment on column fact_evaluation.entity_type is 'A type of the gold file; ALL for all of them together';
comment on column fact_evaluation.metric is
'mention_, in_article_ or cross_article_ pairwise_ or b_cubed_, then precision, recall or f1; or any_type_recall';
comment on column fact_evaluation.value_ratio is 'The figure, 0 to 1';
comment on column fact_evaluation.true_positive_count is
'Mentions, or for pairwise figures pairs of mentions; null for B-cubed, which is a mean over mentions';
comment on column fact_evaluation.false_positive_count is
'The same, what is ours and not the gold file''s; null for any_type_recall, too';
comment on column fact_evaluation.false_negative_count is 'The same, what is the gold file''s and not ours';

comment on column dim_run.model_name is
'Names of the spaCy models, divided by ", ", the one for the default language first; null when no model was used';
comment on column dim_run.model_version is 'Versions of the models, in the order of their names';
comment on column dim_run.unsupported_count is 'Documents loaded in a language that no model reads: no mentions';
