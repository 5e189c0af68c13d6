/* SPDX-License-Identifier: 0BSD */
/*
 * holders_probe [-p PROC] KIND...         the users of all objects of the kinds
 * holders_probe detail KIND INODE PID     the mappings of one by a process
 * holders_probe peek ID N                 message N of a queue
 *
 * The results of core/kernel/holders.h, one object per line: "shm 0: 12,M2 15,M1", with the name for POSIX objects; then
 * for each kind the number of processes that could not be examined.  M is for mappings, F for descriptors, S, R and O
 * for threads that wait to send, to receive and to operate.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/holders.h"
#include "kernel/object.h"

static struct ipc_sys sys = { "/proc", "/dev/shm", "/dev/mqueue", SOURCE_AUTO, &sys_linux };

static void show(const struct ipc_obj *o, const struct holder *use)
{
	printf("%s ", ipc_kinds[o->kind].word);
	if (o->t[T_NAME] != NULL)
		printf("%s:", o->t[T_NAME]);
	else
		printf("%d:", (int)o->v[F_ID]);
	for (; use != NULL; use = use->next) {
		printf(" %d", use->pid);
		if (use->how & HOLDER_MAPPED)
			printf(",M%u", use->mappings);
		if (use->how & HOLDER_OPEN)
			printf(",F%u", use->descriptors);
		if (use->waiting > 0)
			printf(",%s%s%s%u", use->how & HOLDER_SENDS ? "S" : "", use->how & HOLDER_RECEIVES ? "R" : "",
			       use->how & HOLDER_OPERATES ? "O" : "", use->waiting);
	}
	putchar('\n');
}

static int list(unsigned kinds)
{
	struct holders u;
	int rc = holders_scan(&u, &sys, kinds);

	for (enum ipc_kind k = 0; rc >= 0 && k < IPC_NKINDS; k++) {
		struct ipc_iter it;
		struct ipc_obj o;

		if (!(kinds >> k & 1))
			continue;
		rc = ipc_iter_open(&it, &sys, k);
		while (rc >= 0 && (rc = ipc_iter_next(&it, &o)) == 1)
			show(&o, holders_of(&u, &o));
		ipc_iter_close(&it);
		printf("hidden %s %u\n", ipc_kinds[k].word, u.hidden[k]);
	}
	holders_free(&u);
	if (rc < 0)
		fprintf(stderr, "holders_probe: %s\n", strerror(-rc));
	return rc < 0;
}

static void show_mapping(void *arg, const struct pid_mapping *m, int64_t resident)
{
	(void)arg;
	printf("%jx-%jx %s %jd\n", (uintmax_t)m->from, (uintmax_t)m->to, m->access, (intmax_t)resident);
}

static int detail(enum ipc_kind kind, int64_t id, int pid)
{
	struct holders u;
	struct ipc_obj o;
	int rc = holders_scan(&u, &sys, 1u << kind);

	ipc_clear(&o, kind);
	ipc_set(&o, F_ID, id);
	ipc_set(&o, F_INODE, id);
	if (rc == 0)
		rc = holders_detail(&u, &o, pid, show_mapping, NULL);
	holders_free(&u);
	if (rc < 0)
		fprintf(stderr, "holders_probe: %s\n", strerror(-rc));
	return rc < 0;
}

static int peek(int id, int n)
{
	static union { struct ipc_message m; char room[1 << 16]; } buf;
	int rc = object_peek(&sys, id, n, &buf.m, sizeof buf - sizeof buf.m), small;

	if (rc < 0) {
		fprintf(stderr, "holders_probe: %s\n", strerror(-rc));
		return 1;
	}
	printf("%ld %d %.*s", buf.m.type, rc, rc, buf.m.text);
	small = rc > 0 ? object_peek(&sys, id, n, &buf.m, (size_t)rc - 1) : 0;
	printf(" %s\n", strerror(-small));
	return 0;
}

int main(int argc, char **argv)
{
	unsigned kinds = 0;
	int i = 1;

	if (argc == 5 && strcmp(argv[1], "detail") == 0)
		return detail(ipc_kind_of(argv[2]), atoi(argv[3]), atoi(argv[4]));
	if (argc == 4 && strcmp(argv[1], "peek") == 0)
		return peek(atoi(argv[2]), atoi(argv[3]));
	if (argc > 2 && strcmp(argv[1], "-p") == 0) {
		sys.proc = argv[2];
		i = 3;
	}
	for (; i < argc; i++)
		kinds |= 1u << ipc_kind_of(argv[i]);
	return list(kinds);
}
