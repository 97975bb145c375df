"""A local Telegram: the Bot API as it really behaves, with people, chats and limits in memory.

`world.Telegram` is the state, plain and synchronous; `dispatch.call` answers one Bot API call;
`server.Server` puts both on loopback HTTP. Nothing here survives the process.
"""
