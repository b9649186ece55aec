#!/usr/bin/env bash
# Runs everything that must be green, on SQLite and on a private PostgreSQL that lives as long as this script.
# Installs what is missing when it may (Debian, root); without it, says what was left out. The last line is the tally.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin
command -v go >/dev/null || { echo "test: there is no go command; install Go 1.26 or newer" >&2; exit 1; }
export GOFLAGS="${GOFLAGS:--buildvcs=false}" # a checkout that belongs to somebody else has no version to read

# Packages that run beside each other and share state: where a race would be.
raced=(./internal/db/... ./internal/job/... ./inventory/... ./allocation ./intake/...)
left_out=()
work=$(mktemp -d)

postgres_bin() {
  local dir
  for dir in /usr/lib/postgresql/15/bin $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV); do
    if [[ -x $dir/initdb && -x $dir/pg_ctl ]]; then echo "$dir"; return; fi
  done
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then dirname "$(command -v pg_ctl)"; fi
}

can_link() { command -v gcc >/dev/null && echo 'int main(void){return 0;}' | gcc -x c -include stdlib.h -o "$work/probe" - 2>/dev/null; }

# What the tests cannot do without, and what single packages of them try for real: those skip where it is missing.
install_missing() {
  local want=() extra=()
  [[ -n $(postgres_bin) ]] || want+=(postgresql)
  can_link || want+=(gcc libc6-dev)
  [[ -e /etc/ssl/certs/ca-certificates.crt ]] || want+=(ca-certificates)
  [[ -x /usr/sbin/postfix ]] || extra+=(postfix) # a real mail server for connect/message/smtp; the test starts one of its own
  command -v npm >/dev/null || extra+=(nodejs npm) # a real shop for connect/channel/vendure; its driver may have to be compiled
  { command -v g++ && command -v make && command -v python3; } >/dev/null || extra+=(g++ make python3)
  command -v pdftoppm >/dev/null || extra+=(poppler-utils) # labels are read back from their pictures
  command -v zbarimg >/dev/null || extra+=(zbar-tools)
  command -v chromium >/dev/null || extra+=(chromium fonts-noto-cjk) # the screens are driven in a real browser
  [[ -x /usr/sbin/cupsd && -x /usr/lib/cups/backend/socket ]] || extra+=(cups cups-daemon)
  ((${#want[@]} + ${#extra[@]})) || return 0
  if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "test: missing, and not mine to install: ${want[*]} ${extra[*]}" >&2
    return 0
  fi
  echo "== install ${want[*]} ${extra[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || ((${#want[@]} == 0))
  if [[ " ${want[*]} " == *" postgresql "* ]] && apt-cache show postgresql-15 >/dev/null 2>&1; then
    want=("${want[@]/#postgresql/postgresql-15}")
  fi
  ((${#want[@]} == 0)) || apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
  if command -v debconf-set-selections >/dev/null; then echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections; fi
  local one
  for one in "${extra[@]}"; do
    apt-get install -y -qq --no-install-recommends "$one" >/dev/null || left_out+=("$one could not be installed; what needs it was skipped")
  done
}


clean_up() {
  local pid
  if [[ -s $work/pg/postmaster.pid ]]; then
    pid=$(head -n 1 "$work/pg/postmaster.pid")
    kill -INT "$pid" 2>/dev/null || true
    for _ in {1..100}; do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -QUIT "$pid" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# initdb and postgres refuse to be root.
as_owner() { if [[ $(id -u) == 0 ]]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

start_postgres() {
  local bin port
  bin=$(postgres_bin)
  if [[ -z $bin ]]; then
    left_out+=("PostgreSQL is not installed: every test runs on SQLite only")
    return 0
  fi
  chmod 711 "$work"
  mkdir "$work/pg"
  if [[ $(id -u) == 0 ]]; then chown postgres "$work/pg"; fi
  # No fsync: what these tests prove is not what a disk does.
  as_owner "$bin/initdb" -D "$work/pg" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$work/initdb.log" 2>&1 ||
    { cat "$work/initdb.log" >&2; return 1; }
  for _ in {1..20}; do
    port=$((20000 + RANDOM % 12000))
    if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue; fi
    if as_owner "$bin/pg_ctl" -D "$work/pg" -s -w -l "$work/pg/log" \
      -o "-h 127.0.0.1 -p $port -k $work/pg -c fsync=off -c max_connections=200" start; then
      export PACKHORSE_TEST_POSTGRES="postgres://postgres@127.0.0.1:$port/postgres?sslmode=disable"
      return 0
    fi
  done
  cat "$work/pg/log" >&2
  return 1
}

failed=()
step() {
  local name=$1
  shift
  echo "== $name"
  "$@" || failed+=("$name")
}

formatted() {
  local bad
  bad=$(find . -name '*.go' -not -path '*/node_modules/*' -print0 | xargs -0 gofmt -l)
  [[ -z $bad ]] || { printf 'not formatted by gofmt:\n%s\n' "$bad"; return 1; }
}

stream() {
  go test -count=1 -json ./... || true # the tally tells
  if can_link; then
    echo '{"Action":"section","Output":"race detector"}'
    CGO_ENABLED=1 go test -count=1 -race -json "${raced[@]}" || true
  fi
}

# The screens: units, form, words; dist is what the source gives; journeys in a browser on the real program.
screens() {
  (
    cd web
    npm ci --silent && npm run --silent lint && npm test --silent && npx tsc --noEmit &&
      npx vite build --logLevel error --outDir "$work/screens" --emptyOutDir &&
      { diff -rq "$work/screens" dist || { echo "web/dist is not what its source gives: npm run build in web"; false; }; }
  )
}

journeys() { go build -o "$work/packhorse" ./cmd/packhorse && BINARY="$work/packhorse" node test/browser/run.mjs; }

install_missing
start_postgres
can_link || left_out+=("there is no C compiler: the race detector did not run")

if ! timeout 240 bash connect/channel/vendure/testdata/shop.sh install; then
  left_out+=("a Vendure shop cannot be installed: its connector was tried with recorded answers only")
fi

step gofmt formatted
step "go vet" go vet ./...
step staticcheck go tool staticcheck ./...
steps=3
if command -v npm >/dev/null; then
  step screens screens
  ((++steps))
  if command -v chromium >/dev/null; then
    step "screens in a browser" journeys
    ((++steps))
    [[ ${FULL-} ]] || left_out+=("the less used screens were not looked at by axe, nor any at 1920 pixels: npm run browser in web")
  else
    left_out+=("there is no chromium: the screens were not driven in a browser")
  fi
else
  left_out+=("there is no npm: the screens were neither built nor tried")
fi
echo "== tests"
go build -o "$work/tally" ./test/tally
# Arguments of the tally: what failed before the tests, then what could not be run.
stream | "$work/tally" -failed "$(IFS=';'; echo "${failed[*]-}")" -skipped "$(IFS=';'; echo "${left_out[*]-}")" -steps $steps
