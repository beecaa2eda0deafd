// What is shown: which things are drawn, what the filters let through, what is selected.

const BATCH = 30; // how many things one click on "+n" brings in
const FEW_ARROWS = 40; // up to so many arrows in sight say their relation at rest
const FOCUS_MOST = 60; // how many neighbours a focus draws

const state = {
  opened: [], // [{ anchor: thing or null, members: [thing] }] in the order in which they were opened
  focus: null, // { thing, depth }
  familiesOff: new Set(),
  factualitiesOff: new Set(),
  relationsOff: new Set(),
  from: "", to: "", // ISO 8601, by prefix; "" is open
  undated: true,
  selected: null, // { thing } or { fact }
  allEdgeLabels: false,
};

const filtersActive = () => state.familiesOff.size + state.factualitiesOff.size + state.relationsOff.size > 0
  || state.from !== "" || state.to !== "" || !state.undated;

function passes(fact) {
  if (state.factualitiesOff.has(fact.factuality.name) || state.relationsOff.has(fact.relation.iri)) return false;
  if (!fact.time) return state.undated;
  // "2031-05" begins "2031-05-07": it is compared at the length that both have.
  if (state.from && fact.time.slice(0, state.from.length) < state.from.slice(0, fact.time.length)) return false;
  if (state.to && fact.time.slice(0, state.to.length) > state.to.slice(0, fact.time.length)) return false;
  return true;
}

const arrowPasses = (arrow) => arrow.facts.some(passes);

// A thing passes by its family, and while facts are filtered, by having a fact left.
function thingPasses(thing) {
  if (state.familiesOff.has(thing.family.name)) return false;
  return !filtersActive() || thing.facts.length === 0 || thing.facts.some(passes);
}

// The things that are drawn, before filters.
function drawn() {
  const found = new Set(things.filter((thing) => thing.x !== null));
  state.opened.forEach(({ members }) => members.forEach((thing) => found.add(thing)));
  return found;
}

const isDrawn = (thing) => thing.x !== null || state.opened.some(({ members }) => members.includes(thing));

// What a drawn thing still stands for, the most important first.
function hiddenOf(anchor) {
  const cell = cells.get(anchor === null ? -1 : anchor.number) || [];
  if (!cell.length) return cell;
  const out = new Set(state.opened.filter((o) => o.anchor === anchor).flatMap((o) => o.members));
  return cell.filter((thing) => !out.has(thing));
}

// Things at most so many steps away, the most important first, at most FOCUS_MOST of them.
function neighbourhood(thing, depth) {
  const found = new Set([thing]);
  let rim = [thing];
  for (let step = 0; step < depth; step += 1) {
    const next = [];
    rim.forEach((member) => member.arrows.filter(arrowPasses).forEach((arrow) => {
      const other = arrow.subject === member ? arrow.object : arrow.subject;
      if (!found.has(other) && !state.familiesOff.has(other.family.name)) { found.add(other); next.push({ other, step }); }
    }));
    rim = next.map(({ other }) => other);
  }
  const all = [...found].slice(1).sort((a, b) => b.importance - a.importance);
  return { members: [thing, ...all.slice(0, FOCUS_MOST)], left: Math.max(0, all.length - FOCUS_MOST) };
}
