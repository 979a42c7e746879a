// A shared tablet: whoever has gone leaves nothing to the next. A visible countdown, which a touch stops.
"use strict";

(() => {
  const box = document.getElementById("still-there");
  const idle = Number(box.dataset.idle) * 1000;
  const seconds = Number(box.dataset.seconds);
  const shown = document.getElementById("still-there-seconds");
  const anew = box.querySelector("a").href;
  const isAnybodyHere = ["moment", "tick", "check"].includes(answers.page) || "begun" in document.body.dataset;
  let timer = 0;
  let left = 0;
  let focused = null;

  addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  if (!isAnybodyHere) return;

  function count() {
    left -= 1;
    shown.textContent = left;
    if (left > 0) timer = setTimeout(count, 1000);
    else location.replace(anew);
  }

  function ask() {
    focused = document.activeElement;
    left = seconds;
    shown.textContent = left;
    box.hidden = false;
    document.getElementById("content").inert = true;
    document.getElementById("still-there-stay").focus();
    timer = setTimeout(count, 1000);
  }

  function stay() {
    clearTimeout(timer);
    timer = setTimeout(ask, idle);
    if (box.hidden) return;
    box.hidden = true;
    document.getElementById("content").inert = false;
    focused?.focus({ preventScroll: true });
  }

  for (const kind of ["pointerdown", "keydown", "input", "scroll", "wheel"]) {
    addEventListener(kind, ({ target }) => { if (!(target instanceof Element && target.closest("#still-there a"))) stay(); }, { passive: true });
  }
  stay();
})();
