/* SPDX-License-Identifier: 0BSD */
/* Parse the first line of the input as a header, and each further line as a row. */
#include <stdlib.h>
#include <string.h>

#include "kernel/sysvipc_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct ipc_obj *o)
{
	if (!ipc_has(o, F_KEY) || !ipc_has(o, F_ID))
		abort();
	if (o->v[F_ID] < 0 || o->v[F_ID] > INT32_MAX || o->v[F_KEY] < 0 || o->v[F_KEY] > UINT32_MAX)
		abort();
	if (ipc_has(o, F_MODE) && (o->v[F_MODE] & ~(IPC_PERMS | IPC_DEST | IPC_LOCKED)))
		abort();
	if (ipc_has(o, F_UID) && (o->v[F_UID] < 0 || o->v[F_UID] > UINT32_MAX))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data, *end = s + size;
	enum ipc_kind kind = size % IPC_NSYSV;
	uint64_t numbers[4];
	uint32_t value;
	struct sysvipc_text f;
	struct ipc_obj o;
	int known = 0;

	if (sysvipc_semaphore(data, size >= 32 ? 32 : size >= 16 ? 16 : 0, size % 2, &value) >= 0 && value > INT32_MAX)
		abort();
	sysvipc_mqueue(s, size, &numbers[0], &numbers[1]);
	sysvipc_numbers(s, size, numbers, 1 + size % 4);
	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		size_t len = newline ? (size_t)(newline - s) + 1 : (size_t)(end - s);
		uint64_t bytes = 0;
		ptrdiff_t n;
		char *rest;

		/* Terminated, in a block of its own, so that sanitizers notice a read beyond it. */
		rest = malloc((size_t)(end - s) + 1);
		if (rest == NULL)
			return 0;
		memcpy(rest, s, (size_t)(end - s));
		rest[end - s] = '\0';
		if (sysvipc_huge_page(rest, len, &bytes) && bytes == 0)
			abort();
		if (known)
			n = sysvipc_row(&f, kind, rest, (size_t)(end - s), &o);
		else
			n = sysvipc_header(&f, kind, rest, (size_t)(end - s));
		free(rest);
		if (newline ? n >= 0 && n != (ptrdiff_t)len : n > 0 || (known && n != 0))
			abort();
		if (known && n > 0)
			check(&o);
		known |= n > 0;
		s += len;
	}
	return 0;
}
