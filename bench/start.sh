#!/usr/bin/env bash
# From the command to the first healthy answer, and what the idle server then takes of memory:
# bench/start.sh [runs, 7]. With the JDK's ahead-of-time cache and without, through the launcher and
# with java alone; medians. Needs curl.
set -euo pipefail
export LC_ALL=C
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
runs=${1:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$home/polder" build
"$home/polder" version >/dev/null # makes the cache
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" --version | grep -q ' 25' || { echo "bench/start.sh: JAVA_HOME must be a JDK 25" >&2; exit 1; }
classpath=$(printf '%s:' "$home"/server/target/polder.jar "$home"/server/target/lib/*.jar)
options=(-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
  -XX:Tier4InvocationThreshold=1500 -XX:Tier4MinInvocationThreshold=200
  -XX:Tier4CompileThreshold=4500 -XX:Tier4BackEdgeThreshold=12000 -XX:CompileCommand=quiet
  '-XX:CompileCommand=CompileThresholdScaling,software.amazon.awssdk.*::*,0.2')
cached=(-XX:AOTCache="$home/server/target/polder.aot" -Xlog:disable)

# Prints milliseconds to the ready line, to the healthy answer, and on cores until then (which say the
# same where others use the machine too), and KiB two seconds later.
once() {
  local begin ready pid endpoint healthy cpu
  rm -rf "$work/data"
  : >"$work/out"
  begin=$(date +%s%N)
  "$@" start --port 0 --data "$work/data" >"$work/out" 2>&1 &
  pid=$!
  while ! endpoint=$(sed -n 's/^ready //p' "$work/out") || [ -z "$endpoint" ]; do
    kill -0 "$pid" || { cat "$work/out" >&2; exit 1; }
    sleep 0.005
  done
  ready=$(date +%s%N)
  curl -sf "$endpoint/_polder/health" >/dev/null
  healthy=$(date +%s%N)
  # User and system time of the process and of the children it has waited for.
  cpu=$(awk -v tick="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); print int(($12 + $13 + $14 + $15) * 1000 / tick) }' "/proc/$pid/stat")
  sleep 2
  echo "$(((ready - begin) / 1000000)) $(((healthy - begin) / 1000000)) $cpu $(sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$pid/status")"
  kill "$pid"
  wait "$pid" || true
}

median() { cut -d ' ' -f "$1" "$2" | sort -n | sed -n "$(((runs + 1) / 2))p"; }

measure() {
  local name=$1 i
  shift
  : >"$work/figures"
  for ((i = 0; i < runs; i++)); do once "$@" >>"$work/figures"; done
  printf '%-28s ready %5d ms   healthy %5d ms   on cores %5d ms   idle %4d MiB\n' "$name" \
    "$(median 1 "$work/figures")" "$(median 2 "$work/figures")" "$(median 3 "$work/figures")" "$(($(median 4 "$work/figures") / 1024))"
}

measure "launcher, cache" "$home/polder"
measure "launcher, no cache" env POLDER_AOT=off "$home/polder"
measure "java, cache" "$java" "${options[@]}" "${cached[@]}" -cp "${classpath%:}" dev.polder.Main
measure "java, no cache" "$java" "${options[@]}" -cp "${classpath%:}" dev.polder.Main
