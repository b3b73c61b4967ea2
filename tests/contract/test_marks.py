"""Names are found by the same marks in a text and in a question."""

import duckdb

from transforms.marks import use_ascii_marks
from warehouse.scripts import run_script

LAST_CODE = 0xFFFF
SURROGATES = range(0xD800, 0xE000)


def test_the_database_takes_the_same_characters_for_apostrophes() -> None:
    con = duckdb.connect()
    run_script(con, "sql/functions/ascii_marks.sql")
    text = "".join(chr(code) for code in range(1, LAST_CODE + 1) if code not in SURROGATES)
    assert con.execute("select ascii_marks($1)", [text]).fetchall() == [(use_ascii_marks(text),)]
