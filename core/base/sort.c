/* SPDX-License-Identifier: 0BSD */
#include "base/sort.h"

#include <stddef.h>

/* Merges two sorted lists; links of a go before equal ones of b. */
static struct link *merge(struct link *a, struct link *b, link_compare *compare, const void *arg)
{
	struct link *first = NULL, **end = &first;

	while (a != NULL && b != NULL) {
		struct link **from = compare(arg, a, b) <= 0 ? &a : &b;

		*end = *from;
		end = &(*from)->next;
		*from = *end;
	}
	*end = a ? a : b;
	return first;
}

/* Takes a sorted list off *rest: an ascending or descending run takes one comparison per link or two. */
static struct link *take_run(struct link **rest, link_compare *compare, const void *arg)
{
	struct link *first = *rest, *last = first, *l = first->next;

	for (struct link *next; l != NULL; l = next) {
		next = l->next;
		if (compare(arg, last, l) <= 0) {
			last->next = l;
			last = l;
		} else if (compare(arg, l, first) < 0) {
			l->next = first;
			first = l;
		} else {
			break;
		}
	}
	last->next = NULL;
	*rest = l;
	return first;
}

/* Bottom-up merge sort: waiting[i] is a sorted list of 2^i runs, like a bit of a binary counter. */
struct link *sort_links(struct link *first, link_compare *compare, const void *arg)
{
	enum { LISTS = 48 };
	struct link *waiting[LISTS] = { NULL }, *all = NULL;

	while (first != NULL) {
		struct link *list = take_run(&first, compare, arg);
		size_t i = 0;

		for (; i < LISTS - 1 && waiting[i] != NULL; i++) {
			list = merge(waiting[i], list, compare, arg);
			waiting[i] = NULL;
		}
		waiting[i] = list;
	}
	for (size_t i = 0; i < LISTS; i++)
		if (waiting[i] != NULL)
			all = merge(waiting[i], all, compare, arg);
	return all;
}
