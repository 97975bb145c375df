"""Tables of the office, compared with what is kept and, once somebody says so, taken over."""
