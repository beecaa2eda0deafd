// Search over all things, drawn or not, by label and alias; the best matches first.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let folded = null;

function find(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  if (!folded) folded = things.map((thing) => [thing.label, ...thing.aliases].map(fold));
  const hits = [];
  folded.forEach((names, number) => {
    let best = 9;
    names.forEach((one) => {
      const at = one.indexOf(wanted);
      if (at < 0) return;
      best = Math.min(best, one === wanted ? 0 : at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(one[at - 1]) ? 2 : 3);
    });
    if (best < 9) hits.push({ thing: things[number], best });
  });
  return hits.sort((a, b) => a.best - b.best || b.thing.importance - a.thing.importance);
}

function startSearch() {
  const box = $("search");
  const list = $("hits");
  let active = -1;
  const hide = () => { list.hidden = true; active = -1; box.setAttribute("aria-expanded", "false"); box.removeAttribute("aria-activedescendant"); };
  const point = (to) => {
    const options = list.querySelectorAll('[role="option"]');
    if (!options.length) return;
    active = (to + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    options[active].scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", options[active].id);
  };
  box.addEventListener("input", () => {
    const hits = find(box.value);
    if (!box.value.trim()) { hide(); return; }
    list.replaceChildren(...hits.slice(0, 12).map(({ thing }, i) => h("li", { role: "option", id: "hit" + i, "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); hide(); goTo(thing); } },
      familyMark(thing.family), name(thing.label), h("small", null, thing.cls.label + " · " + plural(thing.facts.length, "fact")))),
    h("li", { class: "hint", role: "presentation" }, hits.length ? plural(hits.length, "thing") + " found" : "Nothing of that name"));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    active = -1;
    say(hits.length ? plural(hits.length, "thing") + " found." : "Nothing found.");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); point(active + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); point(active - 1); }
    if (event.key === "Enter") {
      const hits = find(box.value);
      const hit = hits[Math.max(active, 0)];
      if (hit) { hide(); goTo(hit.thing); }
    }
    if (event.key === "Escape") { event.stopPropagation(); if (list.hidden) box.value = ""; hide(); $("graph").focus(); }
  });
  box.addEventListener("blur", hide);
}
