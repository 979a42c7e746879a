// Names are typed one after the other as fast as somebody can: what was sent leaves the field at once, and waits its turn.
"use strict";

(() => {
  const waiting = []; // { form, id, title }: sent by the reader, not yet on its way
  const under = new Map(); // form -> title: on its way
  const isAdding = (form) => form.matches(".adding form, .stage-add");

  let isReady = false; // before, a form is sent as it is, without this file
  htmx.onLoad(() => { isReady = true; });

  function giveBack(id, title) {
    const field = document.getElementById(id);
    if (field) field.value = [title, field.value].filter(Boolean).join(" ");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isReady || !isAdding(form)) return;
    const field = form.elements.title;
    if (!field.value.trim()) {
      field.value = "";
      field.reportValidity();
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    waiting.push({ form, id: field.id, title: field.value });
    form.noValidate = true; // the field is empty when its title's turn comes
    field.value = "";
    field.focus();
  }, true);

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, formData } = event.detail;
    const turn = waiting.findIndex(({ form }) => form === elt);
    if (turn < 0) return;
    const [{ title }] = waiting.splice(turn, 1);
    under.set(elt, title);
    formData.set("title", title);
    keep.forget(elt.elements.title); // what stands there now is the next one
  });

  document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
    if (!under.has(elt)) return;
    const isAnswered = (xhr.status >= 200 && xhr.status < 300) || xhr.status === 422;
    if (!isAnswered) giveBack(elt.elements.title.id, under.get(elt));
    under.delete(elt);
    for (const { form, id, title } of waiting.filter(({ form }) => !form.isConnected)) {
      waiting.splice(waiting.findIndex((entry) => entry.form === form), 1);
      giveBack(id, title);
    }
  });
})();
