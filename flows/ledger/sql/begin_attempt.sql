-- A run begins to load an interval of an outlet. Writes attempt.
insert into attempt (
    run_key, source_id, interval_start, interval_end, state, flow_run_id, started_at, code_version, model_name,
    model_version, detail, host, process_id, process_started
)
values (
    :run_key, :source_id, :interval_start, :interval_end, 'running', :flow_run_id, :started_at, :code_version,
    :model_name, :model_version, '', :host, :process_id, :process_started
);
