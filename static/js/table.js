// A row of the table opens at the cell that was clicked; arrows walk from row to row, Escape leaves a row as it was.
"use strict";

(() => {
  document.addEventListener("click", (event) => {
    const cell = event.target.closest("tr.can-change [data-field]");
    if (!cell || event.target.closest("a") || String(window.getSelection())) return;
    const link = cell.closest("tr").querySelector("a[hx-get]");
    htmx.ajax("GET", `${link.getAttribute("hx-get")}?field=${cell.dataset.field}`, { source: link, target: cell.closest("tr"), swap: "outerHTML" });
  });

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest("table.moments tbody > tr");
    if (!row) return;
    if (event.key === "Escape" && row.classList.contains("changing")) row.querySelector("a.leave").click();
    else if (event.key === "Enter" && event.target.matches("textarea") && !event.shiftKey) event.target.form.requestSubmit();
    else if (event.target.matches("a[id^=change-]") && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      const link = next && next.querySelector("a, input, select");
      if (link) link.focus();
    } else return;
    event.preventDefault();
  });
})();
