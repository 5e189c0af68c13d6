# SPDX-License-Identifier: 0BSD
# shellcheck shell=sh
# Sourced: what sizes, instructions, system calls and times depend on.
tools() {
	echo "$(uname -m), Linux $(uname -r | cut -d . -f 1,2)," \
		"$(musl-gcc --version 2>/dev/null | head -n 1), musl $(dpkg-query -W -f='${Version}' musl-dev 2>/dev/null)"
}

# recorded: true if tests/bench/budgets was recorded with the tools of this machine.
recorded() {
	grep -qxF "tools: $(tools)" "$SOURCE/tests/bench/budgets"
}
