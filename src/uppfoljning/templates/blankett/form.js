/* The questions of the form, section by section, made from the sheet. */
const Form = (function () {
  "use strict";

  const make = Controls.make, button = Controls.button;
  const OUTCOMES = [["genomförd", "Ja"], ["inställd", "Inställt"], ["flyttad", "Flyttat"], ["nollrapport", "Inget att rapportera"]];
  const YES_NO = [["ja", "Ja"], ["nej", "Nej"]];
  const STEP = [["ja", "Ja"], ["nej", "Nej"], ["ej aktuellt", "Ej aktuellt"]];
  const HOURS = [["planering", "Planering"], ["genomförande", "Genomförande"], ["efterarbete", "Efterarbete"]];
  const HELP = {
    "andel": "I procent, till exempel 75 %", "längd": "Till exempel 3:45 eller 45 min", "tal": "Decimaler skrivs med komma, till exempel 7,5"
  };

  function capital(text) { return text.charAt(0).toUpperCase() + text.slice(1); }

  function pairs(choices) { return choices.map(function (one) { return [one.id, one.title]; }); }

  /* Fills `form`. `page` has state, get, set, check, periods (proposed) and the two ways on: review and quick. */
  function build(form, sheet, page) {
    const controls = Controls.on(page);
    const reasons = ["väder"].concat(sheet.reasons.filter(function (one) { return one !== "väder"; }))
      .map(function (one) { return [one, capital(one)]; });

    function card(outcomes, heading) {
      const made = make("section", { "class": "kort", "data-for": outcomes }, heading ? make("h2", { text: heading }) : null);
      for (const child of Array.prototype.slice.call(arguments, 2)) { if (child) { made.appendChild(child); } }
      form.appendChild(made);
      return made;
    }

    function because(path, label, required) {
      return [
        controls.one(path + ".reason", { label: label, required: required }, reasons),
        controls.line(path + ".why", { label: "Berätta mer", help: "Frivilligt. Skriv inga namn." })
      ];
    }

    function group(attributes, children) {
      const made = make("div", attributes);
      children.forEach(function (child) { if (child) { made.appendChild(child); } });
      return made;
    }

    function outcome() {
      card("", "", controls.one("outcome", { label: "Blev det av?", required: true, look: "stor" }, OUTCOMES));
    }

    function when() {
      const day = controls.native("day", { label: "Vilken dag?", required: true, help: "Gick det över midnatt är det dagen då det började." }, "date");
      card("genomförd inställd flyttad", "När", day,
        group({ "class": "bredvid", "data-for": "genomförd" },
          [controls.native("start", { label: "Började" }, "time"), controls.native("end", { label: "Slutade" }, "time")]),
        group({ "data-for": "flyttad" }, [controls.native("moved_to", { label: "Flyttat till vilken dag?", required: true }, "date")]));
    }

    function cause() {
      const what = controls.line("why", { label: "Berätta mer", help: "Frivilligt. Skriv inga namn." });
      card("inställd flyttad", "Varför", controls.one("reason", { label: "Vad berodde det på?", required: true }, reasons), what);
    }

    function period() {
      const choices = page.periods.map(function (one) { return [one.name, capital(one.label)]; });
      const own = controls.text("period", { label: choices.length ? "Eller skriv en annan period" : "Vilken period?", help: "Till exempel 2026-03 för mars, 2026-W10 för vecka 10 eller 2026-T1 för första tertialet." });
      if (!choices.length) { card("nollrapport", "När", own); return; }
      const radios = make("fieldset", { role: "radiogroup" }, make("legend", { text: "Vilken period gäller det?" }));
      const grid = make("div", { "class": "valen" });
      const input = own.querySelector("input");
      const made = choices.map(function (choice, at) {
        const radio = make("input", { type: "radio", name: "period", id: "period-" + at, value: choice[0] });
        radio.addEventListener("change", function () { input.value = radio.value; page.set("period", radio.value); controls.tell("period", null); });
        grid.appendChild(make("label", { "class": "val", "for": radio.id }, radio, make("span", { text: choice[1] })));
        return radio;
      });
      function follow() { made.forEach(function (radio) { radio.checked = radio.value === page.get("period"); }); }
      input.addEventListener("input", follow);
      follow();
      radios.appendChild(grid);
      card("nollrapport", "När", radios, make("details", {}, make("summary", { text: "Annan period" }), make("div", {}, own)));
    }

    function where() {
      if (sheet.places.length) {
        card("genomförd", "Var", controls.many("places", { label: "Var var ni?", help: "Välj en eller flera." }, pairs(sheet.places)));
      }
    }

    function crew() {
      if (!sheet.functions.length) { return; }
      const all = sheet.functions.map(function (one) { return one.id; });
      const usual = sheet.usual_functions.length ? sheet.usual_functions : all, demanded = usual.filter(function (id) { return sheet.least_crew[id]; });
      const atOnce = sheet.functions.filter(function (one) { return usual.indexOf(one.id) >= 0; });
      const rest = sheet.functions.filter(function (one) { return usual.indexOf(one.id) < 0; });
      function row(one) {
        const least = sheet.least_crew[one.id];
        return controls.count("functions." + one.id, { label: one.title, help: least ? "Minst " + least + " " + one.title.toLowerCase() : "" });
      }
      const made = card("genomförd", "Hur många var med?");
      atOnce.forEach(function (one) { made.appendChild(row(one)); });
      if (rest.length) {
        made.appendChild(make("details", {}, make("summary", { text: "Fler funktioner" }), group({}, rest.map(row))));
      }
      if (demanded.length) {
        made.appendChild(group({ "class": "varfor", "data-when": "short" }, because("crew", "Ni var färre än det ska vara. Vad berodde det på?", true)));
      }
    }

    function question(field) {
      const path = "facts." + field.id, said = { label: field.question, required: field.required, help: HELP[field.type] || "" };
      if (field.type === "antal") { return controls.count(path, said); }
      if (field.type === "tal" || field.type === "andel") { return controls.text(path, Object.assign(said, { mode: "decimal" })); }
      if (field.type === "ja/nej") { return controls.one(path, said, YES_NO); }
      if (field.type === "val") { return controls.one(path, said, field.choices.map(function (one) { return [one, capital(one)]; })); }
      if (field.type === "datum") { return controls.native(path, said, "date"); }
      if (field.type === "tid") { return controls.native(path, said, "time"); }
      if (field.type === "tidpunkt") { return controls.native(path, said, "datetime-local"); }
      if (field.type === "längd") { return controls.text(path, said); }
      return controls.area(path, said);
    }

    function questions() {
      if (sheet.fields.length) {
        const made = card("genomförd", "Frågor");
        sheet.fields.forEach(function (field) { made.appendChild(question(field)); });
      }
    }

    function steps() {
      if (!sheet.steps.length) { return; }
      const made = card("genomförd", "Blev momenten gjorda?");
      const all = button("Alla moment gjorda", function () {
        made.querySelectorAll(".moment input[value=ja]").forEach(function (input) { input.checked = true; });
        sheet.steps.forEach(function (step) {
          page.set("steps." + step.id, "ja");
          controls.tell("steps." + step.id, null);
        });
        page.say("Alla moment är markerade som gjorda.");
      });
      if (sheet.steps.length > 1) { made.appendChild(make("p", {}, all)); }
      sheet.steps.forEach(function (step) {
        const path = "step_why." + step.id;
        const row = controls.one("steps." + step.id, { label: step.title, small: true, stays: true, look: "moment" }, STEP);
        made.appendChild(row);
        made.appendChild(group({ "class": "varfor", "data-when": "no:" + step.id },
          because(path, "Varför gjordes inte ”" + step.title + "”?", false).concat([controls.line(path + ".how", { label: "Hur gjorde ni i stället?", help: "Frivilligt." })])));
      });
    }

    function once() {
      if (sheet.once.length) {
        const made = make("div", {});
        sheet.once.forEach(function (step) {
          made.appendChild(controls.one("steps." + step.id, { label: step.title, small: true }, [["ja", "Ja, det är gjort"]]));
        });
        card("genomförd", "", make("details", {}, make("summary", { text: "Blev något gjort som bara görs en gång?" }), made));
      }
    }

    /* A list that grows and shrinks, one block for each item. */
    function listed(path, outcomes, words, blank, fill) {
      const blocks = make("div", {});
      const add = button(words.add, function () {
        page.state[path].push(blank());
        page.keep();
        draw();
        controls.focus(path + "." + (page.state[path].length - 1) + "." + words.first);
      });
      function draw() {
        controls.forget(path + ".");
        blocks.textContent = "";
        page.state[path].forEach(function (_, at) {
          const block = make("fieldset", { "class": "post" }, make("legend", { text: words.one + " " + (at + 1) }));
          fill(path + "." + at).forEach(function (child) { block.appendChild(child); });
          block.appendChild(button("Ta bort", function () {
            page.state[path].splice(at, 1);
            page.keep();
            draw();
            add.focus();
            page.say(words.one + " " + (at + 1) + " är borttagen.");
          }, "lank", { "aria-label": "Ta bort " + words.one.toLowerCase() + " " + (at + 1) }));
          blocks.appendChild(block);
        });
      }
      draw();
      const made = card(outcomes, words.heading, blocks, make("p", {}, add));
      if (words.help) { made.insertBefore(make("p", { "class": "hjalp", text: words.help }), blocks); }
    }

    function deviations() {
      const all = sheet.steps.concat(sheet.once);
      listed("deviations", "genomförd",
        { heading: "Blev något annat än planerat?", add: "Lägg till det som ändrades", one: "Ändring", first: "what", help: "Sådant som ni inte redan har svarat på." },
        function () { return { step: "", what: "", how: "", reason: "", why: "" }; },
        function (path) {
          return [
            controls.area(path + ".what", { label: "Vad blev annorlunda?", required: true }),
            controls.area(path + ".how", { label: "Hur gjorde ni i stället?" }),
            controls.one(path + ".reason", { label: "Vad berodde det på?" }, reasons),
            controls.line(path + ".why", { label: "Berätta mer", help: "Frivilligt. Skriv inga namn." })
          ].concat(all.length ? [controls.select(path + ".step", { label: "Gällde det ett moment?" }, pairs(all))] : []);
        });
    }

    function observations() {
      const who = pairs(sheet.functions).concat(pairs(sheet.parties));
      listed("observations", "genomförd",
        { heading: "Såg ni något som någon behöver göra något åt?", add: "Lägg till en iakttagelse", one: "Iakttagelse", first: "text", help: "Till exempel trasig belysning eller en otrygg plats." },
        function () { return { text: "", told: "", action: "", responsible: "", done: "" }; },
        function (path) {
          return [
            controls.area(path + ".text", { label: "Vad såg ni?", required: true }),
            controls.one(path + ".told", { label: "Rapporterad till polisen?" }, YES_NO),
            controls.area(path + ".action", { label: "Vad görs åt det?" }),
            controls.select(path + ".responsible", { label: "Vem gör det?" }, who),
            controls.native(path + ".done", { label: "När var det gjort?", help: "Lämna tomt om det inte är gjort än." }, "date")
          ];
        });
    }

    function more() {
      const hours = HOURS.map(function (one) { return controls.text("hours." + one[0], { label: one[1], mode: "decimal" }); });
      const made = card("genomförd", "", make("details", {}, make("summary", { text: "Arbetade timmar" }),
        group({}, [make("p", { "class": "hjalp", text: "Frivilligt. Alla timmar sammanlagt, till exempel 4,5." }), group({ "class": "bredvid" }, hours)])));
      if (sheet.parties.length > 1) {
        const parties = controls.many("parties", { label: "Vilka parter genomförde det?" }, pairs(sheet.parties));
        made.appendChild(make("details", {}, make("summary", { text: "Vilka parter var med?" }), group({}, [parties])));
      }
    }

    function ending() {
      card("genomförd inställd flyttad nollrapport", "", controls.area("text", { label: "Något mer att berätta?", rows: 3 }));
      const last = make("div", { "class": "knappar", "data-for": "genomförd inställd flyttad nollrapport" },
        button("Granska", page.review, "huvud"));
      last.appendChild(group({ "class": "knappar", "data-for": "inställd nollrapport" }, [button("Spara som fil direkt", page.quick)]));
      form.appendChild(last);
    }

    form.textContent = "";
    [outcome, when, cause, period, where, crew, questions, steps, once, deviations, observations, more, ending].forEach(function (part) { part(); });
    return controls;
  }

  /* Show what the answers so far ask for, and nothing else. */
  function refresh(form, sheet, state) {
    form.querySelectorAll("[data-for]").forEach(function (part) {
      const outcomes = part.getAttribute("data-for");
      part.hidden = outcomes !== "" && outcomes.split(" ").indexOf(state.outcome) < 0;
    });
    form.querySelectorAll("[data-when]").forEach(function (part) {
      const asked = part.getAttribute("data-when");
      part.hidden = asked === "short" ? !isShort(sheet, state) : state.steps[asked.slice(3)] !== "nej";
    });
  }

  /* Whether a function that the form demands has fewer than it should. */
  function isShort(sheet, state) {
    return Object.keys(sheet.least_crew).some(function (id) {
      const told = (state.functions[id] || "").replace(/\s/g, "");
      return /^\d+$/.test(told) && Number(told) < sheet.least_crew[id];
    });
  }

  return { build: build, refresh: refresh };
})();
