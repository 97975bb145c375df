"""Documents to hand over: workbooks and printable pages, made from typed values."""
