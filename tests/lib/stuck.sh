# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
#
# Programs that wait in write(2), because their standard output is a full pipe, so that something can happen
# meanwhile.  Source after tap.sh and private.

# await COMMAND...: wait until the command succeeds; fail after 20 seconds.
await() {
	await_left=400
	until "$@" 2>/dev/null; do
		await_left=$((await_left - 1))
		if [ $await_left -eq 0 ]; then
			ok 1 "await $*"
			return 1
		fi
		sleep 0.05
	done
}

# stuck COMMAND...: start it; sets pid.
stuck() {
	rm -f "$scratch/pipe"
	mkfifo "$scratch/pipe"
	exec 3<>"$scratch/pipe"
	dd if=/dev/zero of="$scratch/pipe" oflag=nonblock bs=4096 count=4096 2>/dev/null
	"$@" >"$scratch/pipe" 2>"$scratch/err" 3>&- &
	pid=$!
}

# fail_stuck: close the pipe, so that its output has no reader; sets code and err.
fail_stuck() {
	exec 3>&-
	wait "$pid"
	code=$?
	err=$(cat "$scratch/err")
}

# read_stuck: read its output; sets code, out and err.
read_stuck() {
	exec 4<"$scratch/pipe"
	tr -d '\0' <&4 >"$scratch/out" 3>&- &
	exec 3>&- 4<&-
	wait "$pid"
	code=$?
	wait
	out=$(cat "$scratch/out")
	err=$(cat "$scratch/err")
}
