// Elements, the page's words in its language, and passing remarks.

import { get } from "./api.js";

const WORDS = await get("/page/words.json");
const asked = new URLSearchParams(location.search).get("language") || navigator.language;
export const language = asked.startsWith("zh") ? "zh" : "en";
document.documentElement.lang = language === "zh" ? "zh-CN" : "en";

export const at = (id) => document.getElementById(id);

/** What the page says: `word("found", { count: 3 })`, `word("roles.liaison")`. */
export function word(key, values = {}) {
  const said = key.split(".").reduce((words, part) => words[part], WORDS[language]);
  return said.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** A new element; children are elements or plain text, never markup. */
export function element(kind, properties = {}, ...children) {
  const made = Object.assign(document.createElement(kind), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (label, onclick, className = "") =>
  element("button", { type: "button", onclick, className }, label);

export function remark(text, seconds = 4) {
  const shown = element("p", {}, text);
  at("toasts").append(shown);
  setTimeout(() => shown.remove(), seconds * 1000);
}

/** Fill in the words of the static markup. */
export function speak() {
  for (const one of document.querySelectorAll("[data-word]")) one.textContent = word(one.dataset.word);
  for (const one of document.querySelectorAll("[data-hint]")) one.placeholder = word(one.dataset.hint);
  for (const one of document.querySelectorAll("[data-title]")) one.title = word(one.dataset.title);
}
