// Giao việc: units are found by a few letters and ticked by Enter; without this script the list and the typed names do.
"use strict";

(() => {
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
  const boxes = () => [...document.querySelectorAll(".boxes label")];
  const matches = (label, said) => said.split(/\s+/).every((word) => bare(label.dataset.names).includes(word));

  const tell = () => {
    const place = document.getElementById("chosen");
    if (!place) return;
    const names = boxes().filter((one) => one.querySelector("input").checked)
      .map((one) => one.querySelector(".name").textContent);
    place.textContent = names.length ? `✓ ${names.join("; ")}` : "";
  };

  const sift = (said) => boxes().forEach((one) => {
    one.hidden = Boolean(said) && !matches(one, said) && !one.querySelector("input").checked;
  });

  document.addEventListener("input", (event) => {
    if (event.target.id === "who") sift(bare(event.target.value));
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "responsible") tell();
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "who" || event.key !== "Enter" || event.isComposing) return;
    const said = bare(event.target.value);
    if (!said) return;
    event.preventDefault();
    const found = boxes().find((one) => matches(one, said) && !one.querySelector("input").checked);
    if (!found) return;
    found.querySelector("input").checked = true;
    event.target.value = "";
    sift("");
    tell();
  });
  // One stop of the Tab key for the whole list; arrows walk in it.
  const rove = () => boxes().forEach((one, place) => { one.querySelector("input").tabIndex = place ? -1 : 0; });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = boxes().filter((one) => !one.hidden).map((one) => one.querySelector("input"));
    const at = list.indexOf(event.target);
    if (!step || (at < 0 && event.target.id !== "who")) return;
    event.preventDefault();
    (list[at + step] || (step < 0 ? document.getElementById("who") : list.at(-1))).focus();
  });

  const settle = () => { tell(); rove(); };
  document.addEventListener("htmx:afterSettle", settle);
  settle();
})();
