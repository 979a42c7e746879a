// The browser's print window, one click away.
"use strict";
(() => {
  const button = document.getElementById("print-now");
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
