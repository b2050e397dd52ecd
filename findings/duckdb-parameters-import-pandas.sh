#!/usr/bin/env bash
# Seen 2026-12-01: duckdb 1.5.0 and 2.0.1 beside pandas 3.1.1, Python 3.11.
# With a bound parameter, also a plain text, DuckDB 1.5.0 imports the whole of pandas where it is installed; the same question
# with the value written into it does not, and neither does DuckDB 2.0.1. It costs the import, and where the question is asked
# in a thread, others in the process can meet pandas half imported.
set -euo pipefail
lib=$(mktemp -d)
trap 'rm -rf "$lib"' EXIT
python3 -m pip install -q --disable-pip-version-check --target "$lib/pandas" pandas==3.1.1
for version in 1.5.0 2.0.1; do
    python3 -m pip install -q --disable-pip-version-check --no-deps --target "$lib/$version" "duckdb==$version"
    for question in "execute(\"SELECT 'a'\")" "execute('SELECT ?', ['a'])"; do
        said=$(PYTHONPATH="$lib/$version:$lib/pandas" python3 -c "
import sys, duckdb
assert duckdb.connect().$question.fetchall() == [('a',)]
print('pandas' in sys.modules)")
        echo "duckdb $version, $question: pandas imported: $said"
        case "$version $question" in
            "1.5.0 execute('SELECT ?'"*) [ "$said" = True ] ;;
            *) [ "$said" = False ] ;;
        esac
    done
done
