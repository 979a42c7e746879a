// The map: which moment is chosen, dragging, and where focus goes when what had it is gone. All works without this file.
"use strict";

const map = (() => {
  const byId = (id) => document.getElementById(id);
  const links = () => [...document.querySelectorAll(".card h3 a")].filter((link) => link.checkVisibility());

  // Sends a form that the map carries for keys and dragging, to an address that a card carries.
  function send(url, values) {
    const form = byId("quick-form");
    if (form) htmx.ajax("POST", url, { source: form, target: "#map", swap: "outerHTML", values });
  }

  function move(card, values) {
    send(card.dataset.moveUrl, { ...values, open: byId("panel").dataset.moment });
  }

  function markChosen() {
    const chosen = byId("panel").dataset.moment;
    for (const card of document.querySelectorAll(".card")) {
      const isChosen = card.dataset.moment === chosen;
      card.classList.toggle("chosen", isChosen);
      const link = card.querySelector("h3 a");
      if (isChosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const column of document.querySelectorAll(".chosen-column")) {
      column.classList.toggle("chosen", column.dataset.column === chosen);
    }
    for (const after of document.querySelectorAll(".adding input[name=after]")) {
      if (keep.isInUse(after.form)) continue; // its place was set when it was opened
      const card = document.querySelector(".card.chosen");
      const stage = after.closest("[data-stage]").dataset.stage;
      after.value = card && card.dataset.stage === stage ? chosen : "";
    }
  }

  document.addEventListener("click", (event) => {
    const bubble = event.target.closest("[data-open]");
    if (bubble) byId("moment-" + bubble.dataset.open).click();
  });

  function makeSortable(cards) {
    if (typeof Sortable === "undefined" || !byId("quick-form") || Sortable.get(cards)) return;
    Sortable.create(cards, {
      group: "moments",
      handle: ".handle",
      draggable: ".card",
      animation: 120,
      onEnd: ({ item, to, newDraggableIndex, from, oldDraggableIndex }) => {
        if (to === from && newDraggableIndex === oldDraggableIndex) return;
        move(item, { stage: to.dataset.stage, position: newDraggableIndex });
      },
    });
  }

  function prepare() {
    if (!byId("panel")) return;
    markChosen();
    for (const cards of document.querySelectorAll(".cards")) makeSortable(cards);
  }

  // The focus of somebody whose moment is removed, by them or by others, goes to its neighbour.
  let place = 0;
  document.addEventListener("focusin", ({ target }) => {
    const card = target.closest(".card") || document.querySelector(".card.chosen");
    if (card) place = Math.max(links().indexOf(card.querySelector("h3 a")), 0);
  });
  function keepFocus() {
    if (document.activeElement !== document.body) return;
    const all = links();
    const next = all[Math.min(place, all.length - 1)] || byId("new-stage");
    if (next) next.focus({ preventScroll: true });
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (byId("panel")) markChosen();
    keepFocus();
    const isNarrow = window.matchMedia("(max-width: 60rem)").matches;
    if (isNarrow && event.target.id === "panel") event.target.scrollIntoView();
  });
  htmx.onLoad(prepare);

  return { links, send, move, markChosen, keepFocus, openMoment: () => byId("panel").dataset.moment };
})();
