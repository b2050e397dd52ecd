// How a report leaves the phone: as a file, as a mail, or as a link to the forge's page for a new file.
const HandIn = (function () {
  const SIGNS = "23456789bcdfghjkmnpqrstvwxz";
  const RECEIPT_LENGTH = 8;
  const LONGEST_LINK = 6000;
  const FOLDER = "reports/";
  const BEGIN = "--- rapport, ändra inget nedanför ---";
  const END = "--- slut på rapporten ---";
  const FORGES = new Map([
    ["github", ["/new/", "?filename=", "&value="]],
    ["forgejo", ["/_new/", "?filename=", "&value="]],
    ["gitea", ["/_new/", "?filename=", "&value="]],
    ["gitlab", ["/-/new/", "/?file_name=", "&content="]],
  ]);
  const OUTCOMES = new Map([
    ["genomförd", "Genomfört"],
    ["inställd", "Inställt"],
    ["flyttad", "Flyttat"],
    ["nollrapport", "Inget att rapportera"],
  ]);

  // Random bytes as one large number, divided by the number of signs again and again; as collect/naming.py.
  function receipt(bytes) {
    let number = Array.from(bytes);
    let signs = "";
    for (let at = 0; at < RECEIPT_LENGTH; at += 1) {
      let left = 0;
      number = number.map(function (byte) {
        const here = left * 256 + byte;
        left = here % SIGNS.length;
        return Math.floor(here / SIGNS.length);
      });
      signs += SIGNS[left];
    }
    return signs.slice(0, 4) + "-" + signs.slice(4);
  }

  function ascii(text) {
    const plain = text
      .toLowerCase()
      .replace(/[åä]/g, "a")
      .replace(/ö/g, "o")
      .replace(/[^a-z0-9._-]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .replace(/^\.+|\.+$/g, "");
    return plain || "fil";
  }

  function fileName(sheet, state) {
    const tree = Report.build(sheet, state);
    const when = tree.get("datum") || tree.get("period") || "";
    const name = ascii(when) + "-" + ascii(tree.get("kvitto") || "") + ".yaml";
    return [ascii(sheet.plan), ascii(sheet.commitment), name].join("/");
  }

  function titleIn(choices) {
    const all = new Map(choices.map((choice) => [choice.id, choice.title]));
    return (id) => all.get(id) || id;
  }

  function time(tree) {
    const start = tree.get("start");
    const end = tree.get("slut");
    if (start && end) return start + "–" + end;
    return start ? "från " + start : end ? "till " + end : "";
  }

  function joined(values, title) {
    return (Array.isArray(values) ? values : values ? [values] : []).map(title).join(", ");
  }

  function deviationText(one, step) {
    const parts = [one.get("moment") ? step(one.get("moment")) + ": " + one.get("vad") : one.get("vad")];
    ["hur", "skäl", "varför"].forEach(function (key) {
      if (one.has(key)) parts.push(one.get(key));
    });
    return parts.join(" – ");
  }

  function observationText(one, who) {
    const told = one.get("rapporterad_till_polisen");
    const parts = [one.get("text") || ""];
    if (told) parts.push(told === "ja" ? "rapporterat till polisen" : "inte rapporterat till polisen");
    if (one.has("åtgärd")) parts.push(one.get("åtgärd"));
    if (one.has("ansvarig")) parts.push(who(one.get("ansvarig")));
    if (one.has("klart")) parts.push("klart " + one.get("klart"));
    return parts.join(" – ");
  }

  // What will be handed in, as it is shown before it is: labels and values in the order of the form.
  function summary(sheet, state) {
    const tree = Report.build(sheet, state);
    const found = [];
    const step = titleIn(sheet.steps.concat(sheet.once));
    const who = titleIn(sheet.parties.concat(sheet.functions));
    const add = function (label, value) {
      if (value) found.push([label, value]);
    };
    const each = function (key, label) {
      (tree.get(key) || new Map()).forEach((value, name) => add(label(name), value));
    };
    add("Åtagande", sheet.title);
    add("Hur det gick", OUTCOMES.get(tree.get("läge") || "genomförd"));
    add("Dag", tree.get("datum"));
    add("Period", tree.get("period"));
    add("Ny dag", tree.get("flyttad_till"));
    add("Tid", time(tree));
    add("Vilka", joined(tree.get("parter") || sheet.own_parties, who));
    add("Plats", joined(tree.get("plats"), titleIn(sheet.places)));
    each("funktioner", who);
    each("uppgifter", titleIn(sheet.fields.map((field) => ({ id: field.id, title: field.question }))));
    each("moment", step);
    (tree.get("avvikelser") || []).forEach((one) => add("Avvikelse", deviationText(one, step)));
    (tree.get("iakttagelser") || []).forEach((one) => add("Iakttagelse", observationText(one, who)));
    each("timmar", (name) => "Timmar, " + name);
    add("Fritt", tree.get("text"));
    add("Rättar", tree.get("ersätter"));
    add("Rapportör", tree.has("rapportör") ? who(tree.get("rapportör")) : "");
    add("Inlämnad", tree.get("inlämnad"));
    add("Kvitto", tree.get("kvitto"));
    return found;
  }

  function mailText(sheet, state, yaml) {
    const tree = Report.build(sheet, state);
    const when = tree.get("datum") || tree.get("period") || "";
    const lines = ["Snabbrapport: " + sheet.title + ", " + when + "."];
    const how = OUTCOMES.get(tree.get("läge") || "genomförd");
    const hours = time(tree);
    lines.push(how + (hours ? ", klockan " + hours : "") + ".");
    if (tree.has("kvitto")) lines.push("Kvittonummer: " + tree.get("kvitto") + ".");
    lines.push("", "Allt mellan strecken läses av ett program, så låt det stå som det är.", "", BEGIN);
    return lines.join("\n") + "\n" + yaml + END + "\n";
  }

  // `kind` is github, forgejo, gitea or gitlab. Nothing where the address would be too long to trust.
  function forgeLink(base, path, yaml, kind, branch) {
    const forge = FORGES.get(kind || "github");
    if (!forge || !/^https?:\/\/[^\s"'<>?#]+$/.test(base)) return "";
    const file = path.slice(0, FOLDER.length) === FOLDER ? path : FOLDER + path;
    const page = base.replace(/\/+$/, "") + forge[0] + encodeURIComponent(branch || "main");
    const link = page + forge[1] + encodeURIComponent(file) + forge[2] + encodeURIComponent(yaml);
    return link.length > LONGEST_LINK ? "" : link;
  }

  return { receipt: receipt, fileName: fileName, mailText: mailText, forgeLink: forgeLink, summary: summary };
})();
