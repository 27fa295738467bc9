#!/usr/bin/env bash
# bench/Hetero.Fuzz/run.sh [SECONDS=60]: fuzzes the readers of arrays, archives and manifests under coverage, first copies of them with a check taken out, which must be found, then as they are.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
seconds=${1:-60}
work=$(mktemp -d)
HETERO_FUZZ_FOLDER=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
export HETERO_FUZZ_FOLDER
trap 'rm -rf "$work" "$HETERO_FUZZ_FOLDER"' EXIT
export AFL_SKIP_BIN_CHECK=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 DOTNET_TieredPGO=0 DOTNET_GCHeapHardLimit=0x20000000

# A check that is there no more, and what a crash then says of where it was.
names=(header order archive)
declare -A files=([header]=NpyHeader.cs [order]=FortranOrder.cs [archive]=NpzArchive.cs)
declare -A edits=(
    [header]='s/length > MostBytes/length > uint.MaxValue/'
    [order]='s/_place -= .*;/_place -= 0;/'
    [archive]='s/exception is InvalidDataException or EndOfStreamException/exception is EndOfStreamException/')
declare -A signs=([header]='bytes of memory for a file|Out of memory' [order]='FortranOrder.Scatter' [archive]='InvalidDataException')

build() { # build SOURCE NAME
    dotnet publish -c Release "$1/bench/Hetero.Fuzz" -o "$work/$2-bin" -p:RunAnalyzers=false -v q -nologo >"$work/$2-build.log" || { cat "$work/$2-build.log"; exit 1; }
    (cd "$work" && dotnet sharpfuzz "$2-bin/Hetero.Experiments.dll")
}
fuzz() { # fuzz NAME SEEDS OPTION…: seconds of it
    afl-fuzz -V "$seconds" "${@:3}" -i "$work/$2" -o "$work/$1" -x "$work/words" -t 10000 -m none -- dotnet "$work/$1-bin/Hetero.Fuzz.dll" >"$work/$1.log" 2>&1 || { tail -n 20 "$work/$1.log"; exit 1; }
    grep -E '^(run_time|execs_done|execs_per_sec|corpus_count|edges_found|saved_crashes|saved_hangs)' "$work/$1/default/fuzzer_stats" | tr -s ' ' | paste -sd, | sed 's/,/, /g'
}

(cd "$work" && dotnet new tool-manifest >/dev/null && dotnet tool install SharpFuzz.CommandLine --version 2.3.0 >/dev/null)
mkdir "$work/in"
arrays=$root/tests/Hetero.Experiments.Tests/Arrays/NumPy
for name in n f c; do { printf %s $name; cat "$arrays/f8-little-C-1.npy"; } >"$work/in/array-$name"; done
{ printf n; cat "$arrays/f8-big-F-2.npy"; } >"$work/in/fortran"
{ printf n; cat "$arrays/vector.npy"; } >"$work/in/vector"
{ printf z; cat "$arrays/plain.npz"; } >"$work/in/archive"
printf 'm%s' '{"format":"hetero-data","version":1,"dimension":4,"layout":"svec","environments":[{"measurements":"x.npy","responses":"y.npy"}]}' >"$work/in/manifest"
# The smallest array, from which all that is in a header is near.
mkdir "$work/small"
cp "$work/in/archive" "$work/small"
printf 'n\x93NUMPY\x01\x00\x3b\x00%s%32s' "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }" "" >"$work/small/array"
cp "$work/small/array" "$work/in/small"
printf '"%s"\n' "'<f8'" "'>f8'" "'<f4'" "'>f4'" 'True ' 'False' '(4, 1)' '(2, 3)' '(7,)' '()' NUMPY '\x93NUMPY\x02\x00' '\x50\x4b\x03\x04' '\x50\x4b\x01\x02' probability truth recipe square vector rank-one >"$work/words"

mkdir -p "$work/planted/bench" && cp -r "$root"/{src,build,Directory.*,global.json} "$work/planted/" && cp -r "$root/bench/Hetero.Fuzz" "$work/planted/bench/"
find "$work/planted" -type d \( -name bin -o -name obj \) -prune -exec rm -rf {} +
for name in "${names[@]}"; do
    file=$work/planted/src/Hetero.Experiments/Arrays/${files[$name]}
    sed -i "${edits[$name]}" "$file"
    ! cmp -s "$file" "$root/src/Hetero.Experiments/Arrays/${files[$name]}" || { echo "There is no check to take out in ${files[$name]}."; exit 1; }
done
echo "without three checks:"
build "$work/planted" planted
# In the order of the seeds: by chance a run may begin with the archive, and change each of its bytes in turn for more than 100,000 runs before it comes to the array.
fuzz planted small -D -Z -s 1
for name in "${names[@]}"; do
    found=
    for crash in $(ls "$work"/planted/default/crashes/id:* 2>/dev/null | sort); do
        # A crash is the first, by time, that says so.
        if { dotnet "$work/planted-bin/Hetero.Fuzz.dll" <"$crash" 2>&1 || true; } 2>/dev/null | grep -qE "${signs[$name]}"; then
            found=$(basename "$crash" | sed -E 's/.*time:([0-9]+).*execs:([0-9]+).*/\1 ms, \2 runs/')
            break
        fi
    done
    [ -n "$found" ] || { echo "  $name was not found in $seconds s."; exit 1; }
    echo "  $name: found after $found"
done
echo "as they are:"
build "$root" plain
fuzz plain in
if ls "$work/plain/default/crashes" "$work/plain/default/hangs" | grep -q id:; then
    rm -rf ./fuzz-findings && cp -r "$work/plain/default" ./fuzz-findings
    echo "Found something: ./fuzz-findings"
    exit 1
fi
