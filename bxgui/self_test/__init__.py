"""`bxgui --self-test`: a real round trip that shows whether this installation works.

A process of its own takes the steps, and this one watches it: what it writes, how long it takes,
and what it leaves behind.
"""
