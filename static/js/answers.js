// Every answer to one's own change is shown by keep.js, so that a late one takes nothing from who has gone on working.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const isDragging = () => document.querySelector(".sortable-chosen");

  function focusFirst(fresh) {
    const fields = fresh.flatMap((element) => [...element.querySelectorAll("[autofocus]")]);
    const { activeElement } = document;
    const isTyping = activeElement.matches("input, textarea") && activeElement.value !== activeElement.defaultValue;
    if (fields.length && !isTyping) fields[0].focus();
  }

  document.addEventListener("htmx:configRequest", ({ detail: { elt } }) => {
    if (elt.matches("#map form")) [...elt.elements].forEach(keep.remember);
  });

  let brought = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { detail } = event;
    const { id } = detail.target;
    if (!detail.shouldSwap || detail.swapOverride === "none" || !["map", "panel"].includes(id)) return;
    const { elt } = detail.requestConfig;
    if (id === "panel" && elt.closest("#stale")) return; // the reader chose to let their own text go
    if (id === "panel" && byId("stale")?.firstElementChild) {
      detail.shouldSwap = false; // the choice between two texts comes first
      byId("stale").querySelector("button").focus();
      return;
    }
    const want = new DOMParser().parseFromString(detail.serverResponse, "text/html").getElementById(id);
    if (!want) return;
    detail.swapOverride = "none"; // what comes beside the map is still put in its place
    if (id === "map" && isDragging()) {
      byId("map").dataset.behind = "";
      return;
    }
    brought = { want, elt };
  });
  // Not before: parts of an answer find their place by the form that was sent, which may go with the old map.
  document.addEventListener("htmx:afterSwap", () => {
    if (!brought) return;
    const { want, elt } = brought;
    brought = null;
    focusFirst(keep.bring(want, elt));
    if (elt.matches("form")) [...elt.elements].forEach(keep.forget);
  });

  // Beside the map an answer brings the panel, and parts of the form that was sent, which may have gone by now.
  // The form for the next moment stays the same element: names typed ahead wait for their turn in it.
  let path = "";
  let sender = null;
  document.addEventListener("htmx:beforeSwap", ({ detail }) => { ({ path, elt: sender } = detail.requestConfig); });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    const form = target.closest("#moment-form, #journey-form");
    if (form && form.getAttribute("action") !== path) event.detail.shouldSwap = false;
    if (target.id === "panel") {
      event.detail.shouldSwap = false;
      keep.bring(fragment.firstElementChild, sender);
    } else if (target.matches(".adding form")) {
      event.detail.shouldSwap = false;
      keep.bring(fragment.firstElementChild, sender);
      if (target === sender) [...sender.elements].forEach(keep.forget);
    }
  });
})();
