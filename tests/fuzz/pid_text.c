/* SPDX-License-Identifier: 0BSD */
/* Parse each line of the input as one of maps, smaps, syscall and mountinfo, and the whole input as an auxv. */
#include <stdlib.h>
#include <string.h>

#include "kernel/pid_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The line is in memory of exactly its length, so that sanitizers notice any read beyond it. */
static void check(const char *line, size_t len)
{
	static const char name[] = "/SYSV";
	char *copy = malloc(len + (len == 0));
	struct pid_mapping m;
	uint64_t bytes, number, args[2];
	bool hides;

	if (copy == NULL)
		abort();
	memcpy(copy, line, len);
	if (pid_mapping(copy, len, &m) == 0) {
		if (m.from >= m.to || strlen(m.access) != 4)
			abort();
		if (m.segment && (m.inode > INT32_MAX || len < 23 || memcmp(copy + len - 23, name, sizeof name - 1) != 0))
			abort();
	}
	if (pid_resident(copy, len, &bytes) && bytes > INT64_MAX)
		abort();
	if (pid_syscall(copy, len, &number, args) == PID_IN_CALL && (*copy < '0' || *copy > '9'))
		abort();
	if (pid_proc_mount(copy, len, "/proc", &hides) && memmem(copy, len, " /proc ", 7) == NULL)
		abort();
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *s = (const char *)data, *end = s + size;

	pid_words(s, size);
	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));
		size_t len = newline ? (size_t)(newline - s) : (size_t)(end - s);

		check(s, len);
		s += len + (newline != NULL);
	}
	return 0;
}
