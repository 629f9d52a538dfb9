#!/usr/bin/env python3
"""Writes the seeds of the CSV fuzz corpus: one small file a feature of the reader.

Files that the fuzzer found (found_*) are not written here and stay as they are.
"""

import pathlib

SEEDS = {
    "plain": b"a,b\n1,2\n3,4\n",
    "crlf": b"a,b\r\n1,2\r\n3,4\r\n",
    "cr": b"a,b\r1,2\r3,4\r",
    "mixed_ends": b"a,b\r\n1,2\n3,4\r5,6",
    "bom": b"\xef\xbb\xbfa,b\n1,x\n3,y\n",
    "semicolons": b"a;b\n1;2,5\n3;x\n",
    "decimal_commas": b"a;b\n1;2,5\n3;4\n",
    "tabs": b"a\tb\n1\t\n\t4\n \t \n",
    "quotes": b'"a","b ""q"""\n"x,y",1\n"two\nlines","2"\n',
    "quotes_blanks": b' "a" , b \n "x" ,1\n y , "2" \n',
    "empty_quotes": b'a,b\n"",""\n"""",""""""\n',
    "quoted_ends": b'a,b\n"\r","\n"\n"\r\n","x"\n',
    "missing": b"a,b,c,d,e\n,NA,NaN,null,?\nna,nan,NULL,?,\n",
    "text_late": b"a,b\n1,1\n2.0,2\nx,3\n",
    "utf8": "naïve,城市\né,北京\n😀,上海\n".encode(),
    "latin1": b"a,b\n1,caf\xe9\n2,x\n",
    "cut_utf8": b"a,b\n1,\xe6\xbc\n2,x\n",
    "one_column": b"a\n1\n\n3\n\n",
    "blank_lines": b"\n \na,b\n\n1,2\n  \n3,4\n\n\n",
    "header_only": b"a,b\n",
    "one_row": b"a,b\n1,2\n",
    "empty": b"",
    "no_header": b"1,2\n3,4\n5,6\n",
    "same_names": b"a,b,a\n1,2,3\n4,5,6\n",
    "no_name": b",a\n0,1\n1,2\n",
    "ragged_short": b"a,b\n1,2\n3\n",
    "ragged_long": b"a,b\n1,2,3\n4,5\n",
    "unclosed": b'a,b\n1,"2\n3,4\n',
    "stray": b'a,b\n1,5" pipe\n3,4\n',
    "after_quote": b'a,b\n1,"x"y\n3,4\n',
    "infinite": b"a,b\n1,inf\n2,-1e999\n",
    "thousands": b'a,b\n"1,234",1\n"12,345.5",2\n',
    "numbers": b"a,b\n+1,-0\n1e-400,.5\n5.,1E+3\n0x10,1_0\n",
    "currency": "a,b\n$5,3 kr\n($6.50),0\n-$7,4 kr\n".encode(),
    "percent": b"a\n53%\n5.5 %\n(1%)\n",
    "euros": "a;b\n1.234,5 €;2\n7 €;−3\n".encode(),
    "blanks_between": "a\tb\n1 234\t1\u00a0234\n5 678\t9\u202f876\n".encode(),
    "apostrophes": "a,b\n1'234.5,6\n7’000,8\n".encode(),
    "ambiguous": b'a,b\n"1,234",x\n"5,678",y\n',
    "fortran": b"a,b\n1.5D+03,1\n-2d-1,12D5\n",
    "placeholders": b'a,b\n1,N/A\n-,2\n#DIV/0!,"NA"\n',
    "quoted_na": b'a,b\n"NA",1\nNA,2\n"?",3\n',
    "codes": b"a,b\n007,1\n07,2\n7,3\n",
    "long": b"a,b\n9007199254740993,1\n9007199254740992,2\n",
    "other_dates": b"a,b\n3/14/2021 9:05 PM,14.03.2021\n\"Mar 14, 2021\",1-Jan-99\n",
    "dates": b"a,b\n2024-02-29,1970-01-01T12:30:15.5+01:00\n2024-03-01,1970-01-02 00:00Z\n",
    "booleans": b"a,b\nTrue,y\nTRUE,N\nfalse,Y\n",
    "bars": b"a|b\n1|2\n3|4\n",
    "blank_runs": b' "a"  b \n "x y" 2\n 3\t4 \n',
    "separator_line": b"sep=;\na;b\n1;2\n3;4\n",
    "comments": b'# one "\n#\na,b\n1,2\n3,4\n',
    "comment_header": b"# a b\n1 2\n3 4\n",
    "titles": b"Sales, all\n\na,b,c\n1,2,3\n4,5,6\n",
    "row_names": b'"a","b"\n"r1",1,2\n"r2",3,4\n',
    "trailing": b"a,b\n1,2,,\n3,4,,\n",
    "units": b"a,b\nm,kg\n1,2\n3,4\n",
    "nul": b"a,b\n1,\x00\n2,3\n",
    "utf16": "a,b\n1,2\n3,4\n".encode("utf-16"),
    "utf16_bare": "a,b\n1,2\n3,4\n".encode("utf-16-le"),
    "gzip": b"\x1f\x8b\x08\x00\x00",
    "zip": b"PK\x03\x04\x14\x00",
    "parquet": b"PAR1\x15\x04\x15",
}

if __name__ == "__main__":
    folder = pathlib.Path(__file__).parent / "corpus" / "csv"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in SEEDS.items():
        (folder / name).write_bytes(content)
