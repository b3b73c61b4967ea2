-- What two spellings of a name share, to look for: case, accents and the shape of apostrophes do not count.
-- Reads: ascii_marks(). Defines: folded(search_text).

create or replace macro folded(search_text) as (
    strip_accents(lower(ascii_marks(search_text)))
);

comment on macro folded is
'folded(''O’Neill''): a text as folded_name and folded_alias have it, in lower case without accents and with plain '
'apostrophes: where contains(folded_alias, folded(''o''''neill''))';
