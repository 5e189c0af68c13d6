/* SPDX-License-Identifier: 0BSD */
#include "parse/key.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "parse/parse.h"

enum { DEFAULT_PROJ = 1, LAST_PROJ = 255 };

uint32_t key_of_name(const char *name, size_t len)
{
	uint32_t hash = UINT32_C(2166136261);

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ (unsigned char)name[i]) * UINT32_C(16777619);
	return hash ? hash : 1;
}

static bool begins_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '/';
}

static int parse_name(const char *s, struct key *key)
{
	size_t len = strlen(s);

	if (len == 0)
		return -EINVAL;
	*key = (struct key){ KEY_NAME, key_of_name(s, len), s, len, 0 };
	return 0;
}

/* PROJ is a number or a single byte other than a digit. */
static int parse_proj(const char *s, int *proj)
{
	uint64_t n = 0;
	int rc = parse_number(s, LAST_PROJ, &n);

	if (rc == -EINVAL && s[0] != '\0' && s[1] == '\0') {
		*proj = (unsigned char)*s;
		return 0;
	}
	if (rc < 0)
		return rc;
	*proj = (int)n;
	return n == 0 ? -ERANGE : 0;
}

static int parse_ftok(const char *s, struct key *key)
{
	const char *colon = strrchr(s, ':');
	int proj = DEFAULT_PROJ, rc = colon ? parse_proj(colon + 1, &proj) : 0;
	size_t len = colon ? (size_t)(colon - s) : strlen(s);

	if (rc < 0)
		return rc;
	if (len == 0)
		return -EINVAL;
	*key = (struct key){ KEY_FTOK, 0, s, len, proj };
	return 0;
}

int key_parse(const char *s, struct key *key)
{
	uint32_t value;
	int rc;

	if (strncmp(s, "ftok:", 5) == 0)
		return parse_ftok(s + 5, key);
	if (strncmp(s, "name:", 5) == 0)
		return parse_name(s + 5, key);
	if (strcmp(s, "private") == 0) {
		*key = (struct key){ .form = KEY_PRIVATE };
		return 0;
	}
	if (begins_name(*s))
		return strchr(s, ':') ? -EINVAL : parse_name(s, key);
	rc = parse_key(s, &value);
	if (rc == 0)
		*key = (struct key){ .form = KEY_NUMBER, .value = value };
	return rc;
}
