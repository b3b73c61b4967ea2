-- Grain: an outlet x a run that was to load an interval, until a load takes it over. Times: microseconds since 1970, UTC.
create table if not exists attempt (
    run_key integer not null,
    source_id text not null,
    interval_start integer not null,
    interval_end integer not null,
    state text not null,
    flow_run_id text,
    started_at integer not null,
    finished_at integer,
    code_version text not null,
    model_name text,
    model_version text,
    detail text not null,
    host text not null,
    process_id integer not null,
    process_started text not null,
    primary key (run_key, source_id)
);
