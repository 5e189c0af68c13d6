#!/bin/sh
# SPDX-License-Identifier: 0BSD
# Builds the program of the static preset, which the static tests run on.
set -e
command -v musl-gcc >/dev/null || { echo "musl-gcc is not installed (Debian: musl-tools)"; exit 1; }
cd "$SOURCE"
cmake --preset static
cmake --build --preset static --parallel "$(nproc)"
