// An empty map takes what is pasted anywhere on it: the text goes into the visible box and on to its preview.
"use strict";

document.addEventListener("paste", (event) => {
  const form = document.getElementById("map-paste");
  const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
  if (!form || !text.trim() || form.contains(event.target)) return;
  const field = event.target.closest("input, textarea, select, [contenteditable]");
  const isWhole = text.trim().includes("\n"); // a field of one line has no room for it
  if (field && !(field.id === "new-stage" && isWhole)) return;
  event.preventDefault();
  form.elements.outline.value = text;
  form.requestSubmit();
});
