// What every page shares: the menu shuts itself, filters stand open where there is room, a refusal in a fragment is shown.
"use strict";

const wide = window.matchMedia("(min-width: 60rem)");
const fit = () => {
  for (const folded of document.querySelectorAll("details[data-wide]")) {
    folded.open = wide.matches || folded.dataset.said === "open";
  }
};
for (const folded of document.querySelectorAll("details[data-wide][open]")) folded.dataset.said = "open";
wide.addEventListener("change", fit);
fit();

const menu = document.getElementById("menu");
if (menu) {
  const leave = (place) => {
    if (place && !menu.contains(place)) menu.open = false;
  };
  document.addEventListener("click", (event) => leave(event.target));
  menu.addEventListener("focusout", (event) => leave(event.relatedTarget));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// A figure pressed after a filter was chosen, but not yet asked for, keeps the choice.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".figures a, .tabs a");
  const form = document.querySelector(".filters form");
  if (!link || !form) return;
  const address = new URL(link.href);
  for (const [name, value] of new FormData(form)) {
    if (name === "phan" || name === "loai") continue;
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  link.href = address.href;
});

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
  words.textContent = place.dataset.offline;
  place.prepend(words);
});
