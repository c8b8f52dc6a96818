// What every page shares: the menu stands open where there is room for it, a refusal in a fragment is shown, not dropped.
"use strict";

const wide = window.matchMedia("(min-width: 60rem)");
const menu = document.getElementById("menu");
const fit = () => { if (menu) menu.open = wide.matches; };
wide.addEventListener("change", fit);
fit();

document.addEventListener("htmx:beforeSwap", (event) => {
  if ([401, 403, 404, 409, 413, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

document.addEventListener("htmx:sendError", () => {
  const place = document.getElementById("main");
  if (!place || document.getElementById("offline")) return;
  const words = document.createElement("p");
  words.id = "offline";
  words.className = "notice bad";
  words.setAttribute("role", "alert");
  words.textContent = "Không kết nối được máy chủ; chưa ghi gì. Thử lại sau ít phút.";
  place.prepend(words);
});
