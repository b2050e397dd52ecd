// The report that a filled form gives, and what hinders it: the same rules as the check of the report file.
const Report = (function () {
  const DONE = "genomförd";
  const CANCELLED = "inställd";
  const MOVED = "flyttad";
  const NOTHING = "nollrapport";
  const HOURS = ["planering", "genomförande", "efterarbete"];
  const ANSWERS_TO_STEP = ["ja", "nej", "ej aktuellt"];
  const LONGEST_RECEIPT = 40;
  const RECEIPT = /^[0-9a-z]+(?:-[0-9a-z]+)*$/;
  const EDITION = /^[0-9A-Za-zÅÄÖåäö._:/-]{1,120}$/;
  // The order in which things are asked, so that the first thing to mend comes first.
  const ORDER = [
    "outcome", "day", "period", "moved_to", "reason", "what", "why", "start", "end", "parties", "places", "functions", "crew",
    "facts", "steps", "step_why", "deviations", "observations", "hours", "text", "reporter", "replaces", "receipt", "edition",
    "submitted",
  ];

  function idsOf(choices) {
    return choices.map((choice) => choice.id);
  }

  function emptyFor(ids, make) {
    const all = {};
    ids.forEach(function (id) {
      all[id] = make();
    });
    return all;
  }

  function blank(sheet) {
    const nothing = () => "";
    const steps = idsOf(sheet.steps);
    return {
      outcome: DONE,
      day: "",
      start: "",
      end: "",
      period: "",
      moved_to: "",
      parties: sheet.own_parties.slice(),
      places: [],
      functions: emptyFor(idsOf(sheet.functions), nothing),
      facts: emptyFor(idsOf(sheet.fields), nothing),
      steps: emptyFor(steps.concat(idsOf(sheet.once)), nothing),
      step_why: emptyFor(steps, () => ({ how: "", reason: "", why: "" })),
      reason: "",
      why: "",
      what: "",
      crew: { reason: "", why: "" },
      deviations: [],
      observations: [],
      hours: emptyFor(HOURS, nothing),
      text: "",
      reporter: sheet.reporter,
      receipt: "",
      edition: sheet.edition || "",
      submitted: "",
      replaces: "",
    };
  }

  // A value of the state as it would be kept; a draft may lack what a later form asks.
  function said(state, where) {
    let value = state;
    where.split(".").forEach(function (name) {
      const has = value !== null && typeof value === "object" && Object.prototype.hasOwnProperty.call(value, name);
      value = has ? value[name] : "";
    });
    return typeof value === "string" ? Text.tidy(value) : "";
  }

  function listed(state, where, choices) {
    const chosen = Array.isArray(state[where]) ? state[where] : [];
    return idsOf(choices).filter((id) => chosen.indexOf(id) >= 0);
  }

  function rows(state, where, parts) {
    const all = Array.isArray(state[where]) ? state[where] : [];
    return all
      .map((_, at) => where + "." + at)
      .filter((row) => parts.some((part) => said(state, row + "." + part) !== ""));
  }

  function outcomeOf(state) {
    const outcome = said(state, "outcome");
    return outcome === "" ? DONE : outcome;
  }

  function hasLeast(sheet, id) {
    return Object.prototype.hasOwnProperty.call(sheet.least_crew, id);
  }

  function isShort(sheet, state, id) {
    const given = said(state, "functions." + id);
    const least = Answers.number(String(sheet.least_crew[id]));
    return given !== "" && !Answers.count(given) && Answers.compare(Answers.number(given), least) < 0;
  }

  function shortCrew(sheet, state) {
    return idsOf(sheet.functions).filter((id) => hasLeast(sheet, id) && isShort(sheet, state, id));
  }

  function asItIs(text) {
    return text;
  }

  // The tree of the report in which every text still knows where in the state it comes from.
  function leaf(where, text) {
    return { where: where, text: text };
  }

  function put(tree, key, value) {
    if (value instanceof Map ? value.size : Array.isArray(value) ? value.length : value.text !== "") tree.set(key, value);
  }

  function table(state, where, ids, read) {
    const found = new Map();
    ids.forEach(function (id) {
      put(found, id, leaf(where + "." + id, read(id, said(state, where + "." + id))));
    });
    return found;
  }

  function asAnswered(_, text) {
    return text;
  }

  function deviation(step, what, parts) {
    const found = new Map();
    if (step) put(found, "moment", step);
    put(found, "vad", what);
    parts.forEach((part, key) => put(found, key, part));
    return found;
  }

  function reasons(state, where) {
    const parts = [["hur", "how"], ["skäl", "reason"], ["varför", "why"]];
    return new Map(parts.map((part) => [part[0], leaf(where + part[1], said(state, where + part[1]))]));
  }

  function carriedOutDeviations(sheet, state) {
    const known = idsOf(sheet.steps).concat(idsOf(sheet.once));
    const short = shortCrew(sheet, state).map(function (id) {
      const what = leaf("functions." + id, "Färre än " + sheet.least_crew[id] + " " + id);
      return deviation(null, what, reasons(state, "crew."));
    });
    const undone = idsOf(sheet.steps)
      .filter((id) => said(state, "steps." + id) === "nej")
      .map(function (id) {
        const where = "steps." + id;
        return deviation(leaf(where, id), leaf(where, "Momentet gjordes inte"), reasons(state, "step_why." + id + "."));
      });
    const free = rows(state, "deviations", ["step", "what", "how", "reason", "why"]).map(function (row) {
      const step = said(state, row + ".step");
      const what = leaf(row + ".what", said(state, row + ".what"));
      return deviation(known.indexOf(step) >= 0 ? leaf(row + ".step", step) : null, what, reasons(state, row + "."));
    });
    return short.concat(undone, free);
  }

  function observations(sheet, state) {
    const who = idsOf(sheet.functions).concat(idsOf(sheet.parties));
    return rows(state, "observations", ["text", "told", "action", "responsible", "done"]).map(function (row) {
      const found = new Map();
      const add = (key, name, read) => put(found, key, leaf(row + "." + name, read(said(state, row + "." + name))));
      add("text", "text", asItIs);
      add("rapporterad_till_polisen", "told", asItIs);
      add("åtgärd", "action", asItIs);
      add("ansvarig", "responsible", (text) => (who.indexOf(text) >= 0 ? text : ""));
      add("klart", "done", Answers.day);
      return found;
    });
  }

  function assemble(sheet, state) {
    const tree = new Map();
    const outcome = outcomeOf(state);
    const isDone = outcome === DONE;
    const one = (key, where, read) => put(tree, key, leaf(where, (read || asItIs)(said(state, where))));
    put(tree, "åtagande", leaf("", sheet.commitment));
    put(tree, "plan", leaf("", sheet.plan));
    if (outcome === NOTHING) one("period", "period");
    else one("datum", "day", Answers.day);
    if (!isDone) put(tree, "läge", leaf("outcome", outcome));
    if (outcome !== NOTHING) {
      one("start", "start", Answers.clock);
      one("slut", "end", Answers.clock);
    }
    const parties = listed(state, "parties", sheet.parties);
    const own = parties.length === sheet.own_parties.length && parties.every((id) => sheet.own_parties.indexOf(id) >= 0);
    if (!own) put(tree, "parter", parties.map((id) => leaf("parties", id)));
    const places = listed(state, "places", sheet.places).map((id) => leaf("places", id));
    put(tree, "plats", places.length === 1 ? places[0] : places);
    if (isDone) {
      const fields = new Map(sheet.fields.map((field) => [field.id, field]));
      put(tree, "funktioner", table(state, "functions", idsOf(sheet.functions), asAnswered));
      put(tree, "uppgifter", table(state, "facts", idsOf(sheet.fields), (id, text) => Answers.normal(fields.get(id), text)));
      put(tree, "moment", table(state, "steps", idsOf(sheet.steps).concat(idsOf(sheet.once)), asAnswered));
      put(tree, "avvikelser", carriedOutDeviations(sheet, state));
      put(tree, "iakttagelser", observations(sheet, state));
    } else if (outcome !== NOTHING) {
      const what = said(state, "what") || (outcome === MOVED ? "Flyttat till en annan dag" : "Blev inte av");
      put(tree, "avvikelser", [deviation(null, leaf("what", what), reasons(state, ""))]);
    }
    if (outcome !== NOTHING) put(tree, "timmar", table(state, "hours", HOURS, asAnswered));
    one("text", "text");
    if (outcome === MOVED) one("flyttad_till", "moved_to", movedTo);
    one("ersätter", "replaces");
    one("inlämnad", "submitted");
    one("rapportör", "reporter", (text) => (isReporter(sheet, text) ? text : ""));
    one("kvitto", "receipt");
    one("utgåva", "edition");
    return tree;
  }

  function isReporter(sheet, text) {
    return idsOf(sheet.functions).concat(idsOf(sheet.parties)).indexOf(text) >= 0;
  }

  function movedTo(text) {
    // A period stays as it is; a day may be written in other ways.
    return Answers.period(text, {}).first ? text : Answers.day(text);
  }

  function plain(value) {
    if (value instanceof Map) {
      const found = new Map();
      value.forEach((inner, key) => found.set(key, plain(inner)));
      return found;
    }
    return Array.isArray(value) ? value.map(plain) : value.text;
  }

  function build(sheet, state) {
    return plain(assemble(sheet, state));
  }

  function sentence(text) {
    const first = text.charAt(0).toUpperCase() + text.slice(1);
    return first === "" || /[.?!]$/.test(first) ? first : first + ".";
  }

  // Gathers what is found.
  function Findings() {
    const all = [];
    const add = (level) => (where, message, remedy) =>
      all.push({ where: where, level: level, message: sentence(message), remedy: sentence(remedy || "") });
    const wrong = add("fel");
    return {
      all: all,
      wrong: wrong,
      odd: add("varning"),
      faulty: function (where, fault) {
        if (fault) wrong(where, fault.message, fault.remedy);
        return Boolean(fault);
      },
    };
  }

  function checkDay(sheet, state, out) {
    const day = Answers.day(said(state, "day"));
    const submitted = said(state, "submitted");
    if (day === "") {
      out.wrong("day", "dagen saknas", "skriv vilken dag det gällde");
    } else if (!out.faulty("day", Answers.date(day))) {
      if (day < sheet.first || day > sheet.last) {
        out.wrong("day", "dagen ligger inte i åtagandets period", "åtagandet gäller " + sheet.first + " till " + sheet.last);
      } else if (outcomeOf(state) === DONE && !Answers.date(submitted) && submitted < day) {
        out.wrong("day", "dagen har inte varit än", "rätta dagen, eller lämna in rapporten efteråt");
      }
      const pause = sheet.pauses.filter((one) => one.first <= day && day <= one.last)[0];
      if (pause && outcomeOf(state) === DONE) {
        out.odd("day", "då är det paus, " + pause.first + " till " + pause.last, "stämmer dagen?");
      }
    }
  }

  function checkPeriod(sheet, state, out) {
    const text = said(state, "period");
    if (text === "") {
      out.wrong("period", "perioden saknas", "skriv vilken period det gällde, till exempel 2026-03");
      return;
    }
    const period = Answers.period(text, sheet.terms);
    if (out.faulty("period", period.code ? period : null)) return;
    const submitted = said(state, "submitted");
    if (period.first < sheet.first || period.last > sheet.last) {
      out.wrong("period", "perioden ligger inte i åtagandets", "åtagandet gäller " + sheet.first + " till " + sheet.last);
    } else if (!Answers.date(submitted) && submitted < period.last) {
      out.odd("period", "perioden är inte slut än", "stämmer perioden?");
    }
  }

  function checkTimes(state, out) {
    const start = Answers.clock(said(state, "start"));
    const end = Answers.clock(said(state, "end"));
    const startIsWrong = start !== "" && out.faulty("start", Answers.start(start));
    const endIsWrong = end !== "" && out.faulty("end", Answers.end(end));
    if (start !== "" && start === end && !startIsWrong && !endIsWrong) {
      out.odd("end", "start och slut är samma klockslag", "stämmer det?");
    }
  }

  function checkReason(sheet, state, where, isNeeded, out) {
    const reason = said(state, where);
    if (reason !== "" && sheet.reasons.indexOf(reason) < 0) {
      out.wrong(where, "skälet är inget av de som går att välja", "välj bland: " + sheet.reasons.join(", "));
    } else if (reason === "") {
      (isNeeded ? out.wrong : out.odd)(where, "skälet saknas", "välj det skäl som passar bäst");
    }
  }

  function checkCounts(state, where, ids, read, out) {
    ids.forEach(function (id) {
      const text = said(state, where + "." + id);
      if (text !== "") out.faulty(where + "." + id, read(text));
    });
  }

  function checkCrew(sheet, state, out) {
    checkCounts(state, "functions", idsOf(sheet.functions), Answers.count, out);
    if (shortCrew(sheet, state).length) checkReason(sheet, state, "crew.reason", true, out);
    sheet.functions.forEach(function (one) {
      if (hasLeast(sheet, one.id) && said(state, "functions." + one.id) === "") {
        const least = "blanketten räknar med minst " + sheet.least_crew[one.id];
        out.odd("functions." + one.id, "skriv hur många ni var: " + one.title, least);
      }
    });
  }

  function checkFacts(sheet, state, out) {
    const sound = new Map();
    const asked = new Map(sheet.fields.map((field) => [field.id, field]));
    sheet.fields.forEach(function (field) {
      const where = "facts." + field.id;
      const text = Answers.normal(field, said(state, where));
      if (text === "") {
        if (field.required) out.odd(where, "svaret saknas", "svara om du kan; annars räknas summan som minst så mycket");
      } else if (!out.faulty(where, Answers.problem(field, text))) {
        sound.set(field.id, text);
      }
    });
    sheet.fields.forEach(function (field) {
      const whole = asked.get(field.part_of);
      if (!whole || !sound.has(field.id) || !sound.has(whole.id)) return;
      const part = Answers.figure(field, sound.get(field.id));
      const all = Answers.figure(whole, sound.get(whole.id));
      if (part && all && all.certain && Answers.compare(part.value, all.value) > 0) {
        out.wrong("facts." + field.id, "siffran är större än helheten", "den ingår i svaret på frågan: " + whole.question);
      }
    });
    (sheet.in_order || []).forEach(function (pair) {
      const begun = asked.get(pair[0]);
      const ended = asked.get(pair[1]);
      if (begun && ended && sound.has(begun.id) && sound.has(ended.id)) {
        if (stamp(sound.get(ended.id)) < stamp(sound.get(begun.id))) {
          out.wrong("facts." + ended.id, "tidpunkten är före den i frågan: " + begun.question, "rätta en av dem");
        }
      }
    });
  }

  function stamp(text) {
    const moment = Answers.moment(text);
    return moment.day + " " + ("000" + moment.minutes).slice(-4);
  }

  function checkSteps(sheet, state, out) {
    idsOf(sheet.steps).concat(idsOf(sheet.once)).forEach(function (id) {
      const answer = said(state, "steps." + id);
      if (answer !== "" && ANSWERS_TO_STEP.indexOf(answer) < 0) {
        out.wrong("steps." + id, "svaret ska vara ja, nej eller ej aktuellt", "välj ett av de tre");
      }
    });
    idsOf(sheet.steps).forEach(function (id) {
      if (said(state, "steps." + id) === "nej") checkReason(sheet, state, "step_why." + id + ".reason", false, out);
    });
  }

  function checkDeviations(sheet, state, out) {
    rows(state, "deviations", ["step", "what", "how", "reason", "why"]).forEach(function (row) {
      if (said(state, row + ".what") === "") {
        out.wrong(row + ".what", "det står inte vad som inte blev som planerat", "skriv det kort, eller töm raden");
      }
      checkReason(sheet, state, row + ".reason", false, out);
    });
  }

  function checkObservations(state, out) {
    rows(state, "observations", ["text", "told", "action", "responsible", "done"]).forEach(function (row) {
      const told = said(state, row + ".told");
      const done = Answers.day(said(state, row + ".done"));
      if (said(state, row + ".text") === "") {
        out.wrong(row + ".text", "det står inte vad ni såg", "skriv det kort, eller töm raden");
      }
      if (["", "ja", "nej"].indexOf(told) < 0) out.wrong(row + ".told", "svaret ska vara ja eller nej", "välj ett av dem");
      if (done !== "") out.faulty(row + ".done", Answers.date(done));
    });
  }

  function checkMoved(sheet, state, out) {
    const text = movedTo(said(state, "moved_to"));
    if (text === "") {
      out.wrong("moved_to", "den nya dagen saknas", "skriv dagen, eller välj inställd om det inte finns någon");
      return;
    }
    const period = Answers.period(text, sheet.terms);
    if (out.faulty("moved_to", period.code ? period : null)) return;
    if (text === Answers.day(said(state, "day"))) out.odd("moved_to", "det är samma dag som förut", "stämmer den nya dagen?");
  }

  function checkHandIn(sheet, state, out) {
    const submitted = said(state, "submitted");
    const receipt = said(state, "receipt");
    const edition = said(state, "edition");
    if (submitted !== "") out.faulty("submitted", Answers.date(submitted));
    if (receipt !== "" && (!RECEIPT.test(receipt) || receipt.length > LONGEST_RECEIPT)) {
      out.wrong("receipt", "kvittot är inget kvittonummer", "skriv numret som du fick det, till exempel k7m3-9qfx");
    }
    if (edition !== "" && !EDITION.test(edition)) out.wrong("edition", "utgåvan är inte läsbar", "hämta blanketten på nytt");
  }

  // Each text is looked at by itself and as its line in the file, where its key and signs like \n stand beside it.
  function checkPrivacy(value, key, out) {
    if (value instanceof Map) {
      value.forEach((inner, name) => checkPrivacy(inner, name, out));
    } else if (Array.isArray(value)) {
      value.forEach((inner) => checkPrivacy(inner, "x", out));
    } else {
      const found = Privacy.find(value.text).concat(Privacy.find(Text.write(new Map([[key, value.text]]))))[0];
      if (found && value.where) out.wrong(value.where, "det här ser ut som " + found.what, found.remedy);
    }
  }

  function problems(sheet, state) {
    const out = Findings();
    const outcome = outcomeOf(state);
    if ([DONE, CANCELLED, MOVED, NOTHING].indexOf(outcome) < 0) {
      out.wrong("outcome", "det står inte hur det gick", "välj genomförd, inställd, flyttad eller nollrapport");
      return out.all;
    }
    if (outcome === NOTHING) {
      checkPeriod(sheet, state, out);
    } else {
      checkDay(sheet, state, out);
      checkTimes(state, out);
      checkCounts(state, "hours", HOURS, Answers.hours, out);
    }
    if (outcome === DONE) {
      checkCrew(sheet, state, out);
      checkFacts(sheet, state, out);
      checkSteps(sheet, state, out);
      checkDeviations(sheet, state, out);
      checkObservations(state, out);
    }
    if (outcome === CANCELLED || outcome === MOVED) checkReason(sheet, state, "reason", true, out);
    if (outcome === MOVED) checkMoved(sheet, state, out);
    checkHandIn(sheet, state, out);
    checkPrivacy(assemble(sheet, state), "", out);
    const place = (one) => ORDER.indexOf(one.where.split(".")[0]);
    return out.all
      .map((one, at) => [one, at])
      .sort((one, other) => place(one[0]) - place(other[0]) || one[1] - other[1])
      .map((pair) => pair[0]);
  }

  return { build: build, problems: problems, blank: blank };
})();
