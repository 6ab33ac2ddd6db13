#!/bin/sh
# The tests of the web app: types, units, browser. Each runs once: a failure is a failure.
# What cannot run on this machine is skipped with the reason.
set -eu
cd "$(dirname "$0")"
skip() { echo "Skipped: $*"; exit 0; }

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
  skip "the tests of the web app (they need Node.js 20.19 or later and npm)."
node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' ||
  skip "the tests of the web app: Node.js $(node --version) is older than 20.19."
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm install --no-save --silent || skip "the tests of the web app: npm could not install what they need."
fi
npm run --silent check
npm test --silent
for chromium in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [ -n "$chromium" ] && [ -x "$chromium" ] || continue
  export CHROMIUM="$chromium"
  exec npm run --silent browser
done
skip "the browser tests (they need Chromium: apt-get install chromium)."
