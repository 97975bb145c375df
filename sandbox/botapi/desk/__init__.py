"""The control API: what a browser page, or a test in another process, does with the sandbox.

It is served at `Server.desk_url`, which stays when Telegram is "away". Answers are JSON with
status 200; a phone that cannot do it answers 400 `{"error": words}`, something unknown 404.
Times are ISO 8601 in UTC. Bodies of POST are JSON objects unless said otherwise.

Watching
    GET  /sandbox/state                       {version, now, away, bots: [{id, name, username,
                                              link}], people: [person], groups: [{chat, title,
                                              kind, migrated_to}]}
    GET  /sandbox/changes?after=V&seconds=S   waits up to S (at most 50, else 25) seconds until
                                              version > V; {version}
    person = {id, name, phone, language, username, deactivated}

A person's phone. CHAT is a bot's id (the private chat with it) or a group's (negative) id.
    POST /sandbox/people                      {first_name, last_name?, phone?, language?,
                                              username?} -> person
    GET  /sandbox/people/P/chats              [{chat, title, kind, standing, changed, last}];
                                              standing: stranger (not begun), member, kicked
                                              (blocked), creator, left; `changed` is the version
                                              of its latest change
    GET  /sandbox/people/P/chats/CHAT         {chat, title, kind, standing, changed, typing,
                                              menu: [{command, description}], keyboard: [[button]]
                                              (the reply keyboard that is up), messages:
                                              [message]}
    message = {id, from: {id, name}, mine, at, edited (time or null), silent, text, entities,
               content (all fields of the Bot API's Message: document, photo, contact, ...),
               buttons: [[button]] (inline), history: [{at, text}]}
    button  = the Bot API's own: {text, callback_data | url | copy_text | request_contact ...};
              reply keyboard buttons are pressed by sending their text, or /contact
Acts, all POST under /sandbox/people/P/chats/CHAT; each gives the message it made, unless said
    /text       {text, reply_to?: message id}       /edit      {message, text} -> {}
    /press      {message, data} -> {query}          /forward   {message, to: CHAT}
    /contact    {person?: id, written?: spelling}   /location  {latitude, longitude}
    /file?kind=document|photo|voice|sticker&name=N&caption=C   the body is the file itself
    /block      {} -> {}                            /unblock   {} -> {}
    /join       {} -> {}  (a group)                 /upgrade   {} -> {chat: new id}
    /add_bot    {bot} -> {}                         /remove_bot {bot} -> {}
    POST /sandbox/people/P/groups             {title, bot?: id} -> {chat}
    POST /sandbox/people/P/delete_account     {} -> {}
    GET  /sandbox/queries/Q                   {answered, text, show_alert} of a pressed button
    GET  /sandbox/files/FILE_ID               a file's content, with its type and name

The sandbox itself
    GET  /sandbox/clock                       {now, offset_seconds}
    POST /sandbox/clock                       {move_seconds} or {set: time} -> the same
    GET  /sandbox/faults                      {latency, away, faults: [fault]}
    POST /sandbox/faults                      fault = {trouble: answer|drop_before|drop_after|hold,
                                              methods?: [name], chat?: id, times?: n (1; null for
                                              no end), for_seconds?, status?: 500|502|429,
                                              retry_after?, seconds?} -> as GET
    POST /sandbox/latency                     {seconds} -> as GET
    POST /sandbox/away, /sandbox/back         {} -> as GET (refuse connections; accept them again)
    POST /sandbox/well                        {} -> as GET (no faults, no latency)
    GET  /sandbox/calls?after=N               [{at, bot, method, parameters, status, answer}] from
                                              the N-th on
    GET  /sandbox/refusals                    the calls that were wrong in their form
    GET  /sandbox/violations                  [{at, bot, method, chat, what}] over the limits
"""

from sandbox.botapi.desk.routes import routes

__all__ = ["routes"]
