/* SPDX-License-Identifier: 0BSD */
/* Lowercase letters of ASCII, in which option and column names are compared, whatever the locale. */
#ifndef CORE_BASE_LOWER_H
#define CORE_BASE_LOWER_H

static inline char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

#endif
