/* The draft, kept in this browser only. A browser that keeps nothing is no hindrance: every function says whether it could. */
const Draft = (function () {
  "use strict";

  function prefix(sheet) { return "uppfoljning/" + sheet.plan + "/" + sheet.commitment + "/"; }

  function store() {
    try { return window.localStorage; } catch (denied) { return null; }
  }

  /* What was kept for this form: {kept, edition}; kept is null where there is nothing, edition tells an older one apart. */
  function read(sheet) {
    try {
      const kept = store(), mine = prefix(sheet);
      const own = parsed(kept.getItem(mine + sheet.edition));
      if (own) { return { kept: own, edition: sheet.edition }; }
      for (let at = 0; at < kept.length; at += 1) {
        const key = kept.key(at), found = key.startsWith(mine) ? parsed(kept.getItem(key)) : null;
        if (found) { return { kept: found, edition: key.slice(mine.length) }; }
      }
    } catch (denied) { /* as if there were nothing */ }
    return { kept: null, edition: sheet.edition };
  }

  function parsed(text) {
    try {
      const found = JSON.parse(text);
      return found && typeof found.state === "object" && found.state ? found : null;
    } catch (broken) { return null; }
  }

  /* Keep it in the place of every older one. What points at a person is covered first: a draft is never a place for that. */
  function write(sheet, kept) {
    try {
      const place = store(), mine = prefix(sheet);
      place.setItem(mine + sheet.edition, JSON.stringify(covered(kept)));
      for (let at = place.length - 1; at >= 0; at -= 1) {
        const key = place.key(at);
        if (key.startsWith(mine) && key !== mine + sheet.edition) { place.removeItem(key); }
      }
      return true;
    } catch (denied) { return false; }
  }

  function covered(value) {
    if (typeof value === "string") {
      return Privacy.find(value).reduceRight(function (text, found) {
        return text.slice(0, found.start) + "•".repeat(found.end - found.start) + text.slice(found.end);
      }, value);
    }
    if (Array.isArray(value)) { return value.map(covered); }
    if (value && typeof value === "object") {
      return Object.keys(value).reduce(function (copy, key) { copy[key] = covered(value[key]); return copy; }, {});
    }
    return value;
  }

  /* What still fits of the state of an older edition, and how many answers did not. */
  function fitted(sheet, old, fresh) {
    let lost = 0;
    const ids = {
      facts: sheet.fields.reduce(function (known, field) { known[field.id] = field; return known; }, {}),
      steps: known(sheet.steps.concat(sheet.once)),
      step_why: known(sheet.steps),
      functions: known(sheet.functions)
    };
    const lists = { places: known(sheet.places), parties: known(sheet.parties) };
    const state = Object.assign({}, fresh);
    for (const key of Object.keys(fresh)) {
      const value = old[key];
      if (key === "edition" || typeof value !== typeof fresh[key] || Array.isArray(value) !== Array.isArray(fresh[key])) { continue; }
      if (ids[key]) {
        state[key] = Object.assign({}, fresh[key]);
        for (const id of Object.keys(value)) {
          const field = ids[key][id], isSame = typeof value[id] === typeof fresh[key][id];
          if (field && isSame && !(field.choices && field.choices.length && field.choices.indexOf(value[id]) < 0)) { state[key][id] = value[id]; }
          else if (value[id]) { lost += 1; }
        }
      } else if (lists[key]) {
        state[key] = value.filter(function (id) { return lists[key][id]; });
        lost += value.length - state[key].length;
      } else { state[key] = value; }
    }
    return { state: state, lost: lost };
  }

  function known(choices) {
    return choices.reduce(function (found, one) { found[one.id] = one; return found; }, Object.create(null));
  }

  return { read: read, write: write, fitted: fitted };
})();
