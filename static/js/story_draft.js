// A story that is being typed outlives a reload, a dead battery and a lost connection; once told, nothing of it stays here.
"use strict";

(() => {
  const PREFIX = "story draft ";
  const HOURS = 24;
  const form = document.querySelector("form[data-draft]");
  const SKIPPED = ["csrfmiddlewaretoken", "submission", "kind", "version"];

  function stored(key) {
    try {
      const { at, words } = JSON.parse(localStorage.getItem(key)) ?? {};
      return at && Date.now() - at < HOURS * 3600e3 ? words : null;
    } catch {
      return null; // a private window, or storage switched off
    }
  }

  function forget(isGone) {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && isGone(key)).forEach((key) => localStorage.removeItem(key));
    } catch {
      // nothing was kept
    }
  }

  const fields = () => [...form.elements].filter(({ name, type }) => name && !SKIPPED.includes(name) && !["file", "submit", "button"].includes(type));
  const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

  function keep() {
    const words = Object.fromEntries(fields().map((field) => [field.name, valueOf(field)]));
    const isEmpty = fields().every((field) => field.matches("select, [type=checkbox]") || !field.value.trim());
    try {
      if (isEmpty) localStorage.removeItem(PREFIX + form.dataset.draft);
      else localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), words }));
    } catch {
      // the form itself still holds the words
    }
  }

  function bringBack(words) {
    for (const field of fields()) {
      const kept = words[field.name];
      if (kept === undefined || field.name === "moment") continue;
      if (field.type === "checkbox") field.checked = kept;
      else if (!field.value) field.value = kept;
    }
    const more = form.querySelector(".story-more");
    if (more && [...more.querySelectorAll("input:not([type=file]), textarea")].some(({ value }) => value)) more.open = true;
    form.querySelector(".draft-note").hidden = false;
    const journey = form.elements.journey;
    if (!journey?.value || form.elements.moment?.value) return;
    document.addEventListener("htmx:afterSettle", () => {
      if (form.elements.moment && words.moment) form.elements.moment.value = words.moment;
    }, { once: true });
    journey.dispatchEvent(new Event("change", { bubbles: true }));
  }

  if (document.querySelector("[data-forget-drafts]")) forget(() => true);
  forget((key) => !stored(key));
  if (!form) return;

  const words = stored(PREFIX + form.dataset.draft);
  const isFresh = !form.querySelector("[role=alert]:not(:empty)");
  const what = form.elements.what_happened;
  // After htmx has seen the page, so that the moments of the journey come too.
  if (words && isFresh && !what.value) window.addEventListener("load", () => bringBack(words));
  document.addEventListener("input", ({ target }) => target.form === form && keep());
  document.addEventListener("change", ({ target }) => target.form === form && keep());

  form.querySelector("[data-drop-draft]").addEventListener("click", () => {
    forget((key) => key === PREFIX + form.dataset.draft);
    window.location.reload();
  });

  // One tap sends once; whoever comes back by the browser's arrow may send again.
  form.addEventListener("submit", () => form.setAttribute("aria-busy", "true"));
})();
