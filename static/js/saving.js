// Nothing typed is lost: what the server has not confirmed is said, sent again, and sent when the page is left.
"use strict";

(() => {
  const RETRY_MS = 4000;
  const byId = (id) => document.getElementById(id);
  const isPanelForm = (element) => Boolean(element) && element.matches("#moment-form, #journey-form");
  const isConfirmed = (status) => (status >= 200 && status < 300) || status === 409 || status === 422;

  let unconfirmed = null;
  let typed = 0;
  let sent = 0;

  function say(state) {
    const words = byId("save-state");
    if (!words) return;
    words.textContent = words.dataset[state];
    words.classList.toggle("error", ["lost", "gone"].includes(state));
  }

  function tryAgain() {
    if (unconfirmed && unconfirmed.isConnected) unconfirmed.requestSubmit();
    else htmx.ajax("GET", window.location.href, { target: "#map", select: "#map", swap: "outerHTML" });
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form");
    if (!isPanelForm(form)) return;
    unconfirmed = form;
    form.dataset.unsaved = "";
    typed += 1;
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, triggeringEvent } = event.detail;
    if (!isPanelForm(elt)) return;
    // While two texts wait for a choice nothing else is saved over either.
    const isChoice = triggeringEvent && triggeringEvent.submitter && triggeringEvent.submitter.name === "keep";
    const stale = byId("stale");
    if (stale && stale.firstElementChild && !isChoice) {
      event.preventDefault();
      return;
    }
    sent = typed;
    say("saving");
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const { elt, xhr } = event.detail;
    const form = isPanelForm(elt) ? elt : null;
    if (isConfirmed(xhr.status)) {
      if (form && sent === typed) {
        unconfirmed = null;
        if (xhr.status < 300) delete form.dataset.unsaved; // what was refused stays unsaved, and stays in its field
      }
      if (form && xhr.status === 204) say("saved");
    } else if (form && xhr.status === 404) {
      say("gone");
    } else if (event.detail.requestConfig.verb !== "get") {
      say("lost");
      window.setTimeout(tryAgain, RETRY_MS);
    }
  });

  function sendAtOnce() {
    if (!unconfirmed || !unconfirmed.isConnected) return;
    fetch(unconfirmed.action, { method: "POST", body: new FormData(unconfirmed), keepalive: true });
  }
  window.addEventListener("pagehide", sendAtOnce);
  document.addEventListener("keep:turn", sendAtOnce);
})();
