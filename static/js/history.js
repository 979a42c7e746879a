// Undo and redo by keyboard, and words about a change that go by themselves. The history page does the same by buttons.
"use strict";

(() => {
  const SHOWN_MS = 20_000;
  const byId = (id) => document.getElementById(id);
  const isTyping = (element) => element.matches("input, select, textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const form = byId("undo-step");
    if (!form || isTyping(event.target) || event.altKey || !(event.ctrlKey || event.metaKey)) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    const values = { redo: key === "y" || event.shiftKey ? "yes" : "", open: byId("panel").dataset.moment };
    htmx.ajax("POST", form.action, { source: form, target: "#map", swap: "outerHTML", values });
  });

  // An offer to undo stays while the pointer or the focus is on it; afterwards Ctrl+Z and the history still have it.
  let timer = 0;
  function hideLater() {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const toast = byId("toast");
      if (toast.querySelector(".undo-conflict")) return;
      if (toast.matches(":hover") || toast.contains(document.activeElement)) hideLater();
      else toast.replaceChildren();
    }, SHOWN_MS);
  }
  document.addEventListener("click", (event) => {
    const toast = byId("toast");
    if (!event.target.closest("#undo-leave") || !toast.contains(event.target)) return;
    event.preventDefault();
    toast.replaceChildren();
    const chosen = document.querySelector(".card.chosen h3 a") || document.querySelector(".card h3 a");
    if (chosen) chosen.focus({ preventScroll: true });
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.target.id === "toast") hideLater();
  });
  hideLater();
})();
