-- What a load of one interval changes in articles of others.

create table fact_interval_effect (
    run_key bigint not null,
    changed_date_key integer not null,
    effect varchar not null,
    article_count integer not null
);
comment on table fact_interval_effect is
'Grain: a load x a day x an effect. What a load changed, and brought up to date, in articles that it did not read';
comment on column fact_interval_effect.run_key is 'The load: dim_run';
comment on column fact_interval_effect.changed_date_key is
'The day (UTC) on which the changed articles were published: dim_date; -1 unknown';
comment on column fact_interval_effect.effect is
'What became another: text (lines were taken off), source (the outlet), story (or its original), entity (of a name)';
comment on column fact_interval_effect.article_count is 'How many versions of articles, each once';
