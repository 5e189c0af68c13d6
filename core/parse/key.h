/* SPDX-License-Identifier: 0BSD */
/* The one grammar of a KEY, wherever a command takes one. */
#ifndef CORE_KEY_H
#define CORE_KEY_H

#include <stddef.h>
#include <stdint.h>

enum key_form {
	KEY_NUMBER,		/* 0x4d2, 1234, 0777, -1: 32 bits */
	KEY_PRIVATE,		/* "private": IPC_PRIVATE, an object without a key */
	KEY_NAME,		/* name:TEXT, or a word without a colon that begins with a letter or one of _./ */
	KEY_FTOK,		/* ftok:PATH or ftok:PATH:PROJ: as ftok(3) makes it of a file */
};

/* `text` points into the string that was parsed. */
struct key {
	enum key_form form;
	uint32_t value;		/* of KEY_FTOK only after object_key */
	const char *text;	/* KEY_NAME, KEY_FTOK: the name or the path */
	size_t len;		/* of text */
	int proj;		/* KEY_FTOK: 1 to 255 */
};

/*
 * Parses a whole string.  PROJ stands behind the last colon: a number from 1 to
 * 255 or another single byte; without it, it is 1.  -EINVAL for what is no key,
 * -ERANGE for a number beyond 32 bits.
 */
int key_parse(const char *s, struct key *key);

/* The key of a name: the 32-bit FNV-1a hash of its bytes, or 1 where that is 0. */
uint32_t key_of_name(const char *name, size_t len);

#endif
