# Resource object code (Python 3)
# WARNING! All changes made in this file will be lost!

from PySide6 import QtCore

qt_resource_data = b"\
\x00\x00\x00\xc2\
<\
svg xmlns=\x22http:\
//www.w3.org/200\
0/svg\x22 viewBox=\x22\
0 0 16 16\x22>\x0a  <p\
ath d=\x22M3.5 8.5l\
3 3 6-7\x22 fill=\x22n\
one\x22 stroke=\x22#ff\
ffff\x22 stroke-wid\
th=\x222.2\x22 stroke-\
linecap=\x22round\x22 \
stroke-linejoin=\
\x22round\x22/>\x0a</svg>\
\x0a\
\x00\x00\x02o\
<\
svg xmlns=\x22http:\
//www.w3.org/200\
0/svg\x22 viewBox=\x22\
0 0 64 64\x22>\x0a  <r\
ect x=\x224\x22 y=\x224\x22 \
width=\x2256\x22 heigh\
t=\x2256\x22 rx=\x2213\x22 f\
ill=\x22#0b63c5\x22/>\x0a\
  <path d=\x22M14 2\
4h17\x22 stroke=\x22#f\
fffff\x22 stroke-wi\
dth=\x225\x22 stroke-l\
inecap=\x22round\x22/>\
\x0a  <path d=\x22M25 \
15l9 9-9 9\x22 fill\
=\x22none\x22 stroke=\x22\
#ffffff\x22 stroke-\
width=\x225\x22 stroke\
-linecap=\x22round\x22\
 stroke-linejoin\
=\x22round\x22/>\x0a  <pa\
th d=\x22M50 41H33\x22\
 stroke=\x22#9fd0ff\
\x22 stroke-width=\x22\
5\x22 stroke-lineca\
p=\x22round\x22/>\x0a  <p\
ath d=\x22M39 32l-9\
 9 9 9\x22 fill=\x22no\
ne\x22 stroke=\x22#9fd\
0ff\x22 stroke-widt\
h=\x225\x22 stroke-lin\
ecap=\x22round\x22 str\
oke-linejoin=\x22ro\
und\x22/>\x0a  <circle\
 cx=\x2246\x22 cy=\x2222\x22\
 r=\x226\x22 fill=\x22non\
e\x22 stroke=\x22#ffff\
ff\x22 stroke-width\
=\x224\x22/>\x0a</svg>\x0a\
"

qt_resource_name = b"\
\x00\x05\
\x00o\xa6S\
\x00i\
\x00c\x00o\x00n\x00s\
\x00\x09\
\x0b\x9e\x89\x07\
\x00c\
\x00h\x00e\x00c\x00k\x00.\x00s\x00v\x00g\
\x00\x09\
\x0e\xbc\x89\x07\
\x00b\
\x00x\x00g\x00u\x00i\x00.\x00s\x00v\x00g\
"

qt_resource_struct = b"\
\x00\x00\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x01\
\x00\x00\x00\x00\x00\x02\x00\x00\x00\x02\x00\x00\x00\x02\
\x00\x00\x00\x10\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00\
\x00\x00\x00(\x00\x00\x00\x00\x00\x01\x00\x00\x00\xc6\
"

def qInitResources():
    QtCore.qRegisterResourceData(0x01, qt_resource_struct, qt_resource_name, qt_resource_data)

def qCleanupResources():
    QtCore.qUnregisterResourceData(0x01, qt_resource_struct, qt_resource_name, qt_resource_data)

qInitResources()
