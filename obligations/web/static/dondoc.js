// What every page shares: the menu and filters stand open where there is room, a refusal in a fragment is shown.
"use strict";

const wide = window.matchMedia("(min-width: 60rem)");
const fit = () => {
  for (const folded of document.querySelectorAll("#menu, details[data-wide]")) {
    folded.open = wide.matches || (folded.id !== "menu" && folded.hasAttribute("open") && folded.dataset.said === "open");
  }
};
for (const folded of document.querySelectorAll("details[data-wide][open]")) folded.dataset.said = "open";
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
