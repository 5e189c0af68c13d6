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
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
	const char *name;
	unsigned number, command_arg;
} calls[] = {
	{ "shmget", SYS_shmget, 0 }, { "shmctl", SYS_shmctl, 1 }, { "msgget", SYS_msgget, 0 },
	{ "msgctl", SYS_msgctl, 1 }, { "semget", SYS_semget, 0 }, { "semctl", SYS_semctl, 2 },
	{ "msgrcv", SYS_msgrcv, 0 }, { "mq_open", SYS_mq_open, 0 }, { "mq_unlink", SYS_mq_unlink, 0 }, { "fsopen", 430, 0 },
};

static const struct { const char *name; unsigned value; } errors[] = {
	{ "ENOSYS", ENOSYS }, { "EPERM", EPERM }, { "EINVAL", EINVAL },
	{ "EMFILE", EMFILE }, { "ENFILE", ENFILE }, { "ENOMEM", ENOMEM },
};

enum { MOST = 128 };

static struct sock_filter code[MOST];
static unsigned short len;

static void emit(unsigned short op, unsigned k, unsigned char yes, unsigned char no)
{
	if (len == MOST)
		exit(126);
	code[len++] = (struct sock_filter){ op, yes, no, k };
}

static void add(char *rule, unsigned error)
{
	char *command = strchr(rule, '=');

	if (command != NULL)
		*command++ = '\0';
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		if (strcmp(calls[i].name, rule) != 0)
			continue;
		emit(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr), 0, 0);
		if (command == NULL) {
			emit(BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 1);
		} else {
			unsigned arg = (unsigned)offsetof(struct seccomp_data, args) + 8 * calls[i].command_arg;

			emit(BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 3);
			emit(BPF_LD | BPF_W | BPF_ABS, arg, 0, 0);
			emit(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)strtoul(command, NULL, 10), 0, 1);
		}
		emit(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error, 0, 0);
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
