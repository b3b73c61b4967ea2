-- What the load of a run has taken over: its own attempt, and those that had ended before. Writes attempt.
delete from attempt
where run_key = :run_key or state <> 'running';
