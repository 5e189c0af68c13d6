/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_KERNEL_NAMES_H
#define CORE_KERNEL_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

enum name_kind { NAME_USER, NAME_GROUP, NAME_NKINDS };

/*
 * A cache of names, which looks up each id once, found or not.  A file of reasonable size is read up to
 * its line for the first id, and to the end for the second one, which answers all others.
 */
struct names {
	struct mem mem;
	struct names_of {
		/* A hash table of entries: the four bytes of an id, then its name, or "" if it has none. */
		char **slots;
		const char *last;	/* the last entry requested: often, consecutive rows have one owner */
		size_t used, size;
		unsigned asked;		/* ids not found in the cache */
		bool complete;		/* the whole database is in the cache */
	} of[NAME_NKINDS];
};

/* Initialize an empty cache.  Do not move it while in use. */
void names_init(struct names *);

/* The name of an id, any bytes, owned by the cache; NULL if it has none or memory is short. */
const char *names_get(struct names *, enum name_kind, uint32_t id);

/* Free the memory and reset to empty. */
void names_free(struct names *);

/* Get the id of a name, or else of a decimal number.  Returns 0, or -ENOENT if it is neither. */
int names_id(enum name_kind, const char *name, uint32_t *id);

/*
 * The backend, one per build: names_nss.c asks libc and so every configured database, names_file.c reads
 * /etc/passwd and /etc/group.  Copies the name of an id to buf.  Returns 1, or 0 if there is none.
 */
int names_lookup(enum name_kind, uint32_t id, char *buf, size_t size);

/* Take one entry of a database, with a NUL-terminated name of len bytes.  Returns true to stop. */
typedef bool names_each(void *arg, uint32_t id, const char *name, size_t len);

/* Pass all entries to each, in database order.  Returns false if the backend does not support it. */
bool names_all(enum name_kind, names_each *each, void *arg);

/* The backend: get the id of a name.  Returns 1, or 0 if there is none. */
int names_reverse(enum name_kind, const char *name, uint32_t *id);

#endif
