// A message's text with its entities as elements. Offsets count UTF-16 units, as JavaScript does.

import { element } from "./dom.js";

const KINDS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote", spoiler: "span",
};

/** `open(link)` is called for a tapped link, `say(text)` for a tapped command. */
export function formatted(text, entities, acts) {
  const waiting = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const within = (from, to) => {
    const pieces = [];
    while (waiting.length && waiting[0].offset < to) {
      const entity = waiting.shift();
      const end = Math.min(to, entity.offset + entity.length);
      pieces.push(text.slice(from, entity.offset), wrapped(entity, text.slice(entity.offset, end), within(entity.offset, end), acts));
      from = end;
    }
    return [...pieces, text.slice(from, to)];
  };
  return within(0, text.length);
}

function wrapped(entity, words, pieces, acts) {
  if (entity.type === "bot_command") return link(pieces, () => acts.say(words));
  if (entity.type === "url") return link(pieces, () => acts.open(words));
  if (entity.type === "text_link") return link(pieces, () => acts.open(entity.url), entity.url);
  const kind = KINDS[entity.type];
  return element(kind || "span", { className: entity.type }, ...pieces);
}

const link = (pieces, onclick, title = "") =>
  element("a", { href: "#", title, onclick: (event) => { event.preventDefault(); onclick(); } }, ...pieces);
