// The page's bytes in read-only memory; HALFLIFE_LAB_PAGE is its path.
    .section .rodata
    .global halflife_lab_page
    .global halflife_lab_page_end
halflife_lab_page:
    .incbin HALFLIFE_LAB_PAGE
halflife_lab_page_end:
    .byte 0
    .section .note.GNU-stack,"",%progbits
