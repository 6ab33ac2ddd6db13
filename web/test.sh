#!/bin/sh
# The web app's tests: types, units, the whole way in a browser. What cannot run here is
# skipped and said; what runs must pass.
set -eu
cd "$(dirname "$0")"
skip() { echo "Skipped: $*"; exit 0; }

command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
  skip "the web app's tests (they need Node.js 20.19 or later and npm)."
node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' ||
  skip "the web app's tests: Node.js $(node --version) is older than 20.19."
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm install --no-save --silent || skip "the web app's tests: npm could not fetch what they need."
fi
npm run --silent check
npm test --silent
for chromium in "${CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
  [ -n "$chromium" ] && [ -x "$chromium" ] || continue
  export CHROMIUM="$chromium"
  npm run --silent browser && exit 0
  echo "The tests in a browser failed; a busy machine may be why. Once more, from the beginning:"
  exec npm run --silent browser
done
skip "the tests in a browser (they need Chromium: apt-get install chromium)."
