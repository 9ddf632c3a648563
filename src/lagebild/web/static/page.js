// What the pages can do beyond links: the slider of days, and on a report what was understood, on hover, focus or tap.
// Everything works without it: marked words are links to their findings, days can be chosen in the form.
"use strict";

function slider() {
  const range = document.getElementById("slider");
  if (!range) return;
  const days = range.dataset.days.split(" ");
  const field = document.querySelector(".pick input[name=at]");
  range.hidden = false;
  const show = () => {
    field.value = days[range.valueAsNumber];
    range.setAttribute("aria-valuetext", field.value);
  };
  range.setAttribute("aria-valuetext", field.value);
  range.addEventListener("input", show);
  range.addEventListener("change", () => {
    show();
    const address = new URL(location.href);
    address.hash = "";
    address.searchParams.set("at", field.value);
    const since = address.searchParams.get("since");
    if (since && since > field.value) address.searchParams.delete("since");
    location.assign(address);
  });
}

function report() {
  const text = document.querySelector(".text");
  if (!text) return;
  const parts = [...text.querySelectorAll("[data-in]")];
  let pop = null;
  const off = () => {
    pop?.remove();
    pop = null;
    document.querySelectorAll(".lit, .on").forEach((e) => e.classList.remove("lit", "on"));
  };
  const on = (id, near) => {
    off();
    const card = document.getElementById(id);
    if (!card) return;
    card.classList.add("on");
    for (const part of parts) {
      if (part.dataset.in.split(" ").includes(id)) part.classList.add("lit");
    }
    if (!near) return;
    pop = document.createElement("div");
    pop.className = "pop";
    pop.dataset.of = id;
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.classList.remove("on");
    pop.append(...copy.childNodes);
    pop.setAttribute("aria-hidden", "true");
    pop.querySelectorAll("a").forEach((a) => a.setAttribute("tabindex", "-1"));
    document.body.append(pop);
    const box = near.getClientRects()[0];
    pop.style.left = Math.max(8, Math.min(scrollX + box.left, scrollX + innerWidth - pop.offsetWidth - 16)) + "px";
    const below = box.bottom + pop.offsetHeight + 12 < innerHeight;
    pop.style.top = scrollY + (below ? box.bottom + 6 : Math.max(0, box.top - pop.offsetHeight - 6)) + "px";
  };
  // A pointer that rests where a finding happens to come up shows nothing; only one that moves does.
  for (const mark of text.querySelectorAll(".m")) {
    mark.addEventListener("mousemove", () => pop?.dataset.of === mark.dataset.finding || on(mark.dataset.finding, mark));
    mark.addEventListener("mouseleave", off);
    mark.addEventListener("focus", () => on(mark.dataset.finding, mark));
    mark.addEventListener("blur", off);
  }
  for (const card of document.querySelectorAll(".finding")) {
    card.addEventListener("mousemove", () => card.classList.contains("on") || on(card.id, null));
    card.addEventListener("mouseleave", off);
  }
  // A finding named in the address is shown where its word stands in the text. The browser brings what the address names
  // into view at a time of its own, also after this: so the address has to name the word and not the card. That it does
  // then is no news: whatever the reader has come to in the meantime stays.
  let renamed = null;
  const goto = () => {
    const known = location.hash === renamed;
    renamed = null;
    const id = location.hash.replace(/^#(at-)?/, "");
    const card = document.getElementById(id);
    if (known || !card || !document.getElementById("at-" + id)) return;
    on(id, null);
    const list = card.closest(".findings");
    if (list.scrollHeight > list.clientHeight) list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top;
    if (location.hash !== "#" + id) return;
    renamed = "#at-" + id;
    location.replace(renamed);
  };
  document.addEventListener("keydown", (event) => event.key === "Escape" && off());
  addEventListener("hashchange", goto);
  goto();
}

// A part that the address names is opened, so that a link into it shows it.
function unfold() {
  const target = document.getElementById(location.hash.slice(1));
  for (let e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
  target?.scrollIntoView();
}

slider();
report();
addEventListener("hashchange", unfold);
if (location.hash && !document.querySelector(".text")) unfold();
