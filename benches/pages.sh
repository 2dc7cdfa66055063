#!/usr/bin/env bash
# CPU-milliseconds a request: a published page beside nginx serving the same
# bytes, a draft with a hundred comments, a comment that is on the disk when it
# is answered. Then how big the program is, how soon it is there and what it
# holds when idle. See README.md.
#
# PRIMUM (the program), SECONDS_EACH (how long each is asked; 5), ROUNDS (3).
set -euo pipefail
primum=${PRIMUM:-${CARGO_TARGET_DIR:-target}/release/primum}
seconds=${SECONDS_EACH:-5}
rounds=${ROUNDS:-3}
page=${PAGE:-/en/editions/1/RES-01}
draft=${DRAFT:-/drafts/RES-06}
comments=100
work=$(mktemp -d)
pids=()
finish() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"; }
trap finish EXIT
for tool in curl wrk nginx; do
    command -v "$tool" >/dev/null || { echo "$tool is missing" >&2 && exit 1; }
done
[ -x "$primum" ] || { echo "no program at $primum: cargo build --release" >&2 && exit 1; }

now_ms() { date +%s%3N; }

# ---- size and start
echo "program: $(stat -c %s "$primum") bytes"
began=$(now_ms)
"$primum" serve --listen 127.0.0.1:0 --data "$work/data" >"$work/serve" 2>"$work/serve.log" &
served=$!
pids+=("$served")
until bare=$(grep -so 'http://[0-9.:]*' "$work/serve" | head -1); do sleep 0.01; done
curl -fs -o /dev/null "$bare/en/"
echo "serve, empty data folder: first page after $(($(now_ms) - began)) ms"
sleep 2
echo "idle: $(awk '/VmRSS/ {print $2, $3}' "/proc/$served/status")"
kill "$served"
wait "$served" 2>/dev/null || true
began=$(now_ms)
"$primum" serve --listen 127.0.0.1:0 --data "$work/data" >"$work/again" 2>>"$work/serve.log" &
served=$!
pids+=("$served")
until bare=$(grep -so 'http://[0-9.:]*' "$work/again" | head -1); do sleep 0.01; done
curl -fs -o /dev/null "$bare/en/"
echo "serve, again: first page after $(($(now_ms) - began)) ms"
kill "$served"

# ---- the demonstration, and nginx beside it
began=$(now_ms)
"$primum" demo --listen 127.0.0.1:0 >"$work/out" 2>"$work/err" &
ours=$!
pids+=("$ours")
until origin=$(grep -so 'http://[0-9.:]*' "$work/out" | head -1); do sleep 0.01; done
curl -fs -o /dev/null "$origin/en/"
echo "demo: first page after $(($(now_ms) - began)) ms"

mkdir "$work/html"
curl -fs -H 'Accept-Encoding: gzip' "$origin$page" >"$work/html/page"
cat >"$work/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; server { listen 127.0.0.1:18081; root $work/html;
  add_header Content-Encoding gzip; default_type text/html; etag on; } }
CONF
chmod 755 "$work" # nginx's workers are another account
nginx -c "$work/nginx.conf" -p "$work" 2>>"$work/nginx.log" &
theirs=$!
pids+=("$theirs")
sleep 1

# Ticks of a process and its children, in ms.
cpu_ms() {
    local total=0 pid
    for pid in "$1" $(pgrep -P "$1" || true); do
        total=$((total + $(awk '{print ($14 + $15) * 10}' "/proc/$pid/stat")))
    done
    echo "$total"
}

measure() { # name pid connections url [wrk's options]
    local name=$1 pid=$2 connections=$3 url=$4 before after
    shift 4
    before=$(cpu_ms "$pid")
    wrk -t1 -c"$connections" -d"${seconds}s" --latency "$@" "$url" >"$work/wrk"
    after=$(cpu_ms "$pid")
    awk -v n="$name, $connections at once" -v ms=$((after - before)) '
        /requests in/ {d = $1} /50%/ {half = $2} /99%/ {p = $2} /Non-2xx/ {bad = $0}
        END {printf "%-42s %8d requests  %.4f CPU-ms a request  p50 %s  p99 %s%s\n",
            n, d, d ? ms / d : 0, half, p, bad}' "$work/wrk"
}

echo "bytes served: $(wc -c <"$work/html/page") (gzip)"
for _ in $(seq "$rounds"); do
    measure 'nginx static' "$theirs" 64 http://127.0.0.1:18081/page -H 'Accept-Encoding: gzip'
    measure 'primum published page' "$ours" 64 "$origin$page" -H 'Accept-Encoding: gzip'
