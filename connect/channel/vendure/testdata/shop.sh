#!/usr/bin/env bash
# Runs a real Vendure shop on loopback, in the foreground, as the counterpart of the connector's tests.
#
#   shop.sh install          installs the published npm packages once, into a cache
#   shop.sh run FOLDER PORT  starts the shop of that folder; a new folder is seeded first. "READY" on standard output
#
# HOOK_URL and HOOK_SECRET make the shop call a URL on every event. PACKHORSE_TEST_CACHE moves the cache.
set -euo pipefail
version=3.7.3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PACKHORSE_TEST_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/packhorse-test}/vendure-$version

# The native driver of SQLite comes ready-made from a download site; where that is closed it is compiled.
driver_works() { (cd "$cache" && node -e "new (require('better-sqlite3'))(':memory:')") 2>/dev/null; }

install() {
  mkdir -p "$cache"
  exec 9>"$cache/lock"
  flock 9
  [[ -e $cache/installed ]] && return
  node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' || { echo "shop.sh: Vendure $version needs node 20 or newer, this is $(node --version)" >&2; exit 1; }
  cat >"$cache/package.json" <<E2
{"name": "vendure-counterpart", "version": "0.0.0", "private": true,
 "dependencies": {"@vendure/core": "$version", "better-sqlite3": "11.10.0"}}
E2
  cd "$cache"
  npm install --no-audit --no-fund --ignore-scripts --loglevel error --fetch-retries 1 --fetch-timeout 20000
  if ! driver_works; then
    if [[ -d /usr/include/node ]]; then export npm_config_nodedir=/usr; fi
    (cd node_modules/better-sqlite3 && (npx --no-install prebuild-install || npx --yes node-gyp rebuild --release)) >build.log 2>&1 || true
    driver_works || { tail -n 20 build.log >&2; echo "shop.sh: the SQLite driver of node cannot be built" >&2; exit 1; }
  fi
  touch installed
}

case ${1-} in
install) install ;;
run)
  mkdir -p "$2"
  cd "$2" # the shop writes where it stands
  export VENDURE_DISABLE_TELEMETRY=true NODE_PATH=$cache/node_modules NODE_ENV=production FOLDER=$PWD PORT=$3 SEED=$cache/seed
  exec node "$here/shop.js"
  ;;
*) sed -n '2,8p' "$0" >&2; exit 2 ;;
esac
