-- A run has ended without having loaded its interval. Writes attempt.
update attempt
set
    state = :state,
    finished_at = :finished_at,
    detail = :detail
where run_key = :run_key;