done

# ---- members: who drafts, and who comments
field() { grep -o "name=\"$1\" value=\"$2[^\"]*\"" | head -1 | cut -d'"' -f4; }
once() { head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n'; }
sign_in() { # account, of which it prints the cookies
    local jar="$work/jar-$1" form
    form=$(curl -fs -c "$jar" "$origin/demo")
    curl -fs -o /dev/null -b "$jar" -c "$jar" -H "Origin: $origin" \
        --data-urlencode "csrf=$(field csrf '' <<<"$form")" \
        --data-urlencode "account=$(field account "$1" <<<"$form")" "$origin/demo/sign-in"
    awk 'NF >= 7 && (!/^#/ || /^#HttpOnly_/) {printf "%s=%s; ", $6, $7}' "$jar"
}
drafter="Cookie: $(sign_in pavel)"
cookie="Cookie: $(sign_in sofia)"

# Twenty kilobytes in 40 paragraphs, some words of them by the number of the revision.
prose() {
    awk -v n="$1" 'BEGIN { for (p = 1; p <= 40; p++) { for (w = 1; w <= 80; w++)
        printf "word%d%s", (p * 83 + w * 7 + (w == 40 && p % 4 == n % 4 ? n : 0)) % 997,
            w % 12 ? " " : ", "; printf "end.\n\n" } }'
}
revise() { # number of the change
    local form
    form=$(curl -fs -H "$drafter" "$origin$draft/edit")
    prose "$1" >"$work/prose"
    curl -fs -o /dev/null -H "$drafter" -H "Origin: $origin" \
        --data-urlencode "csrf=$(field csrf '' <<<"$form")" \
        -d "once=$(once)&base=$(field base '' <<<"$form")&intent=save" \
        --data-urlencode title='A list of parts' --data-urlencode statement='Vendors should list parts.' \
        --data-urlencode "rationale@$work/prose" --data-urlencode summary="Change $1" \
        --data-urlencode for:technology-vendors='Vendors should list parts.' "$origin$draft/edit"
}
revise 0

new=$(curl -fs -H "$cookie" "$origin$draft/comments/new")
csrf=$(field csrf '' <<<"$new")
revision=$(field revision '' <<<"$new")
# A form as the page sends it; every one with a token of its own.
cat >"$work/comment.lua" <<LUA
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Origin"] = "$origin"
local number, began = 0, "$(once | head -c 18)"
function request()
  number = number + 1
  return wrk.format(nil, "$draft/comments", nil, "csrf=$csrf&once=" .. began .. number ..
    "&revision=$revision&section=&position=0&capacity=personal&body=Comment+" .. number)
end
LUA
has() { curl -fs -H "$cookie" "$origin$draft" | grep -c '<article class="note"' || true; }
number=0
while [ "$(has)" -lt "$comments" ] && [ "$number" -lt "$comments" ]; do
    number=$((number + 1))
    curl -fs -o /dev/null -H "$cookie" -H "Origin: $origin" --data-urlencode "csrf=$csrf" \
        -d "once=$(once)&revision=$revision&section=rationale&position=$((number % 40 + 1))" \
        -d "capacity=personal&body=Comment+$number" "$origin$draft/comments"
done
echo "draft: $(curl -fs -H "$cookie" "$origin$draft" | wc -c) bytes, $(has) comments and replies"
for _ in $(seq "$rounds"); do
    measure 'primum draft, signed in' "$ours" 16 "$origin$draft" -H "$cookie"
    measure 'primum draft, signed in, gzip' "$ours" 16 "$origin$draft" -H "$cookie" \
        -H 'Accept-Encoding: gzip'
done
before=$(cpu_ms "$ours")
for number in 1 2 3 4 5 6 7 8 9 10; do
    revise "$number"
    curl -fs -o /dev/null -H "$cookie" "$origin$draft"
done
after=$(cpu_ms "$ours")
echo "a save of it: $(((after - before) / 10)) CPU-ms, its form, rendering and the page with every comment placed anew included"
measure 'primum comment, durable' "$ours" 1 "$origin" -H "$cookie" -s "$work/comment.lua"
measure 'primum comment, durable' "$ours" 16 "$origin" -H "$cookie" -s "$work/comment.lua"
awk '/VmRSS|VmHWM/ {print $1, $2, $3}' "/proc/$ours/status"
