-- The ledger of data intervals: every attempt to load one, and what has become of each.

create table fact_interval_attempt (
    run_key bigint not null,
    source_id varchar not null,
    interval_start timestamp not null,
    interval_end timestamp not null,
    state varchar not null,
    flow_run_id varchar,
    started_at timestamp not null,
    finished_at timestamp not null,
    code_version varchar not null,
    model_name varchar,
    model_version varchar,
    input_hash varchar not null,
    read_count integer not null,
    loaded_count integer not null,
    unchanged_count integer not null,
    duplicate_count integer not null,
    rejected_count integer not null,
    unseen_count integer not null,
    detail varchar not null
);
comment on table fact_interval_attempt is
'Grain: an outlet x a data interval x a run that was to load it, and has ended';
comment on column fact_interval_attempt.run_key is
'The run: dim_run if it succeeded; one that failed has no row there';
comment on column fact_interval_attempt.source_id is
'The outlet: dim_source; (not applicable) of a run for all that ended before it knew which outlets it has';
comment on column fact_interval_attempt.interval_start is 'Start of the data interval, inclusive, UTC';
comment on column fact_interval_attempt.interval_end is 'End of the data interval, exclusive, UTC';
comment on column fact_interval_attempt.state is
'success; failed: it ended with an error; crashed: its process was ended, or was gone without a word';
comment on column fact_interval_attempt.flow_run_id is 'Id of the Prefect flow run; null when run without Prefect';
comment on column fact_interval_attempt.started_at is 'When the run began, UTC';
comment on column fact_interval_attempt.finished_at is
'When it ended, UTC; of one that was gone without a word, when that was noticed';
comment on column fact_interval_attempt.code_version is 'Version of Dateline';
comment on column fact_interval_attempt.model_name is 'Name of the spaCy model; null when no model was used';
comment on column fact_interval_attempt.model_version is 'Version of the model; null when no model was used';
comment on column fact_interval_attempt.input_hash is
'Hash of the documents that the interval had, whatever their order; empty unless they were read';
comment on column fact_interval_attempt.read_count is 'Documents of the outlet and interval that were read';
comment on column fact_interval_attempt.loaded_count is 'Those that brought a new article or a new content of one';
comment on column fact_interval_attempt.unchanged_count is 'Those whose article had this content before the run';
comment on column fact_interval_attempt.duplicate_count is
'Those whose article and content were met before in the same run';
comment on column fact_interval_attempt.rejected_count is 'Those refused: rejected_document says why';
comment on column fact_interval_attempt.unseen_count is
'Articles of the outlet published in the interval that are here and that the run did not read: they are kept';
comment on column fact_interval_attempt.detail is 'What went wrong, one line; empty when nothing did';

create table fact_interval (
    source_key bigint not null,
    start_date_key integer not null,
    source_id varchar not null,
    interval_start timestamp not null,
    interval_end timestamp not null,
    state varchar not null,
    attempt_count integer not null,
    started_at timestamp not null,
    finished_at timestamp not null,
    loaded_at timestamp,
    read_count integer not null,
    loaded_count integer not null,
    unchanged_count integer not null,
    duplicate_count integer not null,
    rejected_count integer not null,
    unseen_count integer not null,
    input_hash varchar not null,
    code_version varchar not null,
    model_name varchar,
    model_version varchar,
    detail varchar not null,
    run_key bigint not null
);
comment on table fact_interval is
'Grain: an outlet x a data interval that a run was to load. An accumulating snapshot of fact_interval_attempt';
comment on column fact_interval.source_key is
'The outlet as it is now: dim_source; -1 unknown: nothing of it was loaded';
comment on column fact_interval.start_date_key is 'Day (UTC) on which the interval begins: dim_date';
comment on column fact_interval.source_id is 'The outlet, as in fact_interval_attempt';
comment on column fact_interval.interval_start is 'Start of the data interval, inclusive, UTC';
comment on column fact_interval.interval_end is 'End of the data interval, exclusive, UTC';
comment on column fact_interval.state is
'success, failed or crashed: how the last attempt ended; what an earlier one loaded stays, see loaded_at';
comment on column fact_interval.attempt_count is 'Rows of fact_interval_attempt';
comment on column fact_interval.started_at is 'When the last attempt began, UTC';
comment on column fact_interval.finished_at is 'When the last attempt ended, UTC';
comment on column fact_interval.loaded_at is 'When the last attempt that succeeded ended, UTC; null when none did';
comment on column fact_interval.read_count is 'Documents read by the last attempt that succeeded, as the next five';
comment on column fact_interval.loaded_count is 'Those that brought a new article or a new content of one';
comment on column fact_interval.unchanged_count is 'Those whose article had this content before';
comment on column fact_interval.duplicate_count is 'Those whose article and content were met before in the same run';
comment on column fact_interval.rejected_count is 'Those refused';
comment on column fact_interval.unseen_count is
'Articles of the outlet published in the interval that are here and that it did not read: they are kept';
comment on column fact_interval.input_hash is
'Hash of the documents that the last successful attempt read; another one now means that some have come since';
comment on column fact_interval.code_version is 'Version of Dateline at the last attempt';
comment on column fact_interval.model_name is 'Name of the spaCy model at the last attempt; null when none was used';
comment on column fact_interval.model_version is 'Version of that model; null when none was used';
comment on column fact_interval.detail is 'What went wrong at the last attempt, one line; empty when nothing did';
comment on column fact_interval.run_key is 'The last load that succeeded: dim_run; -2 when none did';
