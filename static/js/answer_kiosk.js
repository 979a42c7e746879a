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
    else beginAnew();
  }

  // Asked first: without a connection the tablet would be left with the browser's own error page.
  async function beginAnew() {
    try {
      await fetch(anew, { credentials: "same-origin" });
      location.replace(answers.base);
    } catch {
      timer = setTimeout(beginAnew, 5000);
    }
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

  // Below the question nothing is touched: it goes when the finger has been lifted.
  const isInBox = ({ target }) => target instanceof Element && box.contains(target);
  for (const kind of ["pointerdown", "keydown", "input", "scroll", "wheel"]) {
    addEventListener(kind, (event) => { if (!isInBox(event)) stay(); }, { passive: true });
  }
  box.addEventListener("click", ({ target }) => { if (!target.closest("a")) stay(); });
  stay();
})();
