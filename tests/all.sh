#!/usr/bin/env bash
# Every check there is: format, lints, unit and integration tests on SQLite and
# PostgreSQL, journeys in Chromium, licences of dependencies.
#
# On Debian and Ubuntu, as root or with sudo, it installs what it lacks;
# elsewhere it says what is missing and stops. What it downloads or builds is
# kept in ~/.cache/primum. What it starts, it ends.
#
# Set beforehand, these are used as they are: CARGO_TARGET_DIR,
# PRIMUM_TEST_AXE (path of axe.min.js), PRIMUM_TEST_HTML_VALIDATE and
# PRIMUM_TEST_CHROMEDRIVER (paths of the programs), PRIMUM_TEST_POSTGRES (URL
# of an empty database on a server nobody needs).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly AXE_VERSION=4.14.1
readonly HTML_VALIDATE_VERSION=9.7.1
readonly DENY_VERSION=0.20.2
readonly CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/primum"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$CACHE/target}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-auto}"
cluster=
cluster_owner=()

main() {
    trap clean_up EXIT
    trap 'exit 130' INT TERM
    mkdir -p "$CACHE"
    stage 'programs' install_programs
    stage 'format' cargo fmt --check
    stage 'dependencies' cargo fetch --locked
    stage 'licences and bans' check_dependencies
    stage 'axe-core and html-validate' install_page_checks
    stage 'PostgreSQL' start_postgres
    stage 'lints' cargo clippy --all-targets --features postgres -- -D warnings
    stage 'tests' run_tests
    say "everything passed ($SECONDS s in all)"
}

