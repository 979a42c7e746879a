// Names to choose from while an @name is typed. Without this script an address or a whole name does the same.
"use strict";

(() => {
  const PAUSE_MS = 150;
  const TYPED = /(?:^|[^\w.+-])@([^\s@][^@\n]{0,60}|)$/u;
  let list = null;
  let field = null;
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  function close() {
    asked += 1;
    if (!list) return;
    list.remove();
    list = null;
    chosen = -1;
    for (const name of ["aria-controls", "aria-activedescendant"]) field.removeAttribute(name);
  }

  function typedName(area) {
    const found = TYPED.exec(area.value.slice(0, area.selectionStart));
    return found && area.selectionStart === area.selectionEnd ? found[1] : null;
  }

  function mark(place) {
    const options = list.children;
    chosen = (place + options.length) % options.length;
    for (const [number, option] of [...options].entries()) {
      option.setAttribute("aria-selected", String(number === chosen));
    }
    options[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function take(option) {
    const end = field.selectionStart;
    const start = end - typedName(field).length;
    const words = option.dataset.typed;
    const space = /^\s/.test(field.value.slice(end)) ? "" : " ";
    field.setRangeText(words + space, start, end, "end");
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  }

  function makeOption(person, number) {
    const option = document.createElement("li");
    option.id = `mention-option-${number}`;
    option.role = "option";
    option.dataset.typed = person.typed;
    option.textContent = person.name;
    if (person.typed.includes("@")) {
      const address = document.createElement("small");
      address.textContent = person.typed;
      option.append(address);
    }
    option.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the field keeps the focus
      take(option);
    });
    return option;
  }

  function open(area, people) {
    close();
    if (!people.length) return;
    field = area;
    list = document.createElement("ul");
    list.id = "mention-options";
    list.className = "mention-options";
    list.role = "listbox";
    list.setAttribute("aria-label", area.dataset.mentionsLabel);
    list.append(...people.map(makeOption));
    area.after(list);
    area.setAttribute("aria-controls", list.id);
    mark(0);
    list.scrollIntoView({ block: "nearest" });
  }

  async function suggest(area) {
    const name = typedName(area);
    if (name === null) {
      close();
      return;
    }
    const mine = ++asked;
    let answer;
    try {
      answer = await fetch(`${area.dataset.mentions}?q=${encodeURIComponent(name)}`);
      if (!answer.ok) return;
      answer = await answer.json();
    } catch {
      return; // the name can be typed by hand
    }
    if (mine === asked && document.activeElement === area) open(area, answer.people);
  }

  document.addEventListener("input", (event) => {
    if (!event.target.matches("textarea[data-mentions]")) return;
    const area = event.target;
    area.setAttribute("aria-autocomplete", "list");
    window.clearTimeout(timer);
    if (typedName(area) === null) close();
    else timer = window.setTimeout(() => suggest(area), PAUSE_MS);
  });

  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== field) return;
    if (event.key === "ArrowDown") mark(chosen + 1);
    else if (event.key === "ArrowUp") mark(chosen - 1);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("focusout", (event) => {
    if (list && event.target === field) close();
  });
})();
