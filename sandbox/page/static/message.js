// One message as a phone shows it.

import { button, element, word } from "./dom.js";
import { formatted } from "./text.js";
import { hour } from "./time.js";

/** `acts` are what a tap does: press(button), say(text), open(link). */
export function bubble(message, inGroup, acts) {
  const { content } = message;
  const event = eventOf(content);
  if (event) return element("p", { className: "event" }, event);
  const name = inGroup && !message.mine ? element("strong", { className: "from" }, message.from.name) : null;
  const text = formatted(message.text, message.entities, acts);
  return element("article", { className: message.mine ? "mine" : "theirs" },
    element("div", { className: "bubble" },
      name, origin(content), enclosed(content), element("div", { className: "text" }, ...text), foot(message)),
    keyboard(message, acts));
}

function eventOf(content) {
  const [name] = (content.new_chat_members || [content.left_chat_member]).map((one) => one?.first_name);
  if (content.new_chat_members) return word("joined", { name });
  if (content.left_chat_member) return word("left", { name });
  return content.migrate_to_chat_id || content.migrate_from_chat_id ? word("migrated") : "";
}

function origin(content) {
  const quoted = content.reply_to_message;
  const said = quoted ? quoted.text || quoted.caption || "…" : content.forward_origin ? word("forwarded") : "";
  return said ? element("blockquote", { className: "origin" }, said) : null;
}

function enclosed(content) {
  const address = (media) => `/sandbox/files/${media.file_id}`;
  if (content.photo) return element("a", { href: address(content.photo.at(-1)), target: "_blank" },
    element("img", { src: address(content.photo.at(-1)), alt: word("photo") }));
  if (content.document) return element("a", { className: "file", href: address(content.document), download: content.document.file_name },
    content.document.file_name, element("small", {}, size(content.document.file_size)));
  if (content.contact) return element("div", { className: "file" }, content.contact.first_name, element("small", {}, content.contact.phone_number));
  if (content.location) return element("div", { className: "file" }, `${content.location.latitude}, ${content.location.longitude}`);
  const other = ["voice", "sticker"].find((kind) => content[kind]);
  return other ? element("div", { className: "file" }, word(other)) : null;
}

const size = (bytes) => (bytes < 1024 ? `${bytes} B` : bytes < 1048576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1048576).toFixed(1)} MB`);

function foot(message) {
  const marks = [message.silent ? word("silent") : "", message.edited ? word("edited") : "", hour(message.at)];
  const before = message.history.map((version) => `${hour(version.at)}\n${version.text}`).join("\n\n");
  return element("small", { className: "foot", title: before }, marks.filter(Boolean).join(" "));
}

function keyboard(message, acts) {
  if (!message.buttons.length) return null;
  const rows = message.buttons.map((row) => element("div", { className: "row" },
    ...row.map((one) => button(one.text, (event) => acts.press(message, one, event.currentTarget)))));
  return element("div", { className: "inline" }, ...rows);
}
