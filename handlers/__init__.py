"""Telegram in, one module a topic: an update becomes typed input for one use-case."""
