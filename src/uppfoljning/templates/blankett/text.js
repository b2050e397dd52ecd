"use strict";
// A report's text: tidied, and written as YAML by the same rules as files/yaml_write.py, byte for byte.
const Text = (function () {
  const PLAIN = /^[0-9A-Za-zÅÄÖåäö](?:[0-9A-Za-zÅÄÖåäö_.,!?()%/–+-]|:(?=[0-9])| (?=[0-9A-Za-zÅÄÖåäö(]))*$/;
  const ID = /^[0-9a-zåäö][0-9a-zåäö_-]*$/;
  // Words that other programs take for something else than text.
  const OTHERWISE_READ = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
  // With the u flag only a surrogate that stands alone is meant; one of a pair belongs to a character.
  const NO_CHARACTER =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]/gu;
  const SPACE = "[\\t\\n \\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000]";
  const FIRST_SPACE = new RegExp("^" + SPACE + "+");
  const IS_SPACE = new RegExp("^" + SPACE + "$");

  function trimmedEnd(text) {
    // Not a pattern with + and $: a long row of spaces within a line would take quadratic time.
    let end = text.length;
    while (end > 0 && IS_SPACE.test(text[end - 1])) end -= 1;
    return text.slice(0, end);
  }

  function tidy(text) {
    const plain = text.replace(/\r\n?/g, "\n").replace(NO_CHARACTER, "").normalize("NFC");
    return trimmedEnd(plain.split("\n").map(trimmedEnd).join("\n")).replace(FIRST_SPACE, "");
  }

  function scalar(text) {
    if (PLAIN.test(text) && OTHERWISE_READ.indexOf(text.toLowerCase()) < 0) return text;
    // A hard space after a colon is a fault in a file, for there it looks like the space that the colon must have.
    const quoted = JSON.stringify(text).replace(/:([\u00a0\u2007\u202f])/g, (_, space) => ":" + code(space));
    // A mark after a line break would sit on the n of \n, which then means nothing.
    return quoted.normalize("NFC") === quoted ? quoted : quoted.replace(/\p{M}/gu, code);
  }

  function code(sign) {
    const hex = sign.codePointAt(0).toString(16);
    return hex.length > 4 ? "\\U" + ("0000000" + hex).slice(-8) : "\\u" + ("000" + hex).slice(-4);
  }

  function items(values) {
    const lines = [];
    values.forEach(function (value) {
      const inner = value instanceof Map ? linesOf(value) : [scalar(value)];
      inner.forEach(function (line, at) {
        lines.push((at ? "    " : "  - ") + line);
      });
    });
    return lines;
  }

  function isId(value) {
    return typeof value === "string" && ID.test(value);
  }

  function linesOf(tree) {
    const lines = [];
    tree.forEach(function (value, key) {
      if (typeof value === "string") {
        lines.push(key + ": " + scalar(value));
      } else if (value instanceof Map) {
        const inner = linesOf(value);
        if (inner.length) lines.push(key + ":");
        inner.forEach(function (line) {
          lines.push("  " + line);
        });
      } else if (value.length && value.every(isId)) {
        lines.push(key + ": [" + value.join(", ") + "]");
      } else if (value.length) {
        lines.push(key + ":");
        Array.prototype.push.apply(lines, items(value));
      }
    });
    return lines;
  }

  function write(tree) {
    return linesOf(tree)
      .map(function (line) {
        return line + "\n";
      })
      .join("");
  }

  return { tidy: tidy, write: write };
})();
