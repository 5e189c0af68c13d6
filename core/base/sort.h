/* SPDX-License-Identifier: 0BSD */
/* Sorts linked lists. */
#ifndef CORE_BASE_SORT_H
#define CORE_BASE_SORT_H

/* The first member of what a list links. */
struct link {
	struct link *next;
};

/* Compares as strcmp(3) does; `arg` is passed through. */
typedef int link_compare(const void *arg, const struct link *a, const struct link *b);

/* Returns the first link of the sorted list; equal ones keep their order. */
struct link *sort_links(struct link *first, link_compare *compare, const void *arg);

#endif
