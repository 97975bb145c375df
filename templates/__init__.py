"""What is said: one Jinja2 file a message and language, and the typed message that fills it."""
