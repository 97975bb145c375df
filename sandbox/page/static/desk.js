// The clock and the troubles.

import { get, post } from "./api.js";
import { at, word } from "./dom.js";
import { day, hour, instantOf, localOf } from "./time.js";

let ahead = 0;

export async function showDesk(news) {
  const [clock, faults] = await Promise.all([get("/sandbox/clock"), get("/sandbox/faults")]);
  ahead = new Date(clock.now) - Date.now();
  tick();
  at("away").textContent = word(faults.away ? "come_back" : "leave");
  at("away").classList.toggle("alarm", faults.away);
  at("away").onclick = () => post(faults.away ? "/sandbox/back" : "/sandbox/away").then(() => showDesk(news));
  const wrong = news.refused + news.over;
  at("faulty").textContent = word(wrong ? "faulty" : "fine", news);
  at("faulty").classList.toggle("alarm", wrong > 0);
}

function tick() {
  const now = Date.now() + ahead;
  at("day").textContent = day(now);
  at("time").textContent = hour(now);
}

export function listen() {
  setInterval(tick, 1000);
  for (const one of document.querySelectorAll("[data-move]"))
    one.onclick = () => post("/sandbox/clock", { move_seconds: Number(one.dataset.move) });
  at("morning").onclick = () => post("/page/next-morning");
  at("moment").onfocus = () => { at("moment").value ||= localOf(Date.now() + ahead); };
  at("goto").onsubmit = (event) => {
    event.preventDefault();
    post("/sandbox/clock", { set: instantOf(at("moment").value) });
  };
  for (const one of document.querySelectorAll("[data-language]"))
    one.onclick = () => { location.search = `?language=${one.dataset.language}`; };
}
