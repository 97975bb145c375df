"""Text as Telegram reads it: markup, entities, trimming and lengths."""
