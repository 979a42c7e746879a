// Which moments a customer was part of: kept with each tick.
"use strict";

(() => {
  const form = document.getElementById("answer-ticks");
  const boxes = [...form.querySelectorAll("[name=moment]")];
  const problem = document.getElementById("ticks-problem");
  const positionOf = (box) => Number(box.value);

  function refresh() {
    for (const box of boxes) box.checked = answers.of(positionOf(box)).asked;
  }

  function keep(box, isAlways = false) {
    answers.say(positionOf(box), { asked: box.checked }, { isAlways });
  }

  form.addEventListener("change", ({ target }) => {
    problem.textContent = "";
    keep(target);
    queue.send();
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const first = boxes.find(({ checked }) => checked);
    if (!first) {
      problem.textContent = event.submitter.dataset.empty;
      boxes[0]?.focus();
      return;
    }
    for (const box of boxes) if (!box.checked) keep(box, true);
    queue.leave(`${answers.of(positionOf(first)).number}/`);
  });

  addEventListener("storage", ({ key }) => { if (key === answers.KEY) refresh(); });
  addEventListener("pageshow", refresh);
  if (answers.isWaiting()) location.replace(`${answers.base}check/`);
})();
