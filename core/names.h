/* SPDX-License-Identifier: 0BSD */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Which database an id belongs to. */
enum name_kind { NAME_USER, NAME_GROUP, NAME_NKINDS };

/* Room for the names that are common; a longer one is kept on the heap. */
enum { NAMES_SHORT = 24, NAMES_FIRST = 16 };

/* One id: a name that is short, one that is long, or neither. */
struct name_entry {
	uint32_t id;
	bool taken;
	char brief[NAMES_SHORT];
	char *lengthy;
};

/*
 * A cache of names; all zero is an empty one.  Each id is looked up once, found or
 * not; with the second one the whole file is read, where it is one and of a
 * bearable size.  The first few take no memory but this.
 */
struct names {
	struct {
		struct name_entry first[NAMES_FIRST], *more;
		size_t used, size;	/* size: of more, 0 as long as first serves */
		unsigned asked;		/* times that the backend was */
		bool complete;		/* all that it has is here */
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

/* Takes one entry of a database; true if that was enough. */
typedef bool names_each(void *arg, uint32_t id, const char *name);

/* Hands over all entries in their order; false if the backend will not. */
bool names_all(enum name_kind, names_each *each, void *arg);

/* The backend's other way: sets the id of a name and returns 1, or 0 if there is none. */
int names_reverse(enum name_kind, const char *name, uint32_t *id);

#endif
