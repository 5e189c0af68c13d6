/* SPDX-License-Identifier: 0BSD */
/* Names from libc, which asks every database in nsswitch.conf(5). */
#include <grp.h>
#include <pwd.h>
#include <string.h>

#include "kernel/names.h"

int names_lookup(enum name_kind kind, uint32_t id, char *buf, size_t size)
{
	const char *name = NULL;

	if (kind == NAME_USER) {
		const struct passwd *p = getpwuid(id);

		name = p ? p->pw_name : NULL;
	} else {
		const struct group *g = getgrgid(id);

		name = g ? g->gr_name : NULL;
	}
	if (name == NULL || strlen(name) >= size)
		return 0;
	strcpy(buf, name);
	return 1;
}

int names_reverse(enum name_kind kind, const char *name, uint32_t *id)
{
	if (kind == NAME_USER) {
		const struct passwd *p = getpwnam(name);

		if (p != NULL)
			*id = p->pw_uid;
		return p != NULL;
	}

	const struct group *g = getgrnam(name);

	if (g != NULL)
		*id = g->gr_gid;
	return g != NULL;
}

/* Reading a whole directory service for a few names would cost too much. */
bool names_all(enum name_kind kind, names_each *each, void *arg)
{
	(void)kind;
	(void)each;
	(void)arg;
	return false;
}
