// The map by keyboard. The list of keys is in templates/journeys/_keys.html.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const directions = { ArrowLeft: "earlier", ArrowRight: "later", ArrowUp: "stage_before", ArrowDown: "stage_after" };
  const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");
  const cardOf = (link) => link.closest(".card");

  function goTo(link) {
    if (!link) return false;
    link.focus({ preventScroll: true });
    cardOf(link).scrollIntoView({ block: "nearest", inline: "nearest" });
    return true;
  }

  function walk(card, step) {
    const all = map.links();
    return goTo(all[all.indexOf(card.querySelector("h3 a")) + step]);
  }

  function walkStages(card, step) {
    const all = map.links();
    const stages = [...new Set(all.map((link) => cardOf(link).dataset.stage))];
    const stage = stages[stages.indexOf(card.dataset.stage) + step];
    return goTo(all.find((link) => cardOf(link).dataset.stage === stage));
  }

  function addMoment(card) {
    const stage = card ? byId("stage-" + card.dataset.stage) : [...document.querySelectorAll(".stage")].pop();
    const adding = stage && stage.querySelector(".adding");
    if (!adding) {
      if (byId("new-stage")?.checkVisibility()) byId("new-stage").focus();
      return;
    }
    if (card) adding.querySelector("input[name=after]").value = card.dataset.moment;
    adding.open = true;
    adding.querySelector("input[name=title]").focus();
  }

  // Enter opens the moment's panel, if need be, and goes to its first field.
  let editNext = null;
  function edit(card) {
    editNext = card.querySelector("h3 a");
    if (map.openMoment() === card.dataset.moment) enterPanel();
    else editNext.click();
  }
  function enterPanel() {
    if (!editNext || document.activeElement.id !== editNext.id) return;
    editNext = null;
    const first = document.querySelector("#moment-form input:not([type=hidden]), #moment-form textarea") || byId("panel-close");
    first.focus();
  }
  document.addEventListener("htmx:afterSettle", ({ target }) => {
    if (target.id === "panel") enterPanel();
  });

  // Escape leads from a field back to the card, and from there closes its moment.
  function escape(target) {
    const adding = target.closest(".adding");
    const after = adding && adding.querySelector("input[name=after]").value;
    const card = byId("moment-" + (after || map.openMoment()));
    if (isTyping(target) || target.closest("#panel, .menu")) return goTo(card);
    if (!map.openMoment()) return false;
    byId("panel-close").click();
    return true;
  }

  function onCard(card, event) {
    const { key } = event;
    if (event.altKey) return Boolean(directions[key]) && (map.move(card, { direction: directions[key] }), true);
    if (key === "ArrowLeft" || key === "ArrowRight") return walk(card, key === "ArrowRight" ? 1 : -1);
    if (key === "ArrowUp" || key === "ArrowDown") return walkStages(card, key === "ArrowDown" ? 1 : -1);
    if (key === "Home") return goTo(map.links()[0]);
    if (key === "End") return goTo(map.links().pop());
    if (key === "Delete" || key === "Backspace") return map.send(card.dataset.removeUrl, {}), true;
    return key === "Enter" && (edit(card), true);
  }

  function onKey(event) {
    const { target, key } = event;
    if (key === "Escape") return escape(target);
    if (isTyping(target)) return false;
    if (key === "?") return byId("keys").showModal(), true;
    const card = target.closest(".card");
    if (!event.altKey && (key === "n" || key === "N")) {
      return addMoment(card || document.querySelector(".card.chosen")), true;
    }
    return Boolean(card && target.matches("h3 a")) && onCard(card, event);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (onKey(event)) event.preventDefault();
  });

  byId("keys-open").hidden = false;
  byId("keys-open").addEventListener("click", () => byId("keys").showModal());
  byId("keys").addEventListener("click", (event) => {
    if (event.target === byId("keys")) byId("keys").close(); // beside it
  });
})();
