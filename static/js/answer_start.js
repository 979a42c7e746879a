// Where one begins, or goes on: a page from the phone's own store may know less than what was answered since.
"use strict";

(() => {
  const begin = document.getElementById("answer-begin");
  if (answers.isWaiting()) location.replace(`${answers.base}check/`);
  else if (begin && Object.keys(answers.unsent()).length) {
    const steps = answers.steps();
    const open = steps.find(({ level }) => level === "");
    if (steps.length) begin.href = answers.base + (open ? `${open.number}/` : "check/");
    begin.textContent = open ? begin.dataset.again ?? begin.textContent : answers.words.last;
  }
})();
