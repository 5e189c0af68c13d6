/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_LIMIT_H
#define CORE_LIMIT_H

#include <stddef.h>
#include <stdint.h>

#include "base/ipc.h"

/* What a limit counts, which decides how it is shown. */
enum limit_unit { LIMIT_COUNT, LIMIT_BYTES, LIMIT_KBYTES, LIMIT_PAGES };

/* LIMIT_UNCOUNTED stands for the usage of a limit that nothing counts against. */
enum { LIMIT_NAME = 16, LIMIT_UNCOUNTED = F_COUNT };

/*
 * One limit: its name, which JSON has in lower case, the field that carries it, the
 * field of the kind's usage that counts against it, the label of `ipcs -l`, and where
 * it comes from: word number `word` of the `words` that the file at `sysctl` below
 * the proc root holds, or, where sysctl is NULL, the constant `fixed` that every
 * kernel has, or, where that is 0, a call or a file system of its own.
 */
struct limit {
	char name[LIMIT_NAME];
	uint8_t kind, field, used, unit, word, words;
	uint32_t fixed;
	const char *sysctl, *label;
};

extern const struct limit limits[];
extern const size_t limit_count;

#endif
