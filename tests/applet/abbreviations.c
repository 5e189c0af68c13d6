/* SPDX-License-Identifier: 0BSD */
/* An abbreviation that is clear among util-linux's options means the same option here, whatever else there is. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "applet.h"
#include "parse/options.h"

extern const struct applet ipcmk_applet, ipcrm_applet, ipcs_applet;

enum { MOST = 16 };

/* The long options of 2.38 and 2.42. */
static const struct {
	const struct applet *applet;
	const char *names[MOST];
} lists[] = {
	{ &ipcs_applet, { "id", "queues", "shmems", "semaphores", "all", "time", "pid", "creator", "limits", "summary",
			  "human", "bytes", "version", "help" } },
	{ &ipcmk_applet, { "shmem", "semaphore", "queue", "mode", "version", "help" } },
	{ &ipcmk_applet, { "shmem", "semaphore", "queue", "mode", "name", "posix-shmem", "posix-semaphore",
			   "posix-mqueue", "version", "help" } },
	{ &ipcrm_applet, { "shmem-id", "shmem-key", "queue-id", "queue-key", "semaphore-id", "semaphore-key", "all",
			   "verbose", "version", "help" } },
	{ &ipcrm_applet, { "shmem-id", "shmem-key", "queue-id", "queue-key", "semaphore-id", "semaphore-key", "all",
			   "posix-shmem", "posix-mqueue", "posix-semaphore", "verbose", "version", "help" } },
};

/* The row that a long option of len characters stands for; NULL if it is refused. */
static const struct opt *meant(const struct opt *opts, const char *name, size_t len)
{
	/* Room for any args struct, in which a parse stores what it likes. */
	static union { char bytes[4096]; void *align; } args;
	char word[64], argument[] = "1", program[] = "p";
	char *argv[] = { program, word, argument, NULL };
	struct opt_set given;
	struct opt_fault fault;
	static struct mem mem;

	mem_free(&mem);
	memset(&args, 0, sizeof args);
	for (const struct opt *o = opts; !opt_is_end(o); o++)
		if ((o->type & OPT_TYPE) == OPT_LIST)
			((struct opt_list *)(void *)(args.bytes + o->at))->mem = &mem;
	snprintf(word, sizeof word, "--%.*s", (int)len, name);
	if (options_parse(opts, &(struct options_line){ 3, argv, false, &given }, &args, &fault) < 0)
		return NULL;
	return opt_given(opts, &given, NULL);
}

static bool is_clear(const char *const *names, const char *name, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < MOST && names[i] != NULL; i++)
		n += strncmp(names[i], name, len) == 0;
	return n == 1;
}

Test(abbreviations, of_util_linux)
{
	size_t tried = 0;

	for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
		const struct opt *opts = lists[l].applet->opts;

		for (const char *const *name = lists[l].names; *name != NULL; name++) {
			const struct opt *whole = meant(opts, *name, strlen(*name));

			cr_assert(whole != NULL, "%s --%s", lists[l].applet->name, *name);
			for (size_t len = 1; len < strlen(*name); len++) {
				const struct opt *o = meant(opts, *name, len);

				if (!is_clear(lists[l].names, *name, len))
					continue;
				tried++;
				/* An alias is a row of its own. */
				cr_expect(o != NULL && o->at == whole->at && o->value == whole->value, "%s --%.*s is --%s",
					  lists[l].applet->name, (int)len, *name, *name);
			}
		}
	}
	cr_expect(tried > 100);
}
