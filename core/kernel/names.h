/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

/* Which database an id belongs to. */
enum name_kind { NAME_USER, NAME_GROUP, NAME_NKINDS };

/*
 * A cache of names.  Each id is looked up once, found or not.  Where the database is a
 * file of a bearable size, that is read for the first id up to its line and for the
 * second one to the end, which answers all others.
 */
struct names {
	struct mem mem;
	struct names_of {
		/* A hash table of what is known of an id: its four bytes, then its name, which is "" for none. */
		char **slots;
		const char *last;	/* that was asked for: rows of one owner follow each other */
		size_t used, size;
		unsigned asked;		/* ids that were not in the cache */
		bool complete;		/* all that it has is here */
	} of[NAME_NKINDS];
};

/* Makes an empty cache, which must stay where it is while in use. */
void names_init(struct names *);

/*
 * The name of a user or group as its database has it, any bytes, or NULL if it
 * has none or memory is short.  The string belongs to the cache.
 */
const char *names_get(struct names *, enum name_kind, uint32_t id);

/* Gives its memory back; it is empty then. */
void names_free(struct names *);

/* The id of a name, or of a decimal number that is no name; -ENOENT if it is neither. */
int names_id(enum name_kind, const char *name, uint32_t *id);

/*
 * The backend: copies the name of an id into buf and returns 1, or 0 if there is
 * none.  names_nss.c asks libc and with it every configured database,
 * names_file.c reads /etc/passwd and /etc/group; the build takes one.
 */
int names_lookup(enum name_kind, uint32_t id, char *buf, size_t size);

/* Takes one entry of a database with a terminated name of len bytes; true if that was enough. */
typedef bool names_each(void *arg, uint32_t id, const char *name, size_t len);

/* Hands over all entries in their order; false if the backend will not. */
bool names_all(enum name_kind, names_each *each, void *arg);

/* The backend's other way: sets the id of a name and returns 1, or 0 if there is none. */
int names_reverse(enum name_kind, const char *name, uint32_t *id);

#endif
