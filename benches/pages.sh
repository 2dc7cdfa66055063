#!/usr/bin/env bash
# CPU-milliseconds a request: a published page beside nginx serving the same
# bytes, and a draft with its discussion. See README.md.
set -euo pipefail
primum=${PRIMUM:-${CARGO_TARGET_DIR:-target}/release/primum}
seconds=${SECONDS_EACH:-5}
page=${PAGE:-/en/editions/1/RES-01}
draft=${DRAFT:-/drafts/RES-01}
work=$(mktemp -d)
pids=()
finish() { for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; rm -rf "$work"; }
trap finish EXIT

"$primum" demo --listen 127.0.0.1:0 >"$work/out" 2>"$work/err" &
ours=$!
pids+=("$ours")
until origin=$(grep -o 'http://[0-9.:]*' "$work/out"); do sleep 0.2; done

mkdir "$work/html"
curl -fs -H 'Accept-Encoding: gzip' "$origin$page" >"$work/html/page"
cat >"$work/nginx.conf" <<CONF
worker_processes 2; daemon off; pid $work/nginx.pid; error_log $work/nginx.log;
events { worker_connections 1024; }
http { access_log off; server { listen 127.0.0.1:18081; root $work/html;
  add_header Content-Encoding gzip; default_type text/html; etag on; } }
CONF
nginx -c "$work/nginx.conf" -p "$work" &
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

measure() { # name pid url [header]
    local before after done
    before=$(cpu_ms "$2")
    done=$(wrk -t1 -c64 -d"${seconds}s" --latency -H "${4:-Accept-Encoding: gzip}" "$3" |
        tee "$work/wrk" | awk '/requests in/ {print $1}')
    after=$(cpu_ms "$2")
    awk -v n="$1" -v ms=$((after - before)) -v d="$done" -v p="$(awk '/99%/ {print $2}' "$work/wrk")" \
        'BEGIN {printf "%-28s %8d requests  %.4f CPU-ms a request  p99 %s\n", n, d, ms / d, p}'
    if grep -q 'Non-2xx' "$work/wrk"; then grep 'Non-2xx' "$work/wrk"; fi
}

echo "bytes served: $(wc -c <"$work/html/page") (gzip)"
for _ in 1 2 3; do
    measure "nginx static" "$theirs" "http://127.0.0.1:18081/page"
    measure "primum published page" "$ours" "$origin$page"
done

jar="$work/jar"
csrf=$(curl -fs -c "$jar" "$origin/demo" | grep -o 'name="csrf" value="[^"]*"' | head -1 | cut -d'"' -f4)
account=$(curl -fs -b "$jar" "$origin/demo" | grep -o 'name="account" value="aroha[^"]*"' | head -1 | cut -d'"' -f4)
curl -fs -o /dev/null -b "$jar" -c "$jar" -H "Origin: $origin" \
    --data-urlencode "csrf=$csrf" --data-urlencode "account=$account" "$origin/demo/sign-in"
cookie="Cookie: $(awk 'NF >= 7 && $0 !~ /^# / {printf "%s=%s; ", $6, $7}' "$jar")"
echo "draft: $(curl -fs -H "$cookie" "$origin$draft" | wc -c) bytes," \
    "$(curl -fs -H "$cookie" "$origin$draft" | grep -c 'class="note"') comments and replies"
measure "primum draft, signed in" "$ours" "$origin$draft" "$cookie"
awk '/VmRSS|VmHWM/ {print $1, $2, $3}' "/proc/$ours/status"
