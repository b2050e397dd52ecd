// What in a text points at a person: the same as rules/privacy.py finds, without lookbehind, which older phones refuse.
const Privacy = (function () {
  const LETTER = "\\p{L}";
  const SIGN = "\\p{L}\\p{N}";
  const WORD = "\\p{L}\\p{N}_";
  const ALL_SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const DASHES = "\\-\\u00ad\\u2010-\\u2015\\u2212\\ufe58\\ufe63\\uff0d";
  const SPACES = " \\u00a0\\u2007\\u2009\\u202f\\u3000";
  const D = "\\p{Nd}";
  const DASH = "[" + DASHES + "]";
  const GAP = "[" + SPACES + "]";

  function at(pattern, flags) {
    return new RegExp(pattern, (flags || "") + "uy");
  }

  const TWO = "(" + D + "{2})";
  const BREAK = "(" + GAP + "?[+\\uff0b" + DASHES + "]?" + GAP + "?)";
  const CANDIDATE = at(TWO + "?" + TWO + TWO + TWO + BREAK + "(" + D + "{4})(?!" + D + "|-" + D + D + "-" + D + D + ")");
  const HOST = "(?:[" + WORD + "\\-]{1,63}\\.){1,8}[\\p{L}\\p{Nl}\\p{No}]{2,24}(?![" + WORD + "])";
  const EMAIL = new RegExp("[" + WORD + ".+%'\\-]{1,64}[@\\uff20\\ufe6b]" + HOST, "gu");
  const AFTER = "(?![" + SIGN + "])(?!" + DASH + D + ")(?!," + D + ")";
  const GROUPS = D + "{2,3}(?:" + GAP + D + "{2,3}){1,3}";
  const DASHED = D + "{3}(?:" + DASH + D + "{2,4}){1,2}";
  const ROW = D + "{5,8}";
  const REST = "(?:" + GROUPS + "|" + DASHED + "|" + ROW + ")";
  const JOINT = GAP + "?(?:\\(0\\)|" + DASH + "|/)?" + GAP + "?";
  // In the order they are tried.
  const PHONES = [
    { kind: "abroad", is: at("(?:\\+" + GAP + "?[1-9]|0046)(?:" + JOINT + D + "){7,13}" + AFTER) },
    { kind: "dashed", is: at("0(?:8|[1-9]" + D + "{1,2})" + GAP + "?(?:" + DASH + "|/)" + GAP + "?" + REST + AFTER) },
    { kind: "bracketed", is: at("\\(0(?:8|[1-9]" + D + "{1,2})\\)" + GAP + "?" + REST + AFTER) },
    { kind: "spaced", is: at("0(?:8|7[02369]|[1-9]" + D + ")" + GAP + "(?:" + GROUPS + "|" + ROW + ")" + AFTER) },
    { kind: "plain", is: at("0" + D + "{7,9}" + AFTER) },
    { kind: "spaced_long", is: at("0[1-9]" + D + D + GAP + "(?:" + GROUPS + "|" + ROW + ")" + AFTER) },
  ];
  const MOBILE = new RegExp("^07[02369]" + D + "{7}$", "u");
  const LETTERS_OF_PLATE = "A-HJ-PR-UW-Z";
  const PLATE = at(
    "[" + LETTERS_OF_PLATE + "]{3}[ \\u00a0]?" + D + "{2}[" + D + LETTERS_OF_PLATE + "](?![" + SIGN + "])(?!-[" + WORD + "])"
  );
  const NOT_A_PLATE = new RegExp(
    "^(?:PDF|ISO|SFS|SOU|DNR|JPG|PNG|DOC|CSV|XML|EST|SOL|LSS|LOB|LUL|HSL|OSL|FAP|RPS|DAG|RUM|HUS|BUS|KRS) " + D + "{3}$",
    "u"
  );
  const LINK = at("https?://[^" + ALL_SPACES + "\"'<>;]+", "i");

  // Words are whole: all begin and end with a letter or digit. An i may be written in the ways Python lets pass where case
  // does not matter.
  function words(alternatives) {
    const plain = alternatives.join("|").replace(/\\w/g, "[" + WORD + "]").replace(/i/g, "[i\\u0131\\u0130]");
    const pattern = plain.replace(/\\s/g, "[" + ALL_SPACES + "]");
    return new RegExp("(?:^|[^" + WORD + "])(?:" + pattern + ")(?![" + WORD + "])", "iu");
  }
  const OF_A_PERSON = words(["personn(?:umme)?r\\w*", "person-?id", "pnr", "samordningsn(?:umme)?r\\w*", "född"]);
  const OF_A_PHONE = words([
    "tel", "tfn", "telefon\\w*", "mobil\\w*", "ring", "ringer", "ringde", "nås", "sms\\w*", "samtal från", "nummer", "numret",
  ]);
  const CAR = "bil(?:en|ens|ar|arna|s)?";
  const OF_A_VEHICLE = words([
    "(?!\\w*(?:mo|sta|la)" + CAR + "(?!\\w))\\w*" + CAR, "bil(?:nummer|numret)", "\\w*fordon\\w*", "reg",
    "reg\\.?\\s?(?:nr|nummer|skylt)\\w*", "registrering\\w*", "\\w*skylt\\w*", "nummerplåt\\w*", "\\w*moped\\w*", "mc",
    "motorcykel\\w*", "motorcyklar\\w*", "\\w*traktor\\w*", "epa", "taxi\\w*", "buss\\w*", "släp\\w*", "husvagn\\w*",
    "husbil\\w*", "volvo", "saab", "bmw", "audi", "mercedes", "toyota", "volkswagen", "vw", "ford", "kia", "skoda", "peugeot",
    "renault", "opel", "tesla",
  ]);
  const FIRST_YEAR_OF_MOMENTS = 2016;
  const LAST_YEAR_OF_MOMENTS = 2039;

  const IS_DIGIT = new RegExp("^" + D + "$", "u");
  const IS_SIGN = new RegExp("^[" + SIGN + "]$", "u");
  const IS_WORD = new RegExp("^[" + WORD + "]$", "u");
  const IS_LETTER = new RegExp("^" + LETTER + "$", "u");
  const IS_LETTER_LIKE = /^[\p{L}\p{Nl}\p{No}]$/u;
  const NO_DIGIT = new RegExp("[^" + D + "]", "gu");

  // Where the sign before a position begins; signs outside the first plane take two places.
  function back(text, position, signs) {
    for (let left = signs; left > 0 && position > 0; left -= 1) {
      const low = text.charCodeAt(position - 1);
      const high = position > 1 ? text.charCodeAt(position - 2) : 0;
      position -= low >= 0xdc00 && low <= 0xdfff && high >= 0xd800 && high <= 0xdbff ? 2 : 1;
    }
    return position;
  }

  function forth(text, position, signs) {
    for (let left = signs; left > 0 && position < text.length; left -= 1) {
      position += text.codePointAt(position) > 0xffff ? 2 : 1;
    }
    return position;
  }

  function before(text, position) {
    return text.slice(back(text, position, 1), position);
  }

  function matchAt(pattern, text, position) {
    pattern.lastIndex = position;
    return pattern.exec(text);
  }

  // What a pattern finds from left to right, nothing overlapping. `begins` finds where it may begin.
  function scan(text, begins, read) {
    const found = [];
    begins.lastIndex = 0;
    for (let one = begins.exec(text); one; one = begins.exec(text)) {
      const end = read(one.index, found);
      begins.lastIndex = end === null ? forth(text, one.index, 1) : end;
    }
    return found;
  }

  function value(digit) {
    // The digits of every script stand in rows from nought to nine.
    const code = digit.codePointAt(0);
    let run = 0;
    while (IS_DIGIT.test(String.fromCodePoint(code - run - 1))) run += 1;
    return run % 10;
  }

  function digitsOf(text) {
    return Array.from(text.replace(NO_DIGIT, ""), value);
  }

  function asNumber(digits) {
    return digits.reduce((sum, digit) => sum * 10 + digit, 0);
  }

  function isDate(century, year, month, day) {
    const full = (century === null ? 20 : century) * 100 + year;
    if (century !== null && (full < 1800 || full > 2099)) return false;
    if (day >= 60 && (month === 0 || day === 60)) return month <= 12 && day <= 91;
    const one = day > 60 ? day - 60 : day;
    return month >= 1 && month <= 12 && one >= 1 && one <= Answers.lastOf(full, month);
  }

  function isClock(digits) {
    return asNumber(digits.slice(0, 2)) < 24 && asNumber(digits.slice(2)) < 60;
  }

  function luhn(digits) {
    const total = digits.reduce(function (sum, digit, place) {
      const product = digit * (2 - (place % 2));
      return sum + (product > 9 ? product - 9 : product);
    }, 0);
    return total % 10 === 0;
  }

  function lineBefore(text, position, signs) {
    const near = text.slice(back(text, position, signs), position);
    return near.slice(near.lastIndexOf("\n") + 1);
  }

  function lineAfter(text, position, signs) {
    return text.slice(position, forth(text, position, signs)).split("\n")[0];
  }

  function hasNear(text, one, pattern) {
    return pattern.test(lineBefore(text, one.start, 60)) || pattern.test(lineAfter(text, one.end, 60));
  }

  function candidates(text) {
    return scan(text, new RegExp(D + "{6}", "gu"), function (start, found) {
      const match = IS_DIGIT.test(before(text, start)) ? null : matchAt(CANDIDATE, text, start);
      if (!match) return null;
      const end = start + match[0].length;
      const century = match[1] === undefined ? null : asNumber(digitsOf(match[1]));
      const parts = [match[2], match[3], match[4]].map((part) => asNumber(digitsOf(part)));
      if (isDate(century, parts[0], parts[1], parts[2])) {
        const digits = digitsOf(match[0]);
        const last = digits.slice(-4);
        const recent = century !== null && century * 100 + parts[0] >= FIRST_YEAR_OF_MOMENTS;
        const joined = match[5].replace(new RegExp(GAP, "gu"), "") === "";
        if (!(recent && joined && isClock(last) && !OF_A_PERSON.test(lineBefore(text, start, 40)))) {
          const year = century === null ? 2000 + parts[0] : century * 100 + parts[0];
          const isMoment = isClock(last) && year >= FIRST_YEAR_OF_MOMENTS && year <= LAST_YEAR_OF_MOMENTS;
          found.push({ start: start, end: end, isNumber: luhn(digits.slice(-10)), isMoment: isMoment });
        }
      }
      return end;
    });
  }

  function personalNumbers(text) {
    return candidates(text).filter((one) => one.isNumber);
  }

  function nearNumbers(text) {
    const links = linksIn(text);
    return candidates(text).filter(function (one) {
      return !(one.isNumber || one.isMoment || isPart(text, one) || within(links, one.start));
    });
  }

  function isPart(text, one) {
    const last = before(text, one.start);
    const first = before(text, one.start - last.length);
    const next = text.slice(one.end, forth(text, one.end, 1));
    return IS_LETTER_LIKE.test(last) || (/^[.,/]$/.test(last) && IS_DIGIT.test(first)) || IS_LETTER.test(next);
  }

  function linksIn(text) {
    return scan(text, /h/giu, function (start, found) {
      const match = IS_WORD.test(before(text, start)) ? null : matchAt(LINK, text, start);
      if (!match) return null;
      found.push({ start: start, end: start + match[0].length });
      return start + match[0].length;
    });
  }

  function within(links, position) {
    return links.some((one) => one.start <= position && position < one.end);
  }

  function emails(text) {
    const found = [];
    EMAIL.lastIndex = 0;
    for (let match = EMAIL.exec(text); match; match = EMAIL.exec(text)) {
      if (match[0].slice(0, 4) !== "git@") found.push({ start: match.index, end: match.index + match[0].length });
    }
    return found;
  }

  function mayBegin(kind, text, start) {
    const last = before(text, start);
    if (IS_SIGN.test(last) || last === "+") return false;
    const joints = kind === "plain" ? [".", ",", ":"] : ["-", ".", ",", ":"];
    return !(joints.indexOf(last) >= 0 && IS_DIGIT.test(before(text, start - 1)));
  }

  function isPhone(kind, text, one) {
    const number = text.slice(one.start, one.end);
    const digits = Array.from(number.replace(NO_DIGIT, "")).length;
    if (kind === "abroad") {
      const plain = number.split("(0)").join("").replace(NO_DIGIT, "");
      return /^(?:46|0046)/.test(plain) || (digits >= 10 && digits <= 15);
    }
    if (digits < 8 || digits > 10) return false;
    if (kind === "plain" && MOBILE.test(number)) return true;
    return (kind !== "plain" && kind !== "spaced_long") || hasNear(text, one, OF_A_PHONE);
  }

  function phones(text) {
    const links = linksIn(text);
    return scan(text, /[+0(]/gu, function (start, found) {
      for (const phone of PHONES) {
        const match = mayBegin(phone.kind, text, start) ? matchAt(phone.is, text, start) : null;
        if (match) {
          const one = { start: start, end: start + match[0].length };
          if (isPhone(phone.kind, text, one) && !within(links, start)) found.push(one);
          return one.end;
        }
      }
      return null;
    });
  }

  function plates(text) {
    return scan(text, new RegExp("[" + LETTERS_OF_PLATE + "]{3}", "gu"), function (start, found) {
      const last = before(text, start);
      const joined = last === "-" && IS_WORD.test(before(text, start - 1));
      const match = IS_SIGN.test(last) || joined ? null : matchAt(PLATE, text, start);
      if (!match) return null;
      const one = { start: start, end: start + match[0].length };
      if (!NOT_A_PLATE.test(match[0]) && hasNear(text, one, OF_A_VEHICLE)) found.push(one);
      return one.end;
    });
  }

  // In order of weight: where two see the same signs, the first is what is said.
  const KINDS = [
    ["I101", personalNumbers, "ett personnummer", "Ta bort numret. Skriv plats, situation och funktion i stället."],
    ["I102", emails, "en e-postadress", "Ta bort adressen. Skriv funktionen i stället."],
    ["I103", phones, "ett telefonnummer", "Ta bort numret. Skriv funktionen i stället."],
    ["I104", plates, "ett bilnummer", "Ta bort numret. Skriv vad det var för slags fordon i stället."],
    ["I105", nearNumbers, "ett personnummer med ett skrivfel", "Ta bort numret, för det kan ändå peka ut någon."],
  ];

  function find(text) {
    const seen = [];
    KINDS.forEach(function (kind) {
      const free = kind[1](text).filter((one) => seen.every((other) => one.end <= other.start || other.end <= one.start));
      free.forEach(function (one) {
        seen.push({ code: kind[0], start: one.start, end: one.end, what: kind[2], remedy: kind[3] });
      });
    });
    return seen.sort((one, other) => one.start - other.start);
  }

  return { find: find };
})();
