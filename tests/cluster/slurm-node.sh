#!/usr/bin/env bash
# A Slurm of one node for as long as a test takes: munged, slurmctld and slurmd of Debian's slurm-wlm, as root, all their files in one folder.
#   slurm-node.sh start FOLDER    starts it; afterwards SLURM_CONF=FOLDER/slurm.conf leads sbatch and the others to it
#   slurm-node.sh stop FOLDER     ends it
# It ends with 77 where it cannot be set up, with the reason in one line.
set -uo pipefail

start() {
    local folder=$1 host port socket=$1/munge.socket
    host=$(hostname -s)
    port=$((20000 + $$ % 20000))
    mkdir -p "$folder/state" "$folder/spool"
    chmod 755 "$folder"
    (umask 077 && head -c 128 /dev/urandom >"$folder/munge.key")
    munged --key-file="$folder/munge.key" --socket="$socket" --pid-file="$folder/munged.pid" --seed-file="$folder/munge.seed" \
        --log-file="$folder/munged.log" --force || return 1
    cat >"$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
KillWait=5
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=600
PartitionName=all Nodes=ALL Default=YES MaxTime=60 OverSubscribe=NO
CONF
    export SLURM_CONF=$folder/slurm.conf
    slurmctld -f "$SLURM_CONF" && slurmd -f "$SLURM_CONF" || return 1
    for _ in $(seq 100); do
        [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && return 0
        sleep 0.2
    done
    tail -n 5 "$folder"/*.log
    return 1
}

stop() {
    local name pid
    for name in slurmd slurmctld munged; do
        pid=$(cat "$1/$name.pid" 2>/dev/null) || continue
        kill "$pid"
        for _ in $(seq 50); do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
    done
}

if [ "$1" = stop ]; then
    stop "$2"
elif ! command -v slurmctld slurmd sbatch munged >/dev/null; then
    echo "slurm-wlm is not installed"
    exit 77
elif [ "$(id -u)" -ne 0 ]; then
    echo "a Slurm of one's own needs root"
    exit 77
else
    start "$2"
fi
