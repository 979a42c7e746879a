// Sheets typed in by keyboard alone: a digit chooses and goes on, Enter goes on or saves, Backspace goes back. What is
// typed outlives a reload and a lost connection.
"use strict";

(() => {
  const byId = (id) => document.getElementById(id);
  const rows = () => [...document.querySelectorAll("#paper-sheet [data-moment]")];
  const radios = (row) => [...row.querySelectorAll("input[type=radio]")];
  const LEVELS = { x: "0", X: "0" };
  const DECISIONS = { k: "keep", e: "enhance", l: "eliminate" };

  function focusOn(row) {
    const target = row ? radios(row).find((radio) => radio.checked) || radios(row)[0] : byId("paper-save");
    target.focus();
    target.scrollIntoView({ block: "nearest" });
  }

  const next = (row) => focusOn(rows()[rows().indexOf(row) + 1]);
  const previous = (row) => focusOn(rows()[Math.max((row ? rows().indexOf(row) : rows().length) - 1, 0)]);

  function choose(row, value) {
    radios(row).find((radio) => radio.value === value).checked = true;
    remember();
    next(row);
  }

  function clear(row) {
    for (const radio of radios(row)) radio.checked = false;
    remember();
  }

  // Gives whether the key was ours.
  function onRow(row, key) {
    const level = LEVELS[key] || (/^[0-6]$/.test(key) ? key : "");
    if (level) choose(row, level);
    else if (key === "Enter" || key === "ArrowDown") next(row);
    else if (key === "Backspace" || key === "ArrowUp") previous(row);
    else if (key === "Delete") clear(row);
    else return false;
    return true;
  }

  function onField(row, field, key) {
    if (key === "Enter") next(row);
    else if (field.matches("select") && DECISIONS[key.toLowerCase()]) {
      field.value = DECISIONS[key.toLowerCase()];
      remember();
    } else return false;
    return true;
  }

  function onSave(key) {
    if (key !== "Backspace" && key !== "ArrowUp") return false;
    previous(null);
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || !target.closest("#paper-sheet")) return;
    const row = target.closest("[data-moment]");
    let isOurs = false;
    if (row) isOurs = target.matches("input[type=radio]") ? onRow(row, key) : onField(row, target, key);
    else if (target.id === "paper-save") isOurs = onSave(key);
    if (isOurs) event.preventDefault();
  });

  // What is typed of the sheet at hand, in this tab.
  const keyOf = (form) => `sheet ${form.action} ${form.elements.view.value}`;
  function remember() {
    const form = byId("paper-sheet");
    const typed = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
    sessionStorage.setItem(keyOf(form), JSON.stringify(typed));
  }

  function bringBack(form) {
    const typed = form.dataset.isFresh && sessionStorage.getItem(keyOf(form));
    for (const [name, value] of typed ? JSON.parse(typed) : []) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
  }

  document.addEventListener("input", (event) => {
    if (event.target.closest("#paper-sheet")) remember();
    if (event.target.id === "paper-more") sessionStorage.setItem("sheet columns", event.target.checked ? "" : "hidden");
  });

  function begin() {
    const form = byId("paper-sheet");
    if (!form) return;
    const more = byId("paper-more");
    if (more) more.checked = sessionStorage.getItem("sheet columns") !== "hidden";
    bringBack(form);
    const invalid = form.querySelector("[aria-invalid=true]");
    if (invalid) invalid.focus();
    else focusOn(rows()[0]);
  }

  const failed = (isHidden) => {
    byId("paper-failed").hidden = isHidden;
  };
  const onOurs = (name, work) => document.addEventListener(name, (event) => {
    if (event.target.closest("#paper-entry")) work(event);
  });
  onOurs("htmx:beforeRequest", () => failed(true));
  onOurs("htmx:sendError", () => failed(false));
  onOurs("htmx:responseError", () => failed(false));
  onOurs("htmx:beforeSwap", ({ detail }) => {
    const form = byId("paper-sheet");
    if (detail.xhr.status === 200 && form) sessionStorage.removeItem(keyOf(form));
  });
  onOurs("htmx:afterSettle", begin);
  begin();
})();
