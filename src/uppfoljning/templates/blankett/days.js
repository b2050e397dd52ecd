/* Days and sub-periods as text. Knows no clock: the day to go from is given. */
const Days = (function () {
  "use strict";

  const DAY = 86400000;
  const MONTHS = ["januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december"];
  const WEEKDAYS = ["söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"];
  /* Months in a sub-period, the letter it is written with, and what it is called. */
  const PARTS = {
    "månad": [1, "", ""], "kvartal": [3, "K", "kvartal"], "tertial": [4, "T", "tertial"],
    "halvår": [6, "H", "halvår"], "år": [12, "", ""]
  };
  /* Where no sub-period of the size fits within the commitment's days, a smaller one is proposed. */
  const SMALLER = ["år", "halvår", "tertial", "kvartal", "månad", "vecka", "dygn"];

  function two(number) { return String(number).padStart(2, "0"); }

  function iso(year, month, day) {
    const date = new Date(Date.UTC(year, month, day));
    return date.getUTCFullYear() + "-" + two(date.getUTCMonth() + 1) + "-" + two(date.getUTCDate());
  }

  /* The day it is where the clock stands. */
  function of(now) { return iso(now.getFullYear(), now.getMonth(), now.getDate()); }

  function stamp(day) { return Date.parse(day + "T00:00:00Z"); }

  function plus(day, days) {
    const date = new Date(stamp(day) + days * DAY);
    return iso(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  }

  function between(day, later) { return Math.round((stamp(later) - stamp(day)) / DAY); }

  /* The day that a report most likely is about: before noon it is about last night. */
  function night(now) { return plus(of(now), now.getHours() < 12 ? -1 : 0); }

  function said(day) {
    const date = new Date(stamp(day));
    return WEEKDAYS[date.getUTCDay()] + " " + date.getUTCDate() + " " + MONTHS[date.getUTCMonth()] + " " + date.getUTCFullYear();
  }

  function week(day) {
    const monday = plus(day, -((new Date(stamp(day)).getUTCDay() + 6) % 7));
    const year = Number(plus(monday, 3).slice(0, 4));
    const first = iso(year, 0, 4);
    const start = plus(first, -((new Date(stamp(first)).getUTCDay() + 6) % 7));
    const number = between(start, monday) / 7 + 1;
    return { name: year + "-W" + two(number), first: monday, last: plus(monday, 6), label: "vecka " + number + " " + year };
  }

  function months(day, part) {
    const size = part[0], year = Number(day.slice(0, 4)), number = Math.floor((Number(day.slice(5, 7)) - 1) / size);
    const span = { first: iso(year, number * size, 1), last: iso(year, (number + 1) * size, 0) };
    if (size === 12) { return Object.assign(span, { name: String(year), label: String(year) }); }
    if (size === 1) { return Object.assign(span, { name: year + "-" + two(number + 1), label: MONTHS[number] + " " + year }); }
    return Object.assign(span, { name: year + "-" + part[1] + (number + 1), label: part[2] + " " + (number + 1) + " " + year });
  }

  /* The sub-period of a size that a day lies in: name, first, last, label. */
  function part(every, day) {
    if (every === "dygn") { return { name: day, first: day, last: day, label: said(day) }; }
    if (every === "vecka") { return week(day); }
    return months(day, PARTS[every]);
  }

  /* The sub-periods to choose among, the likeliest first: the one that has just ended, else the one that goes on. */
  function proposed(every, day, sheet) {
    const size = every || "månad";
    if (size === "termin") {
      return Object.keys(sheet.terms).map(function (name) { return Object.assign({ name: name, label: name }, sheet.terms[name]); })
        .filter(function (one) { return one.first <= day && within(one, sheet); })
        .sort(function (one, other) { return one.first < other.first ? 1 : -1; }).slice(0, 2);
    }
    for (const smaller of SMALLER.slice(Math.max(0, SMALLER.indexOf(size)))) {
      const found = near(smaller, day).filter(function (one) { return within(one, sheet); });
      if (found.length) { return found; }
    }
    return [];
  }

  function within(one, sheet) { return sheet.first <= one.first && one.last <= sheet.last; }

  function near(every, day) {
    const now = part(every, day), former = part(every, plus(now.first, -1)), length = between(now.first, now.last) + 1;
    const justEnded = between(former.last, day) <= Math.min(10, Math.floor(length / 2));
    return every !== "dygn" && justEnded ? [former, now] : [now, former];
  }

  /* Minutes after midnight as a clock time. */
  function clock(minutes) { return two(Math.floor(minutes / 60)) + ":" + two(minutes % 60); }

  return { of: of, clock: clock, plus: plus, night: night, said: said, part: part, proposed: proposed };
})();
