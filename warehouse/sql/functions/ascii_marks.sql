-- A text with the apostrophe of ASCII for those of print, which are APOSTROPHES of transforms/marks.py: names that differ
-- in these alone are one name.
-- Defines: ascii_marks(search_text).

create or replace macro ascii_marks(search_text) as (
    translate(search_text, '‘’‛ʼʻʾʿ′´', '''''''''''''''''''')
);

comment on macro ascii_marks is
'ascii_marks(''O’Neill''): a text with the apostrophe of a keyboard for those that are printed';
