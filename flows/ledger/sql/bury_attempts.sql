-- Nobody is at it any more: what says that it goes on was ended without a word. Writes attempt.
update attempt
set
    state = 'crashed',
    finished_at = :finished_at,
    detail = :detail
where state = 'running';
