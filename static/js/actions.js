// The board of actions: dragging, and moving by Alt and the arrow keys. The menu on each card does the same.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const columns = () => [...document.querySelectorAll(".action-cards")];
  let putBack = null;

  // Sends the form of a card's menu with another state; where it ends in “dropped”, the page that asks why opens.
  function move(card, state) {
    const form = card.querySelector(".action-move form");
    if (!form) return;
    const values = { state, version: form.elements.version.value };
    htmx.ajax("POST", form.getAttribute("hx-post"), { source: form, target: "#action-board", swap: "outerHTML", values });
  }

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest(".action-card");
    if (!card || !event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const all = columns();
    const isBackwards = getComputedStyle(card).direction === "rtl" ? event.key === "ArrowRight" : event.key === "ArrowLeft";
    const next = all[all.indexOf(card.parentElement) + (isBackwards ? -1 : 1)];
    if (next) move(card, next.dataset.state);
  });

  function letDrag() {
    for (const list of columns()) {
      for (const card of list.children) {
        if (card.querySelector(".action-move")) card.querySelector(".action-grip").classList.add("can-drag");
      }
      if (Sortable.get(list)) continue;
      Sortable.create(list, {
        group: "actions", handle: ".action-grip", draggable: ".action-card", animation: 120, sort: false,
        onEnd: ({ item, from, to, oldIndex }) => {
          if (from === to) return;
          putBack = () => from.insertBefore(item, from.children[oldIndex] || null);
          move(item, to.dataset.state);
        },
      });
    }
  }

  // Where the server could not be asked, a card goes back to where it was.
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
    document.addEventListener(name, () => { if (putBack) putBack(); putBack = null; });
  }
  document.addEventListener("htmx:afterSettle", () => {
    putBack = null;
    letDrag();
    const moved = document.querySelector("#action-board [autofocus]");
    if (moved && !byId("toast").contains(document.activeElement)) moved.focus();
  });
  document.addEventListener("DOMContentLoaded", letDrag);
})();
