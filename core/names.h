/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* Which database an id belongs to. */
enum name_kind { NAME_USER, NAME_GROUP, NAME_NKINDS };

struct name_entry;

/* A cache of names; all zero is an empty one.  Each id is looked up once, found or not. */
struct names {
	struct {
		struct name_entry *slots;
		size_t used, size;
	} of[NAME_NKINDS];
};

/*
 * The name of a user or group as its database has it, any bytes, or NULL if it
 * has none or memory is short.  The string belongs to the cache.
 */
const char *names_get(struct names *, enum name_kind, uint32_t id);

void names_free(struct names *);

/* The id of a name, or of a decimal number that is no name; -ENOENT if it is neither. */
int names_id(enum name_kind, const char *name, uint32_t *id);

/*
 * The backend: copies the name of an id into buf and returns 1, or 0 if there is
 * none.  names_nss.c asks libc and with it every configured database,
 * names_file.c reads /etc/passwd and /etc/group; the build takes one.
 */
int names_lookup(enum name_kind, uint32_t id, char *buf, size_t size);

/* The backend's other way: sets the id of a name and returns 1, or 0 if there is none. */
int names_reverse(enum name_kind, const char *name, uint32_t *id);

#endif
