#!/usr/bin/env bash
# A sweep in four tasks by one of the schedulers that Debian has, with the files of docs/examples/cluster, against the tables of one process; then the
# same with a task that is killed, which "hetero sweep missing" has to name, and which alone is made again.
#   run.sh install                                           installs what is missing of them, as root
#   run.sh slurm|parallel|snakemake|make|variables FOLDER    runs one, with the "hetero" of PATH; FOLDER may be that of the one before
# It ends with 77 and a line that says why where something is missing.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
examples=$here/../../docs/examples/cluster
sweep=(--vary spread=4:7:4 --seeds 4 --dimension 40)

fail() { echo "FAILED: $*"; exit 1; }
skip() { echo "$*"; exit 77; }
need() { command -v "$@" >/dev/null || skip "$1 is not installed"; }

await() { # await SECONDS WHAT COMMAND...: until the command succeeds
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || fail "$what takes more than its time"
        sleep 0.1
    done
}

plan() { # plan NAME quick|long: a sweep of four tasks in the folder of that name; there is time to kill those of a long one
    local options=("${sweep[@]}" --steps 100) seconds=0.0045
    [ "$2" = long ] && options=("${sweep[@]}" --steps 64000 --every 8000) seconds=2.6
    one=$work/one-$2
    [ -e "$one/cells.csv" ] || hetero sweep "${options[@]}" --out "$one" || fail "the sweep of one process"
    export SWEEP=$work/$1
    rm -rf "$SWEEP"
    hetero sweep plan "${options[@]}" --task-seconds $seconds --out "$SWEEP" || fail "the plan"
    mapfile -t ids < <(sed -n 's/.*"id": "\([0-9a-f]*\)".*/\1/p' "$SWEEP/plan.json")
    [ "${#ids[@]}" -eq 4 ] || fail "the plan has ${#ids[@]} tasks in the place of 4"
}

