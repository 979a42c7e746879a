// What if: circles that move to a target level, by drag, touch and keyboard. The server does all the reckoning; each
// move sets the same field that the table holds, and the form asks for the new figures.
"use strict";

(() => {
  const form = document.getElementById("what-if");
  const ladder = document.getElementById("what-if-ladder");
  if (!form || !ladder) return;
  const band = Number(ladder.dataset.band);
  const names = ladder.dataset.names.split("|");
  const undo = document.getElementById("undo");
  const marks = [...ladder.querySelectorAll(".mark")];
  const markOf = new Map(marks.map((mark) => [mark.dataset.moment, mark]));
  const fieldOf = (id) => form.elements["to-" + id];
  const backOf = new Map([...form.querySelectorAll(".back")].map((button) => [button.value, button]));
  const shown = new Map(marks.map((mark) => [mark.dataset.moment, fieldOf(mark.dataset.moment).value]));
  const past = [];

  const levelOf = (mark) => Number(shown.get(mark.dataset.moment) || mark.dataset.today || 0);
  const say = (level) => (level ? `${level} ${names[level - 1]}` : ladder.dataset.unjudged);

  function paint(mark) {
    const level = levelOf(mark);
    const target = shown.get(mark.dataset.moment);
    const y = target ? (6.5 - level) * band : Number(mark.dataset.y);
    const then = mark.querySelector(".then");
    then.setAttribute("class", `then level-${level || "none"}`);
    then.querySelector("circle").setAttribute("cy", y);
    then.querySelector("text").setAttribute("y", y);
    then.querySelector("text").textContent = level || "?";
    mark.classList.toggle("moved", Boolean(target));
    mark.setAttribute("aria-valuenow", level || 3);
    const today = Number(mark.dataset.today);
    const moved = `${say(level)} (${ladder.dataset.today}: ${say(today)})`;
    mark.setAttribute("aria-valuetext", target ? moved : say(level));
    const back = backOf.get(mark.dataset.moment);
    back.hidden = !target;
    back.querySelector("span").textContent = `${today || "?"} → ${target}`;
  }

  // Sets targets by moment; "" is as today. Gives what they were before, for undo.
  function put(changes) {
    const before = {};
    for (const [id, value] of Object.entries(changes)) {
      const target = String(value) === markOf.get(id).dataset.today ? "" : String(value);
      before[id] = shown.get(id);
      shown.set(id, target);
      fieldOf(id).value = target;
      paint(markOf.get(id));
    }
    htmx.trigger(form, "play");
    return before;
  }

  function remember(before) {
    past.push(before);
    undo.disabled = false;
  }

  const change = (changes) => remember(put(changes));

  function takeBack() {
    if (!past.length) return;
    const changes = past.pop();
    put(changes);
    undo.disabled = !past.length;
    if (document.activeElement === document.body || undo.disabled) choose(markOf.get(Object.keys(changes)[0]));
  }

  function choose(mark) {
    for (const other of marks) other.setAttribute("tabindex", other === mark ? "0" : "-1");
    mark.focus({ preventScroll: true });
    const board = document.getElementById("what-if-board");
    const edge = board.querySelector(".level-names").getBoundingClientRect().right;
    const place = mark.getBoundingClientRect();
    const right = board.getBoundingClientRect().right;
    if (place.left < edge) board.scrollLeft -= edge - place.left + 16;
    else if (place.right > right) board.scrollLeft += place.right - right + 16;
  }

  const steps = { ArrowUp: 1, ArrowDown: -1, PageUp: 1, PageDown: -1 };
  const walks = { ArrowLeft: -1, ArrowRight: 1 };

  ladder.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark || event.ctrlKey || event.metaKey || event.altKey) return;
    const id = mark.dataset.moment;
    const level = levelOf(mark) || 3;
    if (steps[event.key]) {
      const next = Math.min(6, Math.max(1, level + steps[event.key]));
      if (next !== levelOf(mark)) change({ [id]: next });
    } else if (event.key === "Home" || event.key === "End") change({ [id]: event.key === "End" ? 6 : 1 });
    else if (event.key === "Delete" || event.key === "Backspace") {
      if (shown.get(id)) change({ [id]: "" });
    } else if (walks[event.key]) {
      choose(marks[marks.indexOf(mark) + walks[event.key]] || mark);
    } else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "z" || !(event.ctrlKey || event.metaKey) || event.target.matches("input, textarea")) return;
    takeBack();
    event.preventDefault();
  });

  ladder.addEventListener("pointerdown", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark || event.button) return;
    event.preventDefault();
    choose(mark);
    const id = mark.dataset.moment;
    let before = null;
    const move = (moved) => {
      const box = ladder.getBoundingClientRect();
      const level = Math.min(6, Math.max(1, Math.ceil(6 - ((moved.clientY - box.top) / box.height) * 6)));
      if (level === levelOf(mark)) return;
      const was = put({ [id]: level });
      before = before || was;
    };
    const end = () => {
      mark.removeEventListener("pointermove", move);
      if (before) remember(before);
    };
    mark.setPointerCapture(event.pointerId);
    mark.addEventListener("pointermove", move);
    mark.addEventListener("lostpointercapture", end, { once: true });
  });

  // A finger on a circle moves the circle, not the page; touch-action does not work inside SVG.
  const hold = (event) => { if (event.target.closest(".mark")) event.preventDefault(); };
  ladder.addEventListener("touchstart", hold, { passive: false });

  form.addEventListener("change", (event) => {
    const id = event.target.name.startsWith("to-") ? event.target.name.slice(3) : "";
    if (id) change({ [id]: event.target.value });
  });
  // Controls of the form that stand elsewhere on the page.
  document.addEventListener("input", (event) => {
    if (event.target.name === "leave_own" && event.target.form === form) {
      document.getElementById("leave-own").checked = true;
      htmx.trigger(form, "play");
    } else if (event.target.name === "leave" && event.target.form === form) {
      if (event.target.value === "own") document.getElementById("leave_own").focus();
      else htmx.trigger(form, "play");
    }
  });
  form.addEventListener("click", (event) => {
    const back = event.target.closest(".back");
    if (!back) return;
    event.preventDefault();
    change({ [back.value]: "" });
    choose(markOf.get(back.value));
  });
  undo.addEventListener("click", takeBack);
  document.getElementById("reset").addEventListener("click", (event) => {
    event.preventDefault();
    const moved = [...shown].filter(([, target]) => target).map(([id]) => [id, ""]);
    if (moved.length) change(Object.fromEntries(moved));
  });

  // An address names only what moves.
  form.addEventListener("htmx:configRequest", (event) => {
    for (const [name, value] of Object.entries(event.detail.parameters)) {
      if (name.startsWith("to-") && !value) delete event.detail.parameters[name];
    }
  });
  document.addEventListener("htmx:afterSettle", () => {
    const path = document.getElementById("outcome").dataset.path;
    document.getElementById("target-curve").setAttribute("d", path);
    const problem = document.getElementById("leave-own-error").textContent.trim();
    document.getElementById("leave_own").toggleAttribute("aria-invalid", Boolean(problem));
    if (problem) document.getElementById("leave_own").setAttribute("aria-invalid", "true");
  });

  // What is kept is what is shown now, also while its figures are still on their way.
  const keep = document.getElementById("keep");
  if (keep) {
    keep.addEventListener("submit", () => {
      const moved = [...shown].filter(([, target]) => target);
      keep.elements.targets.value = moved.map(([id, target]) => `${id}:${target}`).join(",");
      keep.elements.leave.value = new FormData(form).get("leave") || "";
      keep.elements.leave_own.value = document.getElementById("leave_own").value;
    });
  }

  ladder.setAttribute("role", "group");
  ladder.setAttribute("aria-label", ladder.dataset.label);
  for (const mark of marks) {
    mark.setAttribute("role", "slider");
    mark.setAttribute("tabindex", mark === marks[0] ? "0" : "-1");
    mark.setAttribute("aria-orientation", "vertical");
    mark.setAttribute("aria-valuemin", "1");
    mark.setAttribute("aria-valuemax", "6");
    mark.setAttribute("aria-label", mark.dataset.title);
    paint(mark);
  }
})();
