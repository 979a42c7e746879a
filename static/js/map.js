// The map by keyboard and by drag. Each action sends a form that also works without this file.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const links = () => [...document.querySelectorAll(".card h3 a")];
  const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

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
      if (after.form.contains(document.activeElement)) continue; // its place was set when it was opened
      const card = document.querySelector(".card.chosen");
      const stage = after.closest("[data-stage]").dataset.stage;
      after.value = card && card.dataset.stage === stage ? chosen : "";
    }
  }

  function walk(card, step) {
    const all = links();
    const next = all[all.indexOf(card.querySelector("h3 a")) + step];
    if (next) {
      next.focus();
      next.closest(".card").scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  function addMoment(card) {
    const stage = card ? byId("stage-" + card.dataset.stage) : [...document.querySelectorAll(".stage")].pop();
    const adding = stage && stage.querySelector(".adding");
    if (!adding) return;
    if (card) adding.querySelector("input[name=after]").value = card.dataset.moment;
    adding.open = true;
    adding.querySelector("input[name=title]").focus();
  }

  const directions = { ArrowLeft: "earlier", ArrowRight: "later", ArrowUp: "stage_before", ArrowDown: "stage_after" };

  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey) return;
    const card = event.target.closest(".card");
    if (event.key === "n" || event.key === "N") addMoment(card || document.querySelector(".card.chosen"));
    else if (card && event.altKey && directions[event.key]) {
      move(card, { direction: directions[event.key] });
    } else if (card && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      walk(card, event.key === "ArrowRight" ? 1 : -1);
    } else if (card && event.key === "Delete") send(card.dataset.removeUrl, {});
    else if (event.key === "Escape" && byId("panel").dataset.moment) byId("panel-close").click();
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const bubble = event.target.closest("[data-open]");
    if (bubble) byId("moment-" + bubble.dataset.open).click();
  });

  function makeSortable(cards) {
    if (typeof Sortable === "undefined" || !byId("quick-form")) return;
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

  function prepare(root) {
    if (!byId("panel")) return;
    markChosen();
    for (const cards of root.querySelectorAll(".cards")) makeSortable(cards);
  }

  // The focus of somebody who removes a moment goes to its neighbour.
  let place = 0;
  document.addEventListener("htmx:beforeRequest", () => {
    const chosen = document.activeElement.closest(".card") || document.querySelector(".card.chosen");
    place = chosen ? links().indexOf(chosen.querySelector("h3 a")) : 0;
  });
  function keepFocus() {
    if (document.activeElement !== document.body) return;
    const all = links();
    const next = all[Math.min(place, all.length - 1)] || byId("new-stage");
    if (next) next.focus({ preventScroll: true });
  }

  // A swap replaces the scrolled board: the reader stays where they were.
  let scrolled = 0;
  document.addEventListener("htmx:beforeSwap", () => { scrolled = byId("board") ? byId("board").scrollLeft : 0; });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (byId("board")) byId("board").scrollLeft = scrolled;
    if (byId("panel")) markChosen();
    keepFocus();
    const isNarrow = window.matchMedia("(max-width: 60rem)").matches;
    if (isNarrow && event.target.id === "panel") event.target.scrollIntoView();
  });
  htmx.onLoad(prepare);
})();
