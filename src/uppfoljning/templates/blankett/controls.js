/* The controls of the form. Each is bound to a path of the state, and remembers where its messages stand. */
const Controls = (function () {
  "use strict";

  const NOT_PERSONAL = "Skriv inte namn, personnummer eller telefonnummer.";

  function make(tag, attributes) {
    const made = document.createElement(tag);
    for (const name of Object.keys(attributes || {})) {
      const value = attributes[name];
      if (name === "text") { made.textContent = value; }
      else if (value === true) { made.setAttribute(name, ""); }
      else if (value !== false && value !== null && value !== undefined) { made.setAttribute(name, value); }
    }
    for (const child of Array.prototype.slice.call(arguments, 2)) { if (child) { made.appendChild(child); } }
    return made;
  }

  function button(text, press, look, more) {
    const made = make("button", Object.assign({ type: "button", "class": look || null, text: text }, more));
    made.addEventListener("click", press);
    return made;
  }

  /* All controls of one form. `keeper` has get(path), set(path, text) and check(path, text) -> problem or null. */
  function on(keeper) {
    const spots = {};
    let serial = 0;

    function id(path) { serial += 1; return "v" + serial + "-" + path.replace(/[^a-z0-9]+/gi, "-"); }

    /* The line below a control where its problem is told. */
    function spot(path, label, focus, bearer, described) {
      const line = make("p", { "class": "felrad", id: focus.id + "-fel", hidden: true });
      spots[path] = { label: label, focus: focus, bearer: bearer, line: line, described: described };
      if (described.length) { bearer.setAttribute("aria-describedby", described.join(" ")); }
      return line;
    }

    function tell(path, problem) {
      const found = spots[path];
      if (!found) { return false; }
      const text = problem ? [problem.message, problem.remedy].filter(Boolean).map(sentence).join(" ") : "";
      found.line.textContent = text;
      found.line.hidden = !text;
      found.line.className = problem && problem.level === "varning" ? "obs" : "felrad";
      const wrong = Boolean(text) && !(problem && problem.level === "varning");
      if (found.bearer.getAttribute("role") !== "group") {
        if (wrong) { found.bearer.setAttribute("aria-invalid", "true"); } else { found.bearer.removeAttribute("aria-invalid"); }
      }
      const described = found.described.concat(text ? [found.line.id] : []);
      if (described.length) { found.bearer.setAttribute("aria-describedby", described.join(" ")); }
      else { found.bearer.removeAttribute("aria-describedby"); }
      return true;
    }

    function sentence(text) {
      const whole = text.charAt(0).toUpperCase() + text.slice(1);
      return /[.?!]$/.test(whole) ? whole : whole + ".";
    }

    function clear() { for (const path of Object.keys(spots)) { tell(path, null); } }

    /* The control that a path is about, else the nearest one that holds it. */
    function focus(path) {
      let at = path;
      while (at && !(spots[at] && spots[at].focus.isConnected)) { at = at.slice(0, Math.max(0, at.lastIndexOf("."))); }
      if (!at) { return false; }
      for (let above = spots[at].focus.parentElement; above; above = above.parentElement) {
        if (above.tagName === "DETAILS") { above.open = true; }
      }
      spots[at].focus.focus();
      spots[at].focus.scrollIntoView({ block: "center" });
      return true;
    }

    function changed(path, text) {
      keeper.set(path, text);
      if (spots[path] && !spots[path].line.hidden) { tell(path, null); }
    }

    function bind(input, path) {
      input.value = keeper.get(path);
      input.addEventListener("input", function () { changed(path, input.value); });
      input.addEventListener("change", function () {
        changed(path, input.value);
        tell(path, keeper.check(path, input.value));
      });
    }

    function labelled(path, said, input, between) {
      const name = input.id, described = [];
      const label = make("label", { "for": name, text: said.label });
      const help = said.help ? make("p", { "class": "hjalp", id: name + "-hjalp", text: said.help }) : null;
      if (help) { described.push(help.id); }
      const line = spot(path, said.label, input, input, described);
      if (said.required) { input.setAttribute("aria-required", "true"); }
      return make("div", { "class": "falt" }, label, help, between || input, line);
    }

    function text(path, said) {
      const input = make("input", { type: "text", id: id(path), inputmode: said.mode || null, autocomplete: "off" });
      bind(input, path);
      return labelled(path, said, input);
    }

    /* A native control for days and clock times; where the browser has none it is a text field, and the help says how to write. */
    function native(path, said, type) {
      const input = make("input", { type: type, id: id(path), autocomplete: "off" });
      const isText = input.type !== type;
      const written = { date: "År, månad och dag: 2026-03-06", time: "Timme och minut: 20:30", "datetime-local": "Dag och klockslag: 2026-03-06 20:30" };
      const help = isText ? [said.help, written[type]].filter(Boolean).join(" ") : said.help;
      function shown(value) { return type === "datetime-local" && !isText ? value.replace(" ", "T") : value; }
      function kept(value) { return type === "datetime-local" ? value.replace("T", " ") : value; }
      input.value = shown(keeper.get(path));
      function told() {
        changed(path, kept(input.value));
        // A native control half filled in has no value, and only the browser knows that something stands there.
        if (input.validity && input.validity.badInput) { tell(path, { message: "Svaret är inte färdigt.", remedy: "Fyll i alla delar, eller töm fältet." }); }
      }
      input.addEventListener("input", told);
      input.addEventListener("change", told);
      input.addEventListener("blur", function () {
        if (!(input.validity && input.validity.badInput) && input.value) { tell(path, keeper.check(path, kept(input.value))); }
      });
      return labelled(path, Object.assign({}, said, { help: help }), input);
    }

    function area(path, said) {
      const input = make("textarea", { id: id(path), rows: said.rows || 2 });
      bind(input, path);
      guard(path, input);
      return labelled(path, Object.assign({}, said, { help: [said.help, NOT_PERSONAL].filter(Boolean).join(" ") }), input);
    }

    function line(path, said) {
      const made = text(path, said);
      guard(path, made.querySelector("input"));
      return made;
    }

    /* What points at a person is told while it is written. */
    function guard(path, input) {
      input.addEventListener("input", function () {
        const found = Privacy.find(input.value);
        if (found.length) { tell(path, personal(found[0])); }
      });
    }

    function personal(found) {
      return { message: "Det ser ut som " + found.what, remedy: found.remedy };
    }

    function count(path, said) {
      const input = make("input", { type: "text", id: id(path), inputmode: "numeric", autocomplete: "off" });
      bind(input, path);
      function step(by) {
        const now = /^\d{1,6}$/.test(input.value.trim()) ? Number(input.value) : 0;
        input.value = String(Math.max(0, now + by));
        changed(path, input.value);
        tell(path, keeper.check(path, input.value));
      }
      input.addEventListener("keydown", function (event) {
        if (event.key === "ArrowUp" || event.key === "ArrowDown") { event.preventDefault(); step(event.key === "ArrowUp" ? 1 : -1); }
      });
      // The arrow keys do the same in the field, so the buttons are no stops on the way through the form with a keyboard.
      const less = button("−", function () { step(-1); }, null, { "aria-label": "Minska: " + said.label, tabindex: "-1" });
      const more = button("+", function () { step(1); }, null, { "aria-label": "Öka: " + said.label, tabindex: "-1" });
      return labelled(path, said, input, make("div", { "class": "antal" }, less, input, more));
    }

    /* One of a few, as large buttons; one that need not be answered can be taken back. */
    function one(path, said, choices) {
      const name = id(path), described = [], stays = Boolean(said.required || said.stays);
      const help = said.help ? make("p", { "class": "hjalp", id: name + "-hjalp", text: said.help }) : null;
      if (help) { described.push(help.id); }
      const inputs = choices.map(function (choice, at) {
        const input = make("input", { type: "radio", name: name, id: name + "-" + at, value: choice[0] });
        input.checked = keeper.get(path) === choice[0];
        input.addEventListener("change", function () { changed(path, input.value); undo.hidden = stays; });
        return input;
      });
      const undo = button("Ta bort svaret", function () {
        inputs.forEach(function (input) { input.checked = false; });
        undo.hidden = true;
        changed(path, "");
        inputs[0].focus();
      }, "lank", { "aria-label": "Ta bort svaret: " + said.label });
      undo.hidden = stays || !keeper.get(path);
      const group = make("fieldset", { role: "radiogroup", "class": said.look || null, "aria-required": said.required ? "true" : null },
        make("legend", { text: said.label }), help, boxes(inputs, choices, said.small), undo);
      group.appendChild(spot(path, said.label, inputs[0], group, described));
      return group;
    }

    function many(path, said, choices) {
      const name = id(path), described = [];
      const inputs = choices.map(function (choice, at) {
        const input = make("input", { type: "checkbox", id: name + "-" + at, value: choice[0] });
        input.checked = keeper.get(path).indexOf(choice[0]) >= 0;
        input.addEventListener("change", function () {
          keeper.set(path, inputs.filter(function (each) { return each.checked; }).map(function (each) { return each.value; }));
        });
        return input;
      });
      const help = said.help ? make("p", { "class": "hjalp", id: name + "-hjalp", text: said.help }) : null;
      if (help) { described.push(help.id); }
      const group = make("fieldset", { role: "group" }, make("legend", { text: said.label }), help, boxes(inputs, choices));
      group.appendChild(spot(path, said.label, inputs[0], group, described));
      return group;
    }

    function boxes(inputs, choices, small) {
      const grid = make("div", { "class": small ? "valen sma" : "valen" });
      inputs.forEach(function (input, at) {
        grid.appendChild(make("label", { "class": "val", "for": input.id }, input, make("span", { text: choices[at][1] })));
      });
      return grid;
    }

    function select(path, said, choices) {
      const input = make("select", { id: id(path) });
      for (const choice of [["", "Välj"]].concat(choices)) { input.appendChild(make("option", { value: choice[0], text: choice[1] })); }
      bind(input, path);
      return labelled(path, said, input);
    }

    /* The question or label of the control that a path is about. */
    function label(path) { return spots[path] ? spots[path].label : ""; }

    function forget(prefix) {
      for (const path of Object.keys(spots)) { if (path.startsWith(prefix)) { delete spots[path]; } }
    }

    /* Which controls hold something that their browser cannot read as a value. */
    function unfinished() {
      return Object.keys(spots).filter(function (path) {
        const input = spots[path].focus;
        return input.isConnected && input.offsetParent !== null && input.validity && input.validity.badInput;
      });
    }

    return {
      text: text, line: line, area: area, native: native, count: count, one: one, many: many, select: select,
      label: label, tell: tell, clear: clear, focus: focus, forget: forget, personal: personal, unfinished: unfinished
    };
  }

  return { make: make, button: button, on: on };
})();