missing() { # missing NUMBERS: what "hetero sweep missing" says, in its exit code too
    local found code
    found=$(hetero sweep missing --out "$SWEEP")
    code=$?
    [ "$found" = "$1" ] || fail "'$found' is missing in the place of '$1'"
    [ "$code" -eq $((${#1} > 0 ? 3 : 0)) ] || fail "the exit code of missing is $code"
}

merged() { # merged [COMMAND...]: the tables are those of one process
    "${@:-true}" || fail "$*"
    missing ""
    for table in runs.csv cells.csv; do
        cmp "$one/$table" "$SWEEP/$table" || fail "$table is another than that of one process"
    done
}

has_rows() { # has_rows NUMBER: the task has a row, and is not yet whole
    [ "$(wc -l 2>/dev/null <"$SWEEP/tasks/${ids[$1 - 1]}.log" || echo 0)" -ge 2 ]
}

kill_task() { # kill_task NUMBER: kills the process that works on it, whoever has started it
    await 120 "the first run of task $1" has_rows "$1"
    local process
    process=$(workers "${ids[$1 - 1]}" | head -n 1)
    [ -n "$process" ] && kill -9 "$process" || fail "nobody works on task $1"
}

workers() { # workers ID: the processes that have the log of a task open
    find /proc/[0-9]*/fd -lname "$SWEEP/tasks/$1.log" 2>/dev/null | cut -d / -f 3
}

begin() {
    work=$(mkdir -p "$1" && cd "$1" && pwd) || exit 1
    cd "$work" || exit 1
    need hetero
    rm -rf node hetero-sweep-*.log
}

slurm() {
    need sbatch
    "$here/slurm-node.sh" start "$work/node" || exit $?
    trap '"$here/slurm-node.sh" stop "$work/node"' EXIT
    export SLURM_CONF=$work/node/slurm.conf
    plan slurm quick
    array
    merged hetero sweep merge --out "$SWEEP"

    # One task killed, one asked to stop: it starts again by itself, and goes on.
    plan slurm-killed long
    submit
    kill_task 2
    await 120 "the first run of task 3" has_rows 3
    timeout 10 scancel --signal=USR1 "${job}_3"
    finished
    grep -qE 'task 3 of 4: cancelled; [1-3] of 4 runs (is|are) kept' "hetero-sweep-${job}_3.log" || fail "task 3 did not keep what it had"
    grep -q 'task 3 of 4, 4 runs, [1-3] of them kept' "hetero-sweep-${job}_3.log" || fail "task 3 did not go on"
    missing 2
    array
    merged hetero sweep merge --out "$SWEEP"
}

submit() { job=$(sbatch --parsable --array="$(hetero sweep missing --out "$SWEEP")" "$examples/array.sbatch") || fail "sbatch"; }
finished() { await 180 "the array" eval '[ -z "$(squeue -h)" ]'; }
array() { submit && finished; }

parallel_() {
    need parallel
    plan parallel long
    parallel -N0 -j2 'hetero sweep task --out "$SWEEP"' ::: {1..4} &
    kill_task 2
    wait $! && fail "parallel does not see that a task was killed"
    missing 2
    parallel 'hetero sweep task --out "$SWEEP" --task {}' < <(hetero sweep missing --out "$SWEEP" --lines) || fail "parallel"
    merged hetero sweep merge --out "$SWEEP"
}

snakemake_() {
    need snakemake
    local call=(snakemake --snakefile "$examples/Snakefile" --cores 2 --quiet --nolock --rerun-incomplete --config)
    plan snakemake long
    "${call[@]}" sweep="$SWEEP" &
    killed_with $!
    merged "${call[@]}" sweep="$SWEEP"
}

make_() {
    need make
    plan make long
    make -f "$examples/Makefile" -j2 SWEEP="$SWEEP" &
    killed_with $!
    merged make -f "$examples/Makefile" -j2 SWEEP="$SWEEP"
}

killed_with() { # killed_with PROCESS: kills it, and the task that is next to begin with what it has done so far
    local number left=()
    await 120 "the first run" eval 'has_rows 1 || has_rows 2 || has_rows 3 || has_rows 4'
    kill -9 "$1"
    for number in 1 2 3 4; do
        if has_rows $number && [ ! -e "$SWEEP/tasks/${ids[number - 1]}.csv" ]; then
            kill_task $number
            break
        fi
    done
    wait "$1"
    await 120 "what is under way" eval '[ -z "$(workers "*")" ]'
    for number in 1 2 3 4; do
        [ -e "$SWEEP/tasks/${ids[number - 1]}.csv" ] || left+=("$number")
    done
    [ ${#left[@]} -gt 0 ] || fail "nothing is left to be done"
    [ "$(hetero sweep missing --lines --out "$SWEEP" | xargs)" = "${left[*]}" ] || fail "missing does not name ${left[*]}"
}

# The schedulers that Debian does not have, by the commands and variables that they start a task with.
variables() {
    local index command
    plan pbs quick
    for index in 1 2 3 4; do
        env PBS_O_WORKDIR="$work" PBS_ARRAY_INDEX=$index bash "$examples/array.pbs" || fail "task $index of PBS"
    done
    merged hetero sweep merge --out "$SWEEP"

    plan kubernetes quick
    command=$(sed -n 's/^ *command: \[\(.*\)\]$/\1/p' "$examples/job.yaml" | tr -d '",')
    [ "$(sed -n 's/^ *completions: //p' "$examples/job.yaml")" -eq 4 ] || fail "the Job has another number of tasks"
    for index in 0 1 2 3; do
        env JOB_COMPLETION_INDEX=$index ${command/\/sweep/$SWEEP} || fail "index $index of Kubernetes"
    done
    merged hetero sweep merge --out "$SWEEP"

    plan condor quick
    command=$(sed -n 's/^arguments *= //p' "$examples/tasks.sub")
    command=${command/--out sweep/--out $SWEEP}
    for index in $(hetero sweep missing --lines --out "$SWEEP"); do
        hetero ${command/\$(task)/$index} || fail "task $index of HTCondor"
    done
    merged hetero sweep merge --out "$SWEEP"
}

install() {
    local packages=() quiet=(env DEBIAN_FRONTEND=noninteractive timeout 120 apt-get -qq -o=Dpkg::Use-Pty=0)
    command -v sbatch slurmctld >/dev/null || packages+=(slurm-client slurmctld slurmd munge)
    command -v parallel >/dev/null || packages+=(parallel)
    command -v snakemake >/dev/null || packages+=(snakemake)
    command -v make >/dev/null || packages+=(make)
    [ ${#packages[@]} -eq 0 ] && return
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null || skip "not installed without root and apt-get: ${packages[*]}"
    "${quiet[@]}" install -y --no-install-recommends "${packages[@]}" >/dev/null 2>&1 \
        || { "${quiet[@]}" update && "${quiet[@]}" install -y --no-install-recommends "${packages[@]}"; } >/dev/null 2>&1 \
        || skip "could not be installed by apt-get: ${packages[*]}"
}

case ${1-} in
install) install ;;
slurm | variables) begin "$2" && "$1" ;;
parallel | snakemake | make) begin "$2" && "$1_" ;;
*) sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" && exit 2 ;;
esac
