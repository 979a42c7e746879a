// Asks again and again what others changed and who is here, and says where this page's reader is.
"use strict";

(() => {
  const POLL_MS = 2000;
  const HIDDEN_MS = 20000;
  const SLOWEST_MS = 30000;
  const RENEW_MS = 20000;
  const IDLE_MS = 30 * 60 * 1000;
  const byId = (id) => document.getElementById(id);
  const form = byId("presence-form");
  const tab = [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");

  let timer = 0;
  let failures = 0;
  let ticket = ""; // spares the server the question who asks, for a while
  let lastTouch = Date.now();
  let asked = 0; // counts the requests of the page itself, whose answers are newer than what was asked before
  let running = 0;
  let composing = false;

  const isBusy = () => running > 0 || composing || Boolean(document.querySelector(".sortable-chosen"));
  function seen() {
    const { version, comments } = byId("map-version").dataset;
    return `"${version}-${comments}-${byId("presence").dataset.people}"`;
  }

  function later(milliseconds) {
    window.clearTimeout(timer);
    timer = window.setTimeout(poll, milliseconds);
  }

  function nextPoll() {
    if (Date.now() - lastTouch > IDLE_MS) return; // until somebody comes back to the page
    const usual = document.hidden ? HIDDEN_MS : POLL_MS;
    later(Math.min(usual * 2 ** failures, Math.max(usual, SLOWEST_MS)));
  }

  // Without a connection it says so beside the title, where saving says what it does.
  let connectedWords = "";
  function sayConnected(isConnected) {
    const words = byId("save-state");
    const { offline } = form.dataset;
    if (!isConnected && words.textContent !== offline && !document.querySelector("[data-unsaved]")) {
      connectedWords = words.textContent;
      words.textContent = offline;
    } else if (isConnected && words.textContent === offline) words.textContent = connectedWords;
  }

  function reloadUnlessTyped() {
    if (document.querySelector("[data-unsaved]")) return;
    window.location.reload(); // signed out, or no longer a member: the page itself says what to do
  }

  async function ask() {
    const address = `${form.dataset.changes}?moment=${map.openMoment()}`;
    const headers = { "If-None-Match": seen(), "HX-Request": "true" };
    if (ticket) headers["Poll-Ticket"] = ticket;
    return fetch(address, { headers, cache: "no-store", signal: AbortSignal.timeout(10000) });
  }

  async function poll() {
    if (isBusy()) return later(200);
    const before = asked;
    const moment = map.openMoment();
    try {
      const response = await ask();
      if (response.headers.has("HX-Redirect") || [403, 404].includes(response.status)) return reloadUnlessTyped();
      if (response.status >= 400) throw new Error(response.status);
      ticket = response.headers.get("Poll-Ticket") || ticket;
      const text = response.status === 304 ? "" : await response.text();
      failures = 0;
      sayConnected(true);
      if (isBusy() || before !== asked || moment !== map.openMoment()) return later(200);
      if (text) show(new DOMParser().parseFromString(text, "text/html"));
    } catch {
      failures = Math.min(failures + 1, 4);
      sayConnected(false);
    }
    nextPoll();
  }

  function show(page) {
    const wanted = page.getElementById("map");
    if (wanted) {
      const isOwn = "behind" in byId("map").dataset; // an answer to this reader, which came while they dragged
      const before = news.look();
      keep.bring(page.getElementById("panel"));
      keep.bring(wanted);
      if (!isOwn) news.tell(before, page.getElementById("told")?.textContent.trim());
    }
    keep.bring(page.getElementById("presence"));
    if (!wanted) return markPeople();
    map.markChosen();
    map.keepFocus();
    settle();
  }

  function markPeople() {
    for (const mark of document.querySelectorAll(".card > .here")) mark.remove();
    for (const person of document.querySelectorAll("#presence [data-here]")) {
      const card = document.querySelector(`.card[data-moment="${person.dataset.here}"]`);
      if (!card) continue;
      const mark = document.createElement("span");
      mark.className = "here avatar";
      mark.title = person.querySelector(".who-where").textContent;
      mark.textContent = person.dataset.initials;
      mark.setAttribute("aria-hidden", "true");
      card.append(mark);
    }
  }

  let said = null;
  let saying = Promise.resolve(); // one after the other, so that the last word stays the last
  function sayWhere(leaving = false) {
    const data = new FormData(form);
    said = map.openMoment();
    for (const [name, value] of Object.entries({ tab, moment: said, leaving: leaving ? "yes" : "" })) data.set(name, value);
    if (leaving) navigator.sendBeacon(form.action, data);
    else saying = saying.then(() => fetch(form.action, { method: "POST", body: data })).catch(() => { said = null; });
  }

  function settle() {
    markPeople();
    if (map.openMoment() !== said) sayWhere();
  }

  function wake() {
    const slept = Date.now() - lastTouch > IDLE_MS;
    lastTouch = Date.now();
    if (slept) later(0);
  }

  document.addEventListener("htmx:beforeSend", () => { asked += 1; running += 1; });
  document.addEventListener("htmx:afterRequest", () => { running = Math.max(0, running - 1); });
  document.addEventListener("htmx:afterSettle", settle);
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", () => { composing = false; });
  for (const touch of ["pointerdown", "keydown", "focus"]) window.addEventListener(touch, wake);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { wake(); later(0); } });
  window.addEventListener("online", () => later(0));
  window.addEventListener("pagehide", () => sayWhere(true));
  window.addEventListener("pageshow", (event) => { if (event.persisted) { sayWhere(); later(0); } });
  window.setInterval(() => { if (Date.now() - lastTouch <= IDLE_MS) sayWhere(); }, RENEW_MS);
  sayWhere();
  later(0);
})();