say() { printf '[primum] %s\n' "$@"; }
fail() { say "$@" >&2 && exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

stage() {
    local name=$1 began=$SECONDS
    shift
    say "$name …"
    "$@"
    say "$name: $((SECONDS - began)) s"
}

clean_up() {
    local status=$?
    trap - EXIT
    if [ -n "$cluster" ]; then
        if [ -f "$cluster/data/postmaster.pid" ]; then
            postgres_tool pg_ctl -D "$cluster/data" -m immediate -w stop >/dev/null || true
        fi
        rm -rf "$cluster"
    fi
    [ "$status" -eq 0 ] || say "FAILED after $SECONDS s" >&2
    exit "$status"
}

# ---- programs

# The folder of PostgreSQL's server programs. Debian keeps it off PATH.
postgres_bin() {
    local folder
    folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
    if [ -x "$folder/initdb" ]; then
        echo "$folder"
    elif has initdb && has pg_ctl; then
        dirname "$(command -v initdb)"
    fi
}

# One line for each Debian package that is missing.
missing_packages() {
    has cc && has make || echo build-essential
    has perl || echo perl
    has git || echo git
    [ -n "${PRIMUM_TEST_POSTGRES:-}" ] || [ -n "$(postgres_bin)" ] || echo postgresql
    if [ -z "${PRIMUM_TEST_CHROMEDRIVER:-}" ] && ! has chromedriver; then
        echo chromium
        echo chromium-driver
    fi
    { [ -n "${PRIMUM_TEST_AXE:-}" ] || [ -f "$(axe_file)" ]; } &&
        { [ -n "${PRIMUM_TEST_HTML_VALIDATE:-}" ] || [ -f "$(html_validate_file)" ]; } ||
        has npm || echo npm
}

install_programs() {
    has cargo || fail 'cargo is missing: install Rust (Cargo.toml names the version)'
    if ! { cargo fmt --version && cargo clippy --version; } >/dev/null; then
        fail 'rustfmt or clippy is missing: rustup component add rustfmt clippy'
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    [ "${#missing[@]}" -eq 0 ] || install_packages "${missing[@]}"
    export PRIMUM_TEST_CHROMEDRIVER="${PRIMUM_TEST_CHROMEDRIVER:-$(command -v chromedriver)}"
}

install_packages() {
    local wanted="missing, by their Debian names: $*" apt=()
    if ! grep -qsE '^ID=(debian|ubuntu)$' /etc/os-release; then
        fail "$wanted" 'Install them, then run this again.'
    elif grep -qs '^ID=ubuntu$' /etc/os-release && [[ " $* " == *' chromium '* ]]; then
        fail "$wanted" 'Ubuntu has Chromium only as a snap, which cannot open a profile in /tmp.' \
            'Install Chrome and its chromedriver from elsewhere, and name the driver in' \
            'PRIMUM_TEST_CHROMEDRIVER.'
    elif [ "$(id -u)" -ne 0 ]; then
        if ! has sudo || { ! [ -t 0 ] && ! sudo -n true; }; then
            fail "$wanted" 'Run this as root or with sudo, or install them.'
        fi
        apt=(sudo)
    fi
    apt+=(env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300)
    say "installing $*"
    "${apt[@]}" update
    "${apt[@]}" install -y --no-install-recommends "$@"
}

# ---- what pages are held to: axe-core's rules, valid HTML

axe_file() { echo "$CACHE/axe-$AXE_VERSION/node_modules/axe-core/axe.min.js"; }
html_validate_file() {
    echo "$CACHE/html-validate-$HTML_VALIDATE_VERSION/node_modules/.bin/html-validate"
}

install_page_checks() {
    export PRIMUM_TEST_AXE="${PRIMUM_TEST_AXE:-$(axe_file)}"
    export PRIMUM_TEST_HTML_VALIDATE="${PRIMUM_TEST_HTML_VALIDATE:-$(html_validate_file)}"
    [ -f "$PRIMUM_TEST_AXE" ] || install_from_npm axe-core axe "$AXE_VERSION"
    [ -f "$PRIMUM_TEST_HTML_VALIDATE" ] ||
        install_from_npm html-validate html-validate "$HTML_VALIDATE_VERSION"
    [ -f "$PRIMUM_TEST_AXE" ] || fail "PRIMUM_TEST_AXE: no file $PRIMUM_TEST_AXE"
    [ -f "$PRIMUM_TEST_HTML_VALIDATE" ] ||
        fail "PRIMUM_TEST_HTML_VALIDATE: no file $PRIMUM_TEST_HTML_VALIDATE"
}

install_from_npm() { # package folder version
    npm install --prefix "$CACHE/$2-$3" --no-save --ignore-scripts \
        --no-audit --no-fund --loglevel=error "$1@$3"
}

# ---- PostgreSQL, a cluster of our own that is thrown away

# PostgreSQL refuses to run as root, and complains of a folder it cannot read.
postgres_tool() {
    local program=$1
    shift
    (cd / && "${cluster_owner[@]}" "$(postgres_bin)/$program" "$@")
}

start_postgres() {
    [ -z "${PRIMUM_TEST_POSTGRES:-}" ] || return 0
    local port
    cluster=$(mktemp -d /tmp/primum-postgres.XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then
        id postgres >/dev/null 2>&1 || useradd --system --home-dir / --shell /bin/false postgres
        cluster_owner=(runuser -u postgres --)
        chown postgres: "$cluster"
    fi
    postgres_tool initdb -D "$cluster/data" --username=primum --auth=trust --encoding=UTF8 \
        --no-locale --no-sync >"$cluster/initdb.log" || fail "$(cat "$cluster/initdb.log")"
    for _ in 1 2 3 4 5; do # a port may be taken
        port=$((20000 + RANDOM % 12000))
        if postgres_tool pg_ctl -D "$cluster/data" -l "$cluster/data/log" -w start -o "-p $port \
            -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 \
            -c fsync=off -c full_page_writes=off -c synchronous_commit=off" >/dev/null; then
            postgres_tool createdb -h 127.0.0.1 -p "$port" -U primum primum
            export PRIMUM_TEST_POSTGRES="postgres://primum@127.0.0.1:$port/primum"
            say "PostgreSQL listens on port $port until the tests end"
            return 0
        fi
    done
    fail 'PostgreSQL does not start:' "$(cat "$cluster/data/log")"
}

# ---- checks

check_dependencies() {
    local deny="$CACHE/tools/bin/cargo-deny"
    if [ "$("$deny" --version 2>/dev/null)" != "cargo-deny $DENY_VERSION" ]; then
        # Unoptimised: it builds in a fraction of the time and runs in seconds.
        env -u CARGO_TARGET_DIR CARGO_PROFILE_DEV_DEBUG=0 cargo install --locked --debug --force \
            --root "$CACHE/tools" "cargo-deny@$DENY_VERSION"
    fi
    "$deny" --offline check licenses bans sources
}

# Tests that need PostgreSQL or Chromium are marked #[ignore]; here none may be.
run_tests() {
    local log="$CACHE/tests.$$.log" results
    cargo test --features postgres -- --include-ignored 2>&1 | tee "$log" || {
        rm -f "$log"
        return 1
    }
    results=$(grep '^test result: ' "$log" || true)
    rm -f "$log"
    [ -n "$results" ] || fail 'cargo test ran no test'
    if grep -qv '; 0 ignored;' <<<"$results"; then
        fail 'some tests were ignored:' "$results"
    fi
}

main "$@"
