/* SPDX-License-Identifier: 0BSD */
/* Run every parser of an argument, and the escapes, on one string. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "show/out.h"
#include "parse/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Only success sets a result. */
static void judge(int rc, int changed)
{
	if (rc != 0 && rc != -EINVAL && rc != -ERANGE)
		abort();
	if (rc != 0 && changed)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = malloc(size + 1), shown[64];
	unsigned mode = 01234;
	uint64_t n = 77;
	uint32_t key = 77;
	int id = -77, rc;

	if (s == NULL)
		return 0;
	memcpy(s, data, size);
	s[size] = '\0';
	rc = parse_id(s, &id);
	judge(rc, id != -77);
	if (rc == 0 && id < 0)
		abort();
	rc = parse_key(s, &key);
	judge(rc, key != 77);
	rc = parse_size(s, &n);
	judge(rc, n != 77);
	n = 77;
	rc = parse_duration(s, &n);
	judge(rc, n != 77 && rc < 0);
	rc = parse_mode(s, 0644, &mode);
	judge(rc, mode != 01234);
	if (rc == 0 && mode > 0777)
		abort();
	n = out_escape(shown, sizeof shown, s);
	if (n >= sizeof shown || strlen(shown) != n)
		abort();
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)shown[i] < 0x20 || shown[i] == 0x7f)
			abort();
	free(s);
	return 0;
}
