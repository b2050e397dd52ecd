/* The page: the draft, the way from the questions to what is handed in, and the ways to hand it in. */
const Page = (function () {
  "use strict";

  const make = Controls.make, button = Controls.button;
  const sheet = JSON.parse(document.getElementById("blankett").textContent);
  const options = JSON.parse(document.getElementById("val").textContent);
  const form = document.getElementById("blanketten"), review = document.getElementById("granska");
  const notes = document.getElementById("noter"), summary = document.getElementById("fel"), status = document.getElementById("sag");
  /* Longer mails are cut by some programs for mail. */
  const LONGEST_MAIL = 1900;

  let state, handed = null, former = null, controls, cannotKeep = false;

  function today() { return Days.of(new Date()); }

  /* A message; what can be seen anyway is told only to those who cannot see it. */
  function say(text, silent) {
    status.textContent = "";
    status.className = silent ? "tyst" : "";
    // Emptied first and filled later, so that the same message twice is read out twice.
    setTimeout(function () {
      status.textContent = text;
      if (text && !silent) { status.scrollIntoView({ block: "nearest" }); }
    }, 30);
  }

  function at(path) {
    const keys = path.split("."), last = keys.pop();
    let holder = state;
    for (const key of keys) {
      if (typeof holder[key] !== "object" || holder[key] === null) { holder[key] = {}; }
      holder = holder[key];
    }
    return { holder: holder, key: last };
  }

  function get(path) {
    const found = at(path), value = found.holder[found.key];
    return value === undefined || value === null ? "" : value;
  }

  function set(path, value) {
    const found = at(path);
    found.holder[found.key] = value;
    keep();
    Form.refresh(form, sheet, state);
    if (status.textContent) { status.textContent = ""; }
  }

  function keep() {
    if (Draft.write(sheet, { state: state, handed: handed, former: former }) || cannotKeep) { return; }
    cannotKeep = true;
    note("ruta-not", "Webbläsaren kan inte spara ett utkast. Blanketten fungerar ändå, men gör klart rapporten innan du stänger sidan.");
  }

  /* What is wrong with one answer when it is left; what concerns several is told when the report is looked through. */
  function check(path, text) {
    if (!String(text).trim()) { return null; }
    const found = Privacy.find(String(text));
    if (found.length) { return controls.personal(found[0]); }
    state.submitted = submitted();
    return problems().find(function (one) { return one.where === path; }) || null;
  }

  function problems() {
    return state.outcome ? Report.problems(sheet, asked()) : [{ where: "outcome", level: "fel", message: "Svaret saknas.", remedy: "Välj hur det gick." }];
  }

  /* The state without what is not asked when it did not take place: an answer that cannot be seen is never handed in. */
  function asked() {
    if (state.outcome === "genomförd") { return state; }
    return Object.assign({}, state, { start: "", end: "", places: [], parties: sheet.own_parties, hours: {} });
  }

  function submitted() { return handed && handed.submitted ? handed.submitted : today(); }

  function fresh() {
    const made = Report.blank(sheet), night = Days.night(new Date());
    made.outcome = "";
    made.day = sheet.first <= night && night <= sheet.last ? night : "";
    made.start = sheet.expected_start === null ? "" : Days.clock(sheet.expected_start);
    made.period = (Days.proposed(sheet.every, today(), sheet)[0] || { name: "" }).name;
    made.receipt = HandIn.receipt(crypto.getRandomValues(new Uint8Array(16)));
    made.edition = sheet.edition;
    return made;
  }

  function note(look, text, action) {
    const made = make("div", { "class": look }, make("p", { text: text }));
    if (action) { made.appendChild(make("p", {}, action)); }
    notes.appendChild(made);
    return made;
  }

  /* Takes up the draft that was kept, or begins anew. */
  function open() {
    const found = Draft.read(sheet), blank = fresh();
    state = blank;
    if (found.kept) {
      const fitted = Draft.fitted(sheet, found.kept.state, blank);
      if (found.kept.handed) {
        former = { state: fitted.state, handed: found.kept.handed };
      } else {
        state = fitted.state;
        former = found.kept.former || null;
        tellDraft(found.edition !== sheet.edition, fitted.lost);
      }
      if (former && former.handed && former.state) { tellFormer(); }
    }
    tellDays();
    draw();
    show("form", true);
    keep();
  }

  function tellDraft(older, lost) {
    if (!state.outcome) { return; }
    const gone = lost === 1 ? " Ett svar passade inte längre och är borttaget." : lost ? " " + lost + " svar passade inte längre och är borttagna." : "";
    const text = older
      ? "Blanketten har ändrats sedan du började. Det som fortfarande passar är kvar." + gone + " Titta igenom svaren."
      : "Här är utkastet som du började på.";
    const made = note("ruta-not", text, button("Börja om", function () { begin(); }, "lank"));
    made.id = "utkast";
  }

  function tellFormer() {
    const made = note("ruta-klar", "Förra rapporten är lämnad, med kvitto " + former.handed.receipt + ". Det här är en ny.",
      button("Visa den förra", function () {
        state = Draft.fitted(sheet, former.state, fresh()).state;
        handed = former.handed;
        made.remove();
        draw();
        look();
      }, "lank"));
    made.id = "forra";
  }

  function tellDays() {
    const now = today();
    if (now > sheet.last) {
      note("ruta-not", "Åtagandets period är slut sedan " + Days.said(sheet.last) + ". Du kan rapportera det som hände till och med den dagen. Be om en ny blankett för det som hänt efter det.");
    } else if (now < sheet.first) {
      note("ruta-not", "Åtagandets period börjar " + Days.said(sheet.first) + ". Rapportera det som händer från och med den dagen.");
    }
  }

  function draw() {
    controls = Form.build(form, sheet, {
      state: state, get: get, set: set, check: check, keep: keep, say: function (text) { say(text, true); },
      periods: Days.proposed(sheet.every, today(), sheet),
      review: function () { if (ready()) { look(); } },
      quick: function () { if (ready()) { look(); save(); } }
    });
    Form.refresh(form, sheet, state);
  }

  /* A new report with a new receipt. */
  function begin() {
    if (handed) { former = { state: state, handed: handed }; }
    state = fresh();
    handed = null;
    ["utkast", "forra"].forEach(function (id) { const old = document.getElementById(id); if (old) { old.remove(); } });
    say("");
    draw();
    show("form");
    keep();
    controls.focus("outcome");
  }

  function show(view, first) {
    form.hidden = view !== "form";
    review.hidden = view !== "review";
    notes.hidden = view !== "form";
    summary.hidden = true;
    // The phone's own way back leads from the review to the questions, not away from the page.
    try {
      if (first) { history.replaceState({ view: view }, ""); }
      else if (!history.state || history.state.view !== view) { history.pushState({ view: view }, ""); }
    } catch (denied) { /* the buttons of the page are there */ }
  }

  window.addEventListener("popstate", function (event) {
    const view = event.state && event.state.view;
    if (view === "review" && ready()) { look(); } else { show("form", true); }
  });

  /* Whether the report may be handed in; else what is wrong is told, beside each answer and in a list that takes the focus. */
  function ready() {
    state.submitted = submitted();
    controls.clear();
    const unfinished = controls.unfinished().map(function (path) {
      return { where: path, level: "fel", message: "Svaret är inte färdigt.", remedy: "Fyll i alla delar, eller töm fältet." };
    });
    const found = unfinished.concat(problems()), wrong = found.filter(function (one) { return one.level === "fel"; });
    found.slice().reverse().forEach(function (one) { controls.tell(one.where, one); });
    if (!wrong.length) { return true; }
    show("form", true);
    const list = document.getElementById("fel-lista");
    list.textContent = "";
    wrong.forEach(function (one) {
      const link = make("a", { href: "#blanketten", text: named(one.where) + one.message });
      link.addEventListener("click", function (event) { event.preventDefault(); controls.focus(one.where); });
      list.appendChild(make("li", {}, link));
    });
    document.getElementById("fel-rubrik").textContent = wrong.length === 1 ? "En sak behöver rättas" : wrong.length + " saker behöver rättas";
    summary.hidden = false;
    summary.focus();
    summary.scrollIntoView({ block: "start" });
    return false;
  }

  /* The report as it will be handed in: its text, its file, and what can be done with it. */
  function made() {
    const yaml = Text.write(Report.build(sheet, asked())), path = HandIn.fileName(sheet, asked());
    return { yaml: yaml, path: path, file: path.split("/").join("_"), mail: HandIn.mailText(sheet, asked(), yaml) };
  }

  /* The summary, what to think of, and the ways to hand in; after that the receipt. */
  function look() {
    const report = made(), again = Boolean(handed), altered = again && handed.yaml !== report.yaml;
    review.textContent = "";
    const heading = make("h2", { id: "granska-rubrik", tabindex: "-1", text: again && !altered ? "Rapporten är klar" : "Stämmer det?" });
    review.appendChild(heading);
    if (again && !altered) { review.appendChild(receipt(report)); }
    if (altered) { review.appendChild(whichOne()); }
    const doubts = problems().filter(function (one) { return one.level !== "fel"; });
    if (doubts.length && !again) { review.appendChild(doubtful(doubts)); }
    if (!again) { review.appendChild(card(said())); }
    if (!altered) { review.appendChild(ways(report)); }
    const after = make("div", { "class": "knappar" });
    after.appendChild(button("Ändra", function () { show("form"); controls.focus("outcome"); }));
    if (again) { after.appendChild(button("Ny rapport", begin)); }
    review.appendChild(after);
    if (again) { review.appendChild(make("details", {}, make("summary", { text: "Det här står i rapporten" }), make("div", {}, card(said())))); }
    show("review");
    heading.focus();
    window.scrollTo(0, 0);
  }

  function card(child) { return make("div", { "class": "kort" }, child); }

  function said() {
    const list = make("dl", {});
    HandIn.summary(sheet, asked()).forEach(function (one) {
      list.appendChild(make("div", {}, make("dt", { text: one[0] }), make("dd", { text: one[1] })));
    });
    return list;
  }

  /* The question that something is about, to stand before what is said of it. */
  function named(path) {
    const label = controls.label(path);
    return label ? label + (/[?.!]$/.test(label) ? " " : ": ") : "";
  }

  function doubtful(doubts) {
    const box = make("div", { "class": "ruta-not" }, make("h3", { text: "Tänk efter en gång till" })), list = make("ul", {});
    doubts.forEach(function (one) {
      list.appendChild(make("li", { text: named(one.where) + [one.message, one.remedy].filter(Boolean).join(" ") }));
    });
    box.appendChild(list);
    box.appendChild(make("p", { text: "Du kan lämna in ändå." }));
    return box;
  }

  /* A report changed after it was handed in is either not sent yet, and keeps its receipt, or a correction with a new one. */
  function whichOne() {
    const box = make("div", { "class": "ruta-not" }, make("h3", { text: "Du har ändrat en rapport som är lämnad" }),
      make("p", { text: "Har den som samlar in rapporterna redan fått den förra?" }));
    const answers = make("div", { "class": "knappar" });
    answers.appendChild(button("Ja, det här är en rättelse", function () {
      state.replaces = handed.path.replace(/\.yaml$/, "");
      state.receipt = HandIn.receipt(crypto.getRandomValues(new Uint8Array(16)));
      handed = null;
      keep();
      look();
    }));
    answers.appendChild(button("Nej, den här gäller i stället", function () { handed = null; keep(); look(); }));
    box.appendChild(answers);
    return box;
  }

  function receipt(report) {
    const box = make("div", { "class": "ruta-klar" }, make("p", { "class": "rubrik", text: "Kvitto" }), make("p", { "class": "kvitto", id: "kvitto", text: state.receipt }));
    box.appendChild(make("p", { text: "Skriv upp numret eller ta en skärmbild. Med det kan ni se att rapporten har kommit fram, och samma kvitto räknas bara en gång." }));
    box.appendChild(make("p", { text: "Skicka filen eller texten till den som samlar in rapporterna. Rapporten är inte framme förrän du har gjort det." }));
    box.appendChild(make("p", { "class": "fil", text: report.file }));
    return box;
  }

  function ways(report) {
    const box = make("div", {}, make("h3", { text: handed ? "Lämna in på fler sätt" : "Lämna in" })), list = make("div", { "class": "knappar" });
    list.appendChild(button("Spara som fil", save, handed ? "" : "huvud"));
    if (navigator.share) { list.appendChild(button("Dela", share)); }
    list.appendChild(button("Kopiera text", copy));
    const subject = "Snabbrapport: " + sheet.title;
    const address = "mailto:" + options.mail.split("@").map(encodeURIComponent).join("@") + "?subject=" + encodeURIComponent(subject) + "&body=" + encodeURIComponent(report.mail.replace(/\n/g, "\r\n"));
    const mail = make("a", { "class": "knapp", id: "mejla", href: address, text: "Mejla" });
    mail.addEventListener("click", function () { settle("Mejlet öppnas i ditt mejlprogram. Skicka det därifrån."); });
    list.appendChild(mail);
    if (address.length > LONGEST_MAIL) {
      list.appendChild(make("p", { "class": "hjalp", text: "Rapporten är lång. Kommer inte allt med i mejlet: tryck Kopiera text och klistra in det i mejlet i stället." }));
    }
    const link = options.forge ? HandIn.forgeLink(options.forge.base, "reports/" + report.path, report.yaml, options.forge.kind) : "";
    if (link) {
      list.appendChild(make("a", { "class": "knapp", id: "ny-fil", href: link, target: "_blank", rel: "noopener noreferrer", text: "Öppna sidan för ny fil" }));
      list.appendChild(make("p", { "class": "hjalp", text: "Då står hela rapportens text i adressen, och den kan bli kvar i webbläsarens historik och i loggar." }));
    } else if (options.forge) {
      list.appendChild(make("p", { "class": "hjalp", text: "Rapporten är för lång för sidan för ny fil. Spara den som fil i stället." }));
    }
    box.appendChild(list);
    return box;
  }

  /* Notes that the report is handed in. The same one again is the same receipt, and is told as such. */
  function settle(told) {
    const report = made(), again = handed && handed.yaml === report.yaml;
    handed = { yaml: report.yaml, path: report.path, receipt: state.receipt, submitted: state.submitted };
    keep();
    if (!again) { look(); }
    say(again ? told + " Rapporten är redan lämnad: det är samma kvitto, och den räknas en gång." : told);
  }

  function save() {
    const report = made(), address = URL.createObjectURL(new Blob([report.yaml], { type: "application/yaml" }));
    const link = make("a", { href: address, download: report.file, hidden: true });
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(address); }, 60000);
    settle("Filen är sparad bland dina hämtade filer.");
  }

  /* As a text file where files can be shared, since phones refuse to share other kinds; else as text. */
  function share() {
    const report = made(), title = "Snabbrapport: " + sheet.title;
    const told = { title: title, text: report.mail };
    try {
      const file = new File([report.mail], report.file.replace(/\.yaml$/, ".txt"), { type: "text/plain" });
      if (navigator.canShare && navigator.canShare({ files: [file] })) {
        navigator.share({ title: title, files: [file] }).then(shared, function (refused) {
          if (refused.name !== "AbortError") { navigator.share(told).then(shared, notShared); }
        });
        return;
      }
    } catch (unable) { /* shared as text below */ }
    navigator.share(told).then(shared, notShared);
  }

  function shared() { settle("Rapporten är delad."); }

  function notShared(refused) {
    if (refused.name !== "AbortError") { say("Det gick inte att dela. Spara som fil eller kopiera texten i stället."); }
  }

  function copy() {
    const text = made().mail;
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { settle("Texten är kopierad. Klistra in den i ett mejl eller meddelande."); }, function () { byHand(text); });
    } else { byHand(text); }
  }

  function byHand(text) {
    settle("Markera texten och kopiera den.");
    const old = document.getElementById("kopiera-sjalv");
    if (old) { old.remove(); }
    const field = make("textarea", { id: "kopiera-text", rows: "8", readonly: true });
    field.value = text;
    review.appendChild(make("div", { "class": "falt", id: "kopiera-sjalv" }, make("label", { "for": "kopiera-text", text: "Kopiera den här texten" }), field));
    field.focus();
    field.select();
  }

  form.addEventListener("submit", function (event) { event.preventDefault(); });
  document.getElementById("skriv-ut").addEventListener("click", function () { window.print(); });
  open();

  return { problems: problems, made: made, state: function () { return state; } };
})();
