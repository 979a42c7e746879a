// Handed in: nothing stays on the device but the pass, which says that it has answered.
"use strict";

answers.forget();
if ("caches" in window) caches.delete(`answers ${answers.base}`);
