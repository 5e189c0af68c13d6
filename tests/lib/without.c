/* SPDX-License-Identifier: 0BSD */
/*
 * without ERROR CALL[=COMMAND][,...] PROGRAM [ARGUMENT...]
 *
 * Runs a program in which the named IPC calls, or those with that command
 * number, fail with an error: a kernel without the feature, a container's seccomp
 * profile, a kernel before 4.17, a limit.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/ipc.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A call, the argument that is its command, and how 32-bit programs on x86-64 make it: by ipc(2) or by number. */
static const struct {
	const char *name;
	unsigned number, command_arg, compat_ipc, compat_number;
} calls[] = {
	{ "shmget", SYS_shmget, 0, SHMGET, 395 }, { "shmctl", SYS_shmctl, 1, SHMCTL, 396 },
	{ "msgget", SYS_msgget, 0, MSGGET, 399 }, { "msgctl", SYS_msgctl, 1, MSGCTL, 402 },
	{ "semget", SYS_semget, 0, SEMGET, 393 }, { "semctl", SYS_semctl, 2, SEMCTL, 394 },
	{ "msgrcv", SYS_msgrcv, 0, MSGRCV, 401 }, { "mq_open", SYS_mq_open, 0, 0, 277 },
	{ "mq_unlink", SYS_mq_unlink, 0, 0, 278 }, { "fsopen", 430, 0, 0, 430 },
	{ "unlinkat", SYS_unlinkat, 0, 0, 301 },
};

static const struct { const char *name; unsigned value; } errors[] = {
	{ "ENOSYS", ENOSYS }, { "EPERM", EPERM }, { "EINVAL", EINVAL },
	{ "EMFILE", EMFILE }, { "ENFILE", ENFILE }, { "ENOMEM", ENOMEM },
};

enum {
	MOST = 1024,
	COMPAT_IPC = 117,	/* the number of ipc(2) */
	COMMAND = ~0x100,	/* without IPC_64, which 32-bit programs add */
};

static struct sock_filter code[MOST];
static unsigned short len;

/* The calls that must fail: those whose words, masked with these bits, have these values. */
static struct test {
	unsigned offset, mask, value;
} tests[4];
static unsigned char ntests;

static void emit(unsigned short op, unsigned k, unsigned char yes, unsigned char no)
{
	if (len == MOST)
		exit(126);
	code[len++] = (struct sock_filter){ op, yes, no, k };
}

static void require(size_t offset, unsigned mask, unsigned value)
{
	tests[ntests++] = (struct test){ (unsigned)offset, mask, value };
}

static void require_arg(unsigned arg, unsigned mask, unsigned value)
{
	require(offsetof(struct seccomp_data, args) + sizeof(uint64_t) * arg, mask, value);
}

/* The first test, whether the caller is a 32-bit program, and the required ones so far decide on the error. */
static void fail_if(bool compat, unsigned error)
{
	enum { EACH = 3 };
	unsigned char behind = (unsigned char)(EACH * ntests + 1);

	emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch), 0, 0);
	emit(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, compat ? 0 : behind, compat ? behind : 0);
	for (unsigned char i = 0; i < ntests; i++) {
		behind = (unsigned char)(behind - EACH);
		emit(BPF_LD | BPF_W | BPF_ABS, tests[i].offset, 0, 0);
		emit(BPF_ALU | BPF_AND | BPF_K, tests[i].mask, 0, 0);
		emit(BPF_JMP | BPF_JEQ | BPF_K, tests[i].value, 0, behind);
	}
	emit(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error, 0, 0);
	ntests = 0;
}

static void add(char *rule, unsigned error)
{
	const size_t nr = offsetof(struct seccomp_data, nr);
	char *command = strchr(rule, '=');
	unsigned value = 0;

	if (command != NULL) {
		*command++ = '\0';
		value = (unsigned)strtoul(command, NULL, 10);
	}
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (strcmp(calls[i].name, rule) != 0)
			continue;
		require(nr, ~0U, calls[i].number);
		if (command != NULL)
			require_arg(calls[i].command_arg, (unsigned)COMMAND, value);
		fail_if(false, error);
		require(nr, ~0U, calls[i].compat_number);
		if (command != NULL)
			require_arg(calls[i].command_arg, (unsigned)COMMAND, value);
		fail_if(true, error);
		if (calls[i].compat_ipc == 0)
			return;
		require(nr, ~0U, COMPAT_IPC);
		require_arg(0, 0xffff, calls[i].compat_ipc);
		if (command != NULL)
			require_arg(calls[i].command_arg + 1, (unsigned)COMMAND, value);
		fail_if(true, error);
		return;
	}
	fprintf(stderr, "without: unknown call %s\n", rule);
	exit(126);
}

int main(int argc, char **argv)
{
	struct sock_fprog program = { 0, code };
	unsigned error = 0;

	if (argc < 4)
		return 126;
	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (strcmp(errors[i].name, argv[1]) == 0)
			error = errors[i].value;
	if (error == 0)
		return 126;
	for (char *rule = strtok(argv[2], ","); rule != NULL; rule = strtok(NULL, ","))
		add(rule, error);
	emit(BPF_RET | BPF_K, SECCOMP_RET_ALLOW, 0, 0);
	program.len = len;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0) {
		perror("without");
		return 126;
	}
	execvp(argv[3], argv + 3);
	perror(argv[3]);
	return 126;
}
