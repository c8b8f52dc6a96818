// Giao việc: units are found by a few words and the one that answers best is ticked by Enter; without this script the list and the typed names do.
"use strict";

(() => {
  const bare = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();
  const boxes = () => [...document.querySelectorAll(".boxes label")];
  const LOOSE = 4;

  // How well a name answers what was typed, best first: it is that, begins with it, holds it as whole words side by
  // side, has a word that begins with each of its words, holds them anywhere; Infinity where it does not answer.
  const closeness = (name, said) => {
    const words = said.split(/\s+/);
    const own = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const whole = ` ${own.join(" ")} `;
    const sought = ` ${words.join(" ")} `;
    if (whole === sought) return 0;
    if (whole.startsWith(sought)) return 1;
    if (whole.includes(sought)) return 2;
    if (words.every((word) => own.some((one) => one.startsWith(word)))) return 3;
    return words.every((word) => name.includes(word)) ? LOOSE : Infinity;
  };
  const rank = (label, said) => Math.min(...label.dataset.names.split("|").map((name) => closeness(bare(name), said)));

  const tell = () => {
    const place = document.getElementById("chosen");
    if (!place) return;
    const names = boxes().filter((one) => one.querySelector("input").checked)
      .map((one) => one.querySelector(".name").textContent);
    place.textContent = names.length ? `✓ ${names.join("; ")}` : "";
  };

  const say = (words) => {
    const place = document.getElementById("several");
    if (place) place.textContent = words || "";
  };

  // What answers best stands first; with nothing typed, the order of the page.
  const sift = (said) => {
    const ranked = boxes().map((one, place) => {
      one.dataset.place ??= place;
      return [said ? rank(one, said) : 0, Number(one.dataset.place), one];
    });
    ranked.sort((one, other) => (one[0] === other[0] ? one[1] - other[1] : one[0] - other[0]));
    for (const [close, , one] of ranked) {
      one.hidden = close === Infinity && !one.querySelector("input").checked;
      one.parentElement.append(one);
    }
    say("");
    rove();
  };

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
    const best = Math.min(...boxes().map((one) => rank(one, said)));
    const found = best === Infinity ? [] : boxes().filter((one) => rank(one, said) === best);
    if (found.length !== 1) {
      const place = document.getElementById("several").dataset;
      say(found.length ? place.several : place.none);
      return;
    }
    found[0].querySelector("input").checked = true;
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
