// What the server would not save waits: it comes back with its moment, in red again, and the page says where it is.
"use strict";

(() => {
  const FORMS = "#moment-form, #journey-form";
  const typed = new Set(); // names of the fields that the open form has yet to save
  const keyOf = (form) => `refused ${form.getAttribute("action")}`;
  const openForm = () => document.querySelector(FORMS);
  const isRefused = (form) => "unsaved" in form.dataset && [...form.querySelectorAll("[role=alert]")].some((p) => p.textContent.trim());

  document.addEventListener("input", ({ target }) => {
    if (target.form && target.form.matches(FORMS)) typed.add(target.name);
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
    if (elt.matches(FORMS) && xhr.status >= 200 && xhr.status < 300 && !("unsaved" in elt.dataset)) typed.clear();
  });

  function store(form) {
    const values = [...new FormData(form)].filter(([name]) => typed.has(name) || name === "version");
    sessionStorage.setItem(keyOf(form), JSON.stringify(values));
  }

  function leave() {
    const form = openForm();
    const isLost = Boolean(form) && isRefused(form);
    if (isLost) store(form);
    return isLost;
  }
  window.addEventListener("pagehide", leave);
  document.addEventListener("keep:turn", ({ target }) => {
    if (leave()) say(target.dataset.moment, target.querySelector("h2").textContent.trim());
    typed.clear();
  });

  function say(moment, title) {
    const { refused, back } = document.getElementById("news").dataset;
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: back });
    button.addEventListener("click", () => document.getElementById(moment ? `moment-${moment}` : "about-journey")?.click());
    news.show(refused.replace("%s", () => title), button);
  }

  function bringBack(root) {
    const form = root.matches?.(FORMS) ? root : root.querySelector(FORMS);
    const stored = form && sessionStorage.getItem(keyOf(form));
    if (!stored) return;
    sessionStorage.removeItem(keyOf(form));
    for (const [name, value] of JSON.parse(stored)) {
      const field = form.elements[name];
      if (!field) continue;
      field.value = value;
      if (name === "version") continue;
      (field.length && !field.options ? field[0] : field).dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  htmx.onLoad(bringBack);
})();
