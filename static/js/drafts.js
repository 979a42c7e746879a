// A comment that is being typed outlives another moment's panel, a reload and a lost connection.
"use strict";

(() => {
  const isComment = (element) => element.matches(".comment-form textarea");
  const keyOf = (form) => `draft ${form.action} ${form.elements.parent ? form.elements.parent.value : ""}`;

  document.addEventListener("input", (event) => {
    if (isComment(event.target)) sessionStorage.setItem(keyOf(event.target.form), event.target.value);
  });

  // Before the answer's own form comes in: what was sent is no draft any more.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const form = detail.requestConfig.elt.closest("form.comment-form");
    if (form && detail.xhr.status === 200) sessionStorage.removeItem(keyOf(form));
  });

  function bringBack(root) {
    for (const area of root.querySelectorAll(".comment-form textarea")) {
      const draft = sessionStorage.getItem(keyOf(area.form));
      if (!draft || area.value) continue;
      area.value = draft;
      const answer = area.closest("details");
      if (answer) answer.open = true;
    }
  }

  htmx.onLoad(bringBack);
})();
