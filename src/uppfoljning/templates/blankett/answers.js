// How an answer is read: the same verdict, and the same words where they are fixed, as domain/form.py, number.py and clock.py.
const Answers = (function () {
  const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  const NO_SPACE = SPACE.replace("[", "[^");
  const IS_SPACE = new RegExp("^" + SPACE + "$");
  const BETWEEN_DIGITS = "[ \\u00a0\\u202f\\u2009]";
  const NUMBER = new RegExp("^([-−]?)([0-9]{1,3}(?:" + BETWEEN_DIGITS + "[0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?$");
  const THOUSANDS_BY_POINT = /^[-−]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?$/;
  // The dotted and dotless letters are those that Python takes for the plain ones where case does not matter.
  const CERTAINTY = new RegExp(
    "^([cC][aA]|[cC]:[aA]|[cC][iI\u0130\u0131][rR][kK\u212a][aA]|[mM][iI\u0130\u0131][nN][sS\u017f][tT])\\.?" + SPACE + "+([^]*)$"
  );
  const CLOCK = /^([0-9]{1,2})[:.]([0-9]{2})(?::00(?:\.0+)?)?$/;
  const LENGTH_AS_CLOCK = /^([0-9]{1,6}):([0-5][0-9])(?::([0-5][0-9]))?$/;
  const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
  const LENGTH = new RegExp(
    "^(?:(" + NO_SPACE + "+)" + SPACE + "*(?:timmar|timme|tim|h)\\.?)?" + SPACE + "*(?:([0-9]{1,6}(?:[.,][0-9]{1,6})?)" + SPACE +
      "*(?:minuter|minut|min)\\.?)?" + SPACE + "*(?:([0-9]{1,6}(?:[.,][0-9]{1,6})?)" + SPACE + "*(?:sekunder|sekund|sek|s)\\.?)?$"
  );
  const PERIOD = /^([0-9]{4})(?:-(?:([HTK])([1-4])|W([0-9]{2})|([0-9]{2})))?$/;
  const LONGEST = 40;
  const MONTHS = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
  const MONTHS_IN = { H: 6, T: 4, K: 3 };
  const A_DAY = 24 * 60;

  function fault(code, message, remedy) {
    return { code: code, message: message, remedy: remedy };
  }

  function isFault(value) {
    return value !== null && typeof value === "object" && "code" in value;
  }

  function isBlank(text) {
    for (const sign of text) if (!IS_SPACE.test(sign)) return false;
    return true;
  }

  function stripped(text) {
    let start = 0;
    let end = text.length;
    while (start < end && IS_SPACE.test(text[start])) start += 1;
    while (start < end && IS_SPACE.test(text[end - 1])) end -= 1;
    return text.slice(start, end);
  }

  // Numbers are exact: `digits` with `scale` of them after the decimal sign. Older phones have no BigInt.
  function made(negative, whole, decimals) {
    const after = decimals.replace(/0+$/, "");
    const digits = (whole + after).replace(/^0+(?=[0-9])/, "");
    return { negative: negative && digits !== "0", digits: digits, scale: after.length };
  }

  function size(one, scale) {
    return (one.digits + "0".repeat(scale - one.scale)).replace(/^0+(?=[0-9])/, "");
  }

  function compare(one, other) {
    if (one.negative !== other.negative) return one.negative ? -1 : 1;
    const scale = Math.max(one.scale, other.scale);
    const a = size(one, scale);
    const b = size(other, scale);
    const order = a.length !== b.length ? a.length - b.length : a < b ? -1 : a > b ? 1 : 0;
    return one.negative ? -order : order;
  }

  function inSeconds(parts) {
    // Hours, minutes and seconds, where the later ones may be left out.
    const none = made(false, "0", "");
    return sixtyTimes(sixtyTimes(parts[0], parts[1] || none), parts[2] || none);
  }

  function sixtyTimes(one, more) {
    // Sixty times the one and what is more, digit by digit from the right.
    const scale = Math.max(one.scale, more.scale);
    const base = size(one, scale);
    const rest = size(more, scale);
    let carry = 0;
    let digits = "";
    for (let at = 1; at <= base.length + 2 || at <= rest.length || at <= scale + 1 || carry; at += 1) {
      carry += 60 * Number(base[base.length - at] || 0) + Number(rest[rest.length - at] || 0);
      digits = String(carry % 10) + digits;
      carry = Math.floor(carry / 10);
    }
    return made(one.negative, digits.slice(0, digits.length - scale), digits.slice(digits.length - scale));
  }

  function number(text) {
    if (Array.from(text).length > LONGEST) {
      return fault("S107", "värdet är för långt för att vara ett tal", "skriv siffror, till exempel 12 eller 1 234,5");
    }
    if (THOUSANDS_BY_POINT.test(text)) {
      const plain = text.replace(/\./g, " ");
      if (text.split(".").length > 2 || text.indexOf(",") >= 0) {
        return fault("S108", "tusental skiljs med mellanslag, inte med punkt", "skriv " + plain);
      }
      return fault(
        "S108",
        "talet kan läsas på två sätt",
        "skriv " + plain + " om punkten skiljer tusental, " + text.replace(/\./g, ",") + " om den är ett decimaltecken"
      );
    }
    const match = NUMBER.exec(text);
    if (!match) return fault("S107", "värdet är inget tal", "skriv siffror, till exempel 12 eller 1 234,5");
    const digits = match[2].replace(/[^0-9]/g, "");
    const decimals = match[3] || "";
    if (digits.length > 1 && digits[0] === "0") {
      const plain = match[1] + digits.replace(/^0+(?=[0-9])/, "") + (decimals ? "," + decimals : "");
      return fault(
        "S107", "talet börjar med en nolla", "skriv " + plain + ", eller sätt en kod i ett fält av typen text"
      );
    }
    return made(match[1] !== "", digits, decimals);
  }

  function count(text) {
    const value = number(text);
    if (isFault(value) || (value.scale === 0 && !value.negative)) return value;
    return fault("S109", "antalet ska vara ett helt tal från 0 och uppåt", "skriv till exempel 4");
  }

  function hours(text) {
    const value = number(text);
    if (isFault(value) || !value.negative) return value;
    return fault("S109", "timmar kan inte vara under noll", "skriv till exempel 4,25");
  }

  function quantity(text, parse) {
    const match = CERTAINTY.exec(text);
    const value = parse(match ? match[2] : text);
    return isFault(value) ? value : { value: value, certain: !match };
  }

  function share(text) {
    if (text[text.length - 1] !== "%") return fault("S110", "här ska en andel i procent stå", "skriv till exempel 75 %");
    let end = text.length - 1;
    while (end > 0 && " \u00a0\u202f\u2009".indexOf(text[end - 1]) >= 0) end -= 1;
    const value = number(text.slice(0, end));
    if (isFault(value)) return value;
    if (value.negative) return fault("S110", "en andel kan inte vara under noll", "skriv till exempel 75 %");
    return { value: value, certain: true };
  }

  function yes(text) {
    // The long s is an s; so says the rule for comparing without case.
    const folded = text.toLowerCase().replace(/\u017f/g, "s");
    if (folded === "ja" || folded === "true") return true;
    if (folded === "nej" || folded === "false") return false;
    return fault("S117", "svaret ska vara ja eller nej", "skriv ja eller nej");
  }

  function lastOf(year, month) {
    if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
    return [4, 6, 9, 11].indexOf(month) >= 0 ? 30 : 31;
  }

  function iso(year, month, day) {
    return ("000" + year).slice(-4) + "-" + ("0" + month).slice(-2) + "-" + ("0" + day).slice(-2);
  }

  function date(text) {
    const match = DATE.exec(text);
    if (!match) return fault("S105", "värdet är inget datum", "skriv år, månad och dag som 2026-03-06");
    const year = Number(match[1]);
    const month = Number(match[2]);
    const day = Number(match[3]);
    if (month < 1 || month > 12) return fault("S105", "datumet finns inte", "rätta månaden");
    if (year < 1) return fault("S105", "datumet finns inte", "rätta året");
    if (day < 1 || day > lastOf(year, month)) return fault("S105", "datumet finns inte", "rätta dagen");
    return text;
  }

  function end(text) {
    const match = CLOCK.exec(text);
    const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : 0;
    if (!match || Number(match[2]) > 59 || minutes > A_DAY) {
      return fault("S104", "värdet är inget klockslag", "skriv till exempel 02:15; ett tillfälle får gå över midnatt");
    }
    return minutes;
  }

  function start(text) {
    const minutes = end(text);
    if (minutes !== A_DAY) return minutes;
    return fault("S104", "värdet är inget klockslag", "skriv 00:00 för midnatt då något börjar");
  }

  function moment(text) {
    const spaced = text.replace("T", " ");
    const at = spaced.indexOf(" ");
    const after = at < 0 ? "" : spaced.slice(at + 1);
    if (!after) {
      return fault("S111", "värdet är ingen tidpunkt", "skriv dag och klockslag, till exempel 2026-03-06 21:30");
    }
    const day = date(spaced.slice(0, at));
    if (isFault(day)) return day;
    const minutes = start(stripped(after));
    return isFault(minutes) ? minutes : { day: day, minutes: minutes };
  }

  function length(text) {
    const clock = LENGTH_AS_CLOCK.exec(text);
    const match = clock || LENGTH.exec(text);
    const said = match ? [match[1], match[2], match[3]] : [];
    if (said.every((part) => part === undefined) || /^[-−]/.test(said[0] || "")) {
      return fault("S112", "värdet är ingen tidslängd", "skriv till exempel 3:45, 45 min, 2 tim 30 min eller 7 min 30 s");
    }
    const parts = said.map((part) => (clock || part === undefined ? made(false, part || "0", "") : number(part)));
    const wrong = parts.filter(isFault);
    return wrong.length ? wrong[0] : { value: inSeconds(parts), certain: true };
  }

  // Days as numbers, so that weeks can be counted without the machine's calendar.
  function dayNumber(year, month, day) {
    const before = year - 1;
    let days = before * 365 + Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400) + day;
    for (let one = 1; one < month; one += 1) days += lastOf(year, one);
    return days;
  }

  function dayOf(days) {
    let year = Math.max(1, Math.floor(days / 366));
    while (dayNumber(year + 1, 1, 1) <= days) year += 1;
    let month = 1;
    let left = days - dayNumber(year, 1, 1) + 1;
    while (left > lastOf(year, month)) {
      left -= lastOf(year, month);
      month += 1;
    }
    return iso(year, month, left);
  }

  function mondayOf(year) {
    // The first week of a year is the one with the 4th of January in it; day 1 was a Monday.
    const fourth = dayNumber(year, 1, 4);
    return fourth - ((fourth - 1) % 7);
  }

  function period(text, terms) {
    const wrong = fault(
      "S106", "värdet är ingen period", "skriv till exempel 2026, 2026-H1, 2026-T2, 2026-K3, 2026-03, 2026-W14 eller 2026-03-06"
    );
    if (terms && Object.prototype.hasOwnProperty.call(terms, text)) return terms[text];
    const match = PERIOD.exec(text);
    if (!match) return isFault(date(text)) ? wrong : { first: text, last: text };
    const year = Number(match[1]);
    if (year < 1) return wrong;
    if (match[4]) {
      const first = mondayOf(year) + 7 * (Number(match[4]) - 1);
      if (match[4] === "00" || first >= mondayOf(year + 1) || first + 6 > dayNumber(9999, 12, 31)) return wrong;
      return { first: dayOf(first), last: dayOf(first + 6) };
    }
    const months = match[2] ? MONTHS_IN[match[2]] : match[5] ? 1 : 12;
    const from = match[2] ? (Number(match[3]) - 1) * months + 1 : Number(match[5] || 1);
    const to = from + months - 1;
    if (from < 1 || to > 12) return wrong;
    return { first: iso(year, from, 1), last: iso(year, to, lastOf(year, to)) };
  }

  function limits(field) {
    const ends = [];
    if (field.at_least !== null) ends.push("från " + field.at_least);
    if (field.at_most !== null) ends.push("till " + field.at_most);
    return "kontrollera siffran; blanketten tillåter " + ends.join(" ");
  }

  function limit(field, text) {
    const value = number(text);
    return field.type === "längd" ? inSeconds([value]) : value;
  }

  function bounded(field, read) {
    if (isFault(read)) return read;
    if (field.at_least !== null && compare(read.value, limit(field, field.at_least)) < 0) {
      return fault("S121", "värdet är lägre än " + field.at_least, limits(field));
    }
    if (field.at_most !== null && compare(read.value, limit(field, field.at_most)) > 0) {
      return fault("S121", "värdet är högre än " + field.at_most, limits(field));
    }
    return read;
  }

  // The typed answer, or a fault. Lengths are in seconds and shares in percent.
  function read(field, text) {
    switch (field.type) {
      case "antal":
        return bounded(field, quantity(text, count));
      case "tal":
        return bounded(field, quantity(text, number));
      case "andel":
        return bounded(field, share(text));
      case "ja/nej":
        return yes(text);
      case "val":
        if (field.choices.indexOf(text) >= 0) return text;
        return fault("S123", "svaret är inget av dem som går att välja", "välj bland: " + field.choices.join(", "));
      case "datum":
        return date(text);
      case "tid":
        return end(text);
      case "tidpunkt":
        return moment(text);
      case "längd":
        return bounded(field, length(text));
      default:
        return isBlank(text) ? fault("S115", "texten är tom", "skriv något eller ta bort raden") : text;
    }
  }

  function faultOf(reads) {
    return function (text) {
      const value = reads(text);
      return isFault(value) ? value : null;
    };
  }

  function problem(field, text) {
    const value = read(field, text);
    return isFault(value) ? value : null;
  }

  // A figure that can be compared with that of another field, or null.
  function figure(field, text) {
    const value = read(field, text);
    if (value === true || value === false) return { value: made(false, value ? "1" : "0", ""), certain: true };
    return value !== null && typeof value === "object" && "certain" in value ? value : null;
  }

  function clock(text) {
    const plain = Text.tidy(text);
    const match = /^(?:kl\.? ?)?([0-9]{1,2})(?:[:.]?([0-9]{2}))?$/i.exec(plain);
    if (!match) return plain;
    const written = ("0" + match[1]).slice(-2) + ":" + (match[2] || "00");
    return isFault(end(written)) ? plain : written;
  }

  function day(text) {
    const plain = Text.tidy(text);
    let match = /^([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|([0-9]{2})([0-9]{2}))$/.exec(plain);
    let parts = match ? [match[1], match[2] || match[4], match[3] || match[5]] : null;
    if (!parts) {
      match = /^([0-9]{1,2})(?:\/([0-9]{1,2})|\.? ?([a-z]{3})[a-z]*\.?)[ -]{1,2}((?:20)?[0-9]{2})$/i.exec(plain);
      if (!match) return plain;
      const month = match[2] || MONTHS.indexOf(match[3].toLowerCase()) + 1;
      parts = [("20" + match[4]).slice(-4), month, match[1]];
    }
    const written = iso(parts[0], parts[1], parts[2]);
    return isFault(date(written)) ? plain : written;
  }

  // What is sound stays as it is; what is nearly so is written as it should be.
  function repaired(field, plain) {
    switch (field.type) {
      case "andel":
        return isFault(number(plain)) ? plain : plain + " %";
      case "val":
        return field.choices.filter((choice) => choice.toLowerCase() === plain.toLowerCase())[0] || plain;
      case "ja/nej":
        return /^[jJ]$/.test(plain) ? "ja" : /^[nN]$/.test(plain) ? "nej" : plain;
      case "datum":
        return day(plain);
      case "tid":
        return clock(plain);
      case "tidpunkt": {
        const parts = plain.replace(/(?: |,|kl\.?)+([0-9.:]+)$/i, "\n$1").split("\n");
        return parts.length === 2 ? day(parts[0]) + " " + clock(parts[1]) : plain;
      }
      default:
        return plain;
    }
  }

  function normal(field, text) {
    const plain = Text.tidy(text);
    if (!plain || !problem(field, plain)) return plain;
    const better = repaired(field, plain);
    return problem(field, better) ? plain : better;
  }

  return {
    problem: problem,
    normal: normal,
    clock: clock,
    day: day,
    // For the other parts of the script: those that read a text, and those that only say what is wrong with it.
    compare: compare,
    figure: figure,
    lastOf: lastOf,
    moment: moment,
    number: number,
    period: period,
    count: faultOf(count),
    date: faultOf(date),
    end: faultOf(end),
    hours: faultOf(hours),
    start: faultOf(start),
  };
})();
