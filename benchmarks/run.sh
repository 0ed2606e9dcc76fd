#!/usr/bin/env bash
# Measures the client beside what a user would pick instead, and writes RESULTS.md and results.svg.
# Usage: benchmarks/run.sh            all of it, in about half an hour
#        benchmarks/run.sh --smoke    one short iteration, to see that it works; writes to target/ only
#        benchmarks/run.sh --live     feeds and streams only; writes to target/ only
# Needs nginx. Takes part if it is there: Node.js with npm (the official SDK), ../shared/contract/openapi.yaml or
# the file that OPENAPI_FILE names (the generated client).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$root/benchmarks/target

smoke=false
live=false
results=$root/benchmarks
if [ "${1:-}" = --live ]; then
  live=true
fi
if [ "${1:-}" = --smoke ]; then
  smoke=true
  results=$work
fi
PATH=$PATH:/usr/sbin
command -v nginx >/dev/null || { echo "nginx is missing: on Debian 'apt-get install nginx-light' brings it" >&2; exit 1; }
java=java
if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
fi

openapi=${OPENAPI_FILE:-$root/../shared/contract/openapi.yaml}
# The emulator holds polls, which nginx can't
modules=benchmarks,trigger-emulator
options=()
if [ "$smoke$live" = falsefalse ] && [ -f "$openapi" ]; then
  modules+=,benchmarks/generated-client
  options=(-Pgenerated-client "-Dopenapi.file=$openapi")
else
  echo "The generated client does not take part: $([ "$smoke$live" = falsefalse ] && echo "there is no $openapi" || echo "this run is a short one")"
fi
./mvnw -B -ntp -q -pl "$modules" -am package "${options[@]}" -DskipTests -Dmaven.test.skip -Dmaven.javadoc.skip -Dmaven.source.skip

classpath=$work/classes:$(cat "$work/classpath.txt")
generated=
if [ "${#options[@]}" -gt 0 ]; then
  generated=$root/benchmarks/generated-client/target
  generated=$generated/classes:$(cat "$generated/classpath.txt")
fi

node=
if command -v node >/dev/null && command -v npm >/dev/null; then
  mkdir -p "$work/node"
  cp benchmarks/src/main/node/* "$work/node/"
  (cd "$work/node" && npm install --no-audit --no-fund --ignore-scripts --no-package-lock --prefer-offline >/dev/null)
  node=$work/node/worker.mjs
else
  echo "The official SDK does not take part: there is no Node.js with npm"
fi

exec "$java" -cp "$classpath" "-Dbenchmark.smoke=$smoke" "-Dbenchmark.live=$live" "-Dbenchmark.work=$work" "-Dbenchmark.results=$results" \
  "-Dbenchmark.generated=$generated" "-Dbenchmark.node=$node" \
  "-Dbenchmark.emulator=$(ls "$root"/trigger-emulator/target/trigger-emulator-*-exec.jar)" dev.trigger.spring.benchmark.Benchmarks
