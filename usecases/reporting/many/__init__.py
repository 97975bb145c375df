"""Many at once: lines in a message or a table back and forth, confirmed together."""
