// The text: names lead to their things, marked words to the facts that they support, and back.

let openArticle = null;

const articleButton = (article) => h("button", { type: "button", onclick: () => openText(article, null) }, name(article.title || article.id), article.published ? h("small", null, " " + article.published) : null);

function openText(article, fact) {
  openArticle = article;
  show("text");
  if (!fact) return;
  const mark = $("panel").querySelector('[data-facts~="' + fact.id + '"]');
  if (mark) mark.scrollIntoView({ block: "center" });
  $("panel").querySelectorAll('[data-facts~="' + fact.id + '"]').forEach((element) => element.classList.add("current"));
}

function drawText() {
  const picked = state.selected && state.selected.fact;
  if (!openArticle) openArticle = (picked && picked.article) || (state.selected && state.selected.thing && (state.selected.thing.facts.find((f) => f.article) || {}).article) || articles.find((one) => one.text) || articles[0] || null;
  if (!openArticle) { fill("Text", h("p", { class: "hint" }, "The graph holds no article's text.")); return; }
  const article = openArticle;
  if (!article.text) { fill(name(article.title || article.id), h("p", { class: "hint" }, "The graph does not hold the text of this article.", article.url ? [" ", link(article.url, "It is here.")] : null)); return; }
  const spans = [];
  article.facts.filter(passes).forEach((fact) => fact.evidence.forEach((evidence) => {
    if (evidence.start >= 0) spans.push({ start: evidence.start, end: evidence.end, fact });
  }));
  const chooser = articles.length > 1
    ? h("select", { "aria-label": "Article", onchange: (event) => { openArticle = articles[Number(event.target.value)]; drawText(); } },
      articles.map((one, number) => h("option", { value: number, selected: one === article }, (one.title || one.id) + (one.published ? " (" + one.published + ")" : "")))) : null;
  fill(name(article.title || article.id), chooser,
    h("p", { class: "hint" }, [article.published, article.source && name(article.source), article.url && link(article.url, "source")].filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]))),
    h("p", { class: "hint" }, "Underlined words support facts: click them. Names lead to the graph."),
    article.passages ? h("p", { class: "hint", id: "passages" }, "These are the passages behind the facts: the graph does not hold the rest of the article. ",
      h("code", null, "spacegraph view GRAPH --text ARTICLE"), " shows all of it.") : null,
    h("div", { class: "text", dir: "auto" }, marked(article, 0, article.text.length, spans, null)));
  if (picked) $("panel").querySelectorAll('[data-facts~="' + picked.id + '"]').forEach((element) => element.classList.add("current"));
}

// Characters [from, to) of an article: cut where a name or a span begins or ends, each piece marked with what covers it.
function marked(article, from, to, spans, only) {
  const names = article.names.filter(([start, end, number]) => start >= from && end <= to && (!only || only.includes(things[number])));
  const inside = spans.filter((span) => span.start < to && span.end > from).sort((a, b) => a.start - b.start);
  const cuts = new Set([from, to]);
  names.forEach(([start, end]) => { cuts.add(start); cuts.add(end); });
  inside.forEach(({ start, end }) => { cuts.add(Math.max(start, from)); cuts.add(Math.min(end, to)); });
  const points = [...cuts].sort((a, b) => a - b);
  const pieces = [];
  let run = null; // the mark that is being filled
  let [nextName, nextSpan] = [0, 0];
  let open = [];
  for (let i = 0; i + 1 < points.length; i += 1) {
    const [start, end] = [points[i], points[i + 1]];
    while (nextSpan < inside.length && inside[nextSpan].start <= start) { open.push(inside[nextSpan]); nextSpan += 1; }
    open = open.filter((span) => span.end > start);
    while (nextName < names.length && names[nextName][1] <= start) nextName += 1;
    const hit = nextName < names.length && names[nextName][0] <= start ? things[names[nextName][2]] : null;
    const words = article.text.slice(start, end);
    const piece = hit ? nameMark(hit, words) : document.createTextNode(words);
    const ids = open.map((span) => span.fact.id).join(" ");
    if (!ids) { run = null; pieces.push(piece); continue; }
    if (!run || run.dataset.facts !== ids) {
      run = evidenceMark(open.map((span) => span.fact), ids);
      pieces.push(run);
    }
    run.append(piece);
  }
  return pieces;
}

function nameMark(thing, words) {
  const mark = h("span", { class: "name", role: "link", tabindex: 0, title: thing.label + ", " + thing.cls.label, "data-thing": thing.number,
    onclick: (event) => { event.stopPropagation(); goTo(thing); }, onkeydown: (event) => { if (event.key === "Enter") { event.stopPropagation(); goTo(thing); } } }, words);
  mark.style.setProperty("--colour", colourOf(thing.family));
  return mark;
}

function evidenceMark(supported, ids) {
  const unique = [...new Set(supported)];
  return h("mark", { "data-facts": ids, tabindex: 0, title: unique.map(sentenceOf).join("\n"), class: unique.every((f) => f.factuality.name === "asserted") ? "" : "unasserted",
    onclick: () => choose(unique), onkeydown: (event) => { if (event.key === "Enter") choose(unique); } });
}

// Words that support several facts ask which one.
function choose(supported) {
  if (supported.length === 1) { goToFact(supported[0]); return; }
  state.selected = null;
  show("details");
  fill("These words support", h("ul", { class: "plain facts" }, supported.map((fact) => factLine(fact, fact.subject)).map((line, i) => { line.lastChild.prepend(name(supported[i].subject.label), " "); return line; })),
    h("p", { class: "actions" }, h("button", { type: "button", onclick: () => openText(supported[0].article, supported[0]) }, "Back to the text")));
}
