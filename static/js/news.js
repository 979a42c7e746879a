// What others changed: outlined for a while on the card, and said to who can't see it.
"use strict";

const news = (() => {
  const SHOWN_MS = 4000;
  const plain = (element) => element.textContent.replace(/[\s\u00ad]+/g, " ").trim();

  // Every moment of the map, in order: its title, what its card and circle say, the stage it stands in.
  function look() {
    const levels = new Map([...document.querySelectorAll("[data-open]")].map((g) => [g.dataset.open, plain(g)]));
    const own = (card) => plain(card.querySelector("h3")) + [...card.querySelectorAll(":scope > :not(.here)")].map(plain);
    return new Map([...document.querySelectorAll(".card")].map((card) => [card.dataset.moment, {
      title: card.querySelector("h3").textContent.replaceAll("\u00ad", "").trim(),
      says: `${own(card)} ${levels.get(card.dataset.moment)}`,
      stage: card.dataset.stage,
    }]));
  }

  // The moment that changed its stage, or without which both orders are the same.
  function movedOf(before, after) {
    const has = (other) => ([id]) => other.has(id);
    const olds = [...before].filter(has(after));
    const news = [...after].filter(has(before));
    const elsewhere = news.filter(([id, { stage }]) => before.get(id).stage !== stage);
    if (elsewhere.length) return elsewhere.map(([id]) => id);
    const orderOf = (entries, left) => entries.map(([id]) => id).filter((id) => id !== left).join();
    if (orderOf(olds) === orderOf(news)) return [];
    const moved = news.find(([id]) => orderOf(olds, id) === orderOf(news, id));
    return moved ? [moved[0]] : news.map(([id]) => id);
  }

  function differences(before, after) {
    const ids = (map, test) => [...map.keys()].filter(test);
    return {
      added: ids(after, (id) => !before.has(id)),
      gone: ids(before, (id) => !after.has(id)),
      moved: movedOf(before, after),
      changed: ids(after, (id) => before.has(id) && before.get(id).says !== after.get(id).says),
    };
  }

  function say(text) {
    const place = document.getElementById("news");
    place.textContent = place.textContent === text ? text + "\u00a0" : text; // the same words again are news again
  }

  function outline(id) {
    const card = document.querySelector(`.card[data-moment="${id}"]`);
    if (!card) return;
    card.classList.add("news");
    window.setTimeout(() => card.classList.remove("news"), SHOWN_MS);
  }

  // Says how the map differs from what it was when somebody `look`ed. told: in the server's words, if it has any.
  function tell(before, told) {
    const after = look();
    const all = Object.entries(differences(before, after)).flatMap(([what, ids]) => ids.map((id) => [what, id]));
    for (const [, id] of all) outline(id);
    if (told) {
      say(told);
      return;
    }
    if (!all.length) return;
    const words = document.getElementById("news").dataset;
    const [what, id] = all.length === 1 ? all[0] : ["many", ""];
    say(words[what].replace("%s", () => (after.get(id) || before.get(id) || { title: "" }).title));
  }

  // Says something to everybody, with what belongs to it, beside what is said already.
  function show(text, ...nodes) {
    const words = document.createElement("p");
    words.dir = "auto";
    words.textContent = text;
    document.getElementById("toast").append(words, ...nodes);
  }

  return { look, tell, show };
})();
