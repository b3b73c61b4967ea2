-- What the rest of the star is drawn with. Reads: nothing. Writes: temporary macros.
-- Everything follows from hash(what, number, seed), so the same seed and size give the same star on one DuckDB version.

create temp macro draw(what, number) as (
    hash(what, number, getvariable('seed')) >> 11
) / 9007199254740992.0;  -- 2 ** 53: 0 <= draw < 1

create temp macro make_key(what, number) as cast(hash(what, number, getvariable('seed')) >> 1 as bigint);

create temp macro make_digest(what, number) as md5(concat(what, '/', number)) || md5(concat(number, '/', what));

create temp macro take(listed, number) as listed[cast(number % len(listed) as bigint) + 1];

create temp macro syllable(number) as take(
    string_split('ba ke di mo ru ta le ni so va ze fi go pu ra te li no su ka be ji do mu la re si to vu na me ki', ' '),
    number
);

create temp macro lower_word(number) as concat(
    syllable(number),
    syllable(number // 32),
    case when number >= 1024 then syllable(number // 1024) else '' end,
    case when number >= 32768 then syllable(number // 32768) else '' end,
    case when number >= 1048576 then syllable(number // 1048576) else '' end
);

create temp macro make_word(number) as upper(left(lower_word(number), 1)) || substr(lower_word(number), 2);
