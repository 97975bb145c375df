"""The methods the sandbox speaks; importing this package enters them all into the book."""

from sandbox.botapi.methods import chats, commands, editing, files, sending, updates

__all__ = ["chats", "commands", "editing", "files", "sending", "updates"]
