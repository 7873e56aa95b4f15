#!/usr/bin/env bash
# The steps of the action, in a file of their own so that they can be run, and tested, without it.
# Inputs come as variables, never as text of the script: SOURCE, EXTRAS; FILES, BUDGET.
set -euo pipefail

case "${1:-}" in
  install)
    python -m venv "$RUNNER_TEMP/lemmata"
    "$RUNNER_TEMP/lemmata/bin/pip" install --quiet -c "$SOURCE/constraints.txt" "$SOURCE[$EXTRAS]" ||
      "$RUNNER_TEMP/lemmata/bin/pip" install --quiet "$SOURCE[$EXTRAS]"
    ;;
  verify)
    report="$RUNNER_TEMP/lemmata.json"
    echo "report=$report" >>"$GITHUB_OUTPUT"
    read -r -d '' -a names <<<"$FILES" || true
    code=0
    # The rows go to the file, for later steps; what a person reads comes from the same rows.
    "$RUNNER_TEMP/lemmata/bin/lemmata" verify --json --budget "$BUDGET" -- "${names[@]}" >"$report" || code=$?
    "$RUNNER_TEMP/lemmata/bin/python" - "$report" >>"${GITHUB_STEP_SUMMARY:-/dev/null}" <<'PY' || true
import json
import sys

try:
    rows = json.load(open(sys.argv[1], encoding="utf-8"))["claims"]
except ValueError:
    rows = []
print("| claim | verdict | rests on | control |\n| --- | --- | --- | --- |")
for row in rows:
    cells = (row["name"], row["verdict"], row["rung"] or "nothing", row["negative_control"])
    print("|", " | ".join(str(cell).replace("|", "\\|") for cell in cells), "|")
PY
    cat "$report"
    exit "$code"
    ;;
  *)
    echo "usage: run.sh install | verify" >&2
    exit 2
    ;;
esac
