// The page's bytes in read-only memory; HALFLIFE_LAB_PAGE is its path.
    .section .rodata
    .global kLabPage
    .global kLabPageEnd
kLabPage:
    .incbin HALFLIFE_LAB_PAGE
kLabPageEnd:
    .byte 0
    .section .note.GNU-stack,"",%progbits
