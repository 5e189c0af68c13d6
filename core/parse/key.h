/* SPDX-License-Identifier: 0BSD */
/* The grammar of KEY arguments, shared by all commands. */
#ifndef CORE_PARSE_KEY_H
#define CORE_PARSE_KEY_H

#include <stddef.h>
#include <stdint.h>

enum key_form {
	KEY_NUMBER,		/* 0x4d2, 1234, 0777, -1: 32 bits */
	KEY_PRIVATE,		/* "private": IPC_PRIVATE, an object without a key */
	KEY_NAME,		/* name:TEXT, or a word without a colon that begins with a letter or one of _./ */
	KEY_FTOK,		/* ftok:PATH or ftok:PATH:PROJ: made from a file by ftok(3) */
};

struct key {
	enum key_form form;
	uint32_t value;		/* KEY_FTOK: set only by object_key */
	const char *text;	/* KEY_NAME, KEY_FTOK: the name or path, within the parsed string */
	size_t len;		/* of text */
	int proj;		/* KEY_FTOK: 1 to 255 */
};

/*
 * Parses a whole string.  PROJ follows the last colon: a number from 1 to 255 or another single byte; it
 * defaults to 1.  Returns 0, -EINVAL for a malformed key, or -ERANGE for a number out of range.
 */
int key_parse(const char *s, struct key *key);

/* The 32-bit FNV-1a hash of a name; 1 if that is 0, which is IPC_PRIVATE. */
uint32_t key_of_name(const char *name, size_t len);

#endif
