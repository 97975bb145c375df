"""A month's report: what is asked, how answers are read, and what is odd about the figures."""
