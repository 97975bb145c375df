// The list of people and groups.

import { at, button, element, word } from "./dom.js";

const MOST = 60;

/** `world` holds people, news and what was seen; `choose` takes a person's account and a chat. */
export function showPeople(world, choose) {
  const wanted = at("search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const line = (person) => personLine(person, world, choose);
  const sections = wanted.length ? [found(world.people, wanted)] : standing(world);
  const groups = world.news.groups.map((group) => button(group.title, () => choose(world.person, group.chat), "person"));
  if (groups.length) sections.splice(1, 0, [word("groups"), null, groups]);
  at("list").replaceChildren(...sections.filter(([, people, made]) => (made || people).length).flatMap(
    ([title, people, made]) => [element("h3", {}, title), ...(made || people.map(line))]));
}

function found(people, wanted) {
  const hits = people.filter((one) => wanted.every((part) => one.searched.includes(part)));
  return [word("found", { count: hits.length, shown: Math.min(MOST, hits.length) }), hits.slice(0, MOST)];
}

function standing({ people, news }) {
  const chosen = people.filter((one) => one.hint);
  const talking = people.filter((one) => !one.hint && news.chats.has(one.account))
    .sort((a, b) => news.chats.get(b.account).changed - news.chats.get(a.account).changed);
  const others = people.filter((one) => !one.hint && !news.chats.has(one.account));
  return [[word("chosen"), chosen], [word("talking"), talking.slice(0, MOST)], [word("everybody"), others.slice(0, MOST)]];
}

function personLine(person, world, choose) {
  const chat = world.news.chats.get(person.account);
  const unread = chat && chat.changed > (world.seen.get(person.account) || 0);
  const marks = [person.account === world.person ? "here" : "", unread ? "unread" : "",
    world.news.linked.has(person.account) ? "linked" : ""];
  return element("button", { type: "button", className: `person ${marks.join(" ")}`, onclick: () => choose(person.account) },
    element("span", { className: `face ${person.role || ""}` }, person.name.slice(0, 1)),
    element("span", {},
      element("b", {}, person.name), " ", element("i", {}, roleOf(person)),
      element("small", {}, person.unit || person.phone),
      person.hint ? element("small", { className: "hint" }, word(`hints.${person.hint}`)) : null));
}

export const roleOf = (person) => (person.role ? word(`roles.${person.role}`) : word("unknown"));

/** What the search looks through. */
export const searchable = (person) =>
  [person.name, person.unit, person.position, person.phone, roleOf(person)].join(" ").toLowerCase();
