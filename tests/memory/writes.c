/* SPDX-License-Identifier: 0BSD */
/* Tells clang's memory sanitizer which memory is written by system calls that it does not know. */
#include <mqueue.h>
#include <sanitizer/msan_interface.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <time.h>

long __real_syscall(long number, long a, long b, long c, long d, long e);
long __wrap_syscall(long number, long a, long b, long c, long d, long e);
int __real_mq_getattr(mqd_t queue, struct mq_attr *attr);
int __wrap_mq_getattr(mqd_t queue, struct mq_attr *attr);

enum { STATX_SIZE = 256 };

/* Replaces syscall(2), by the linker's --wrap; the kernel ignores arguments that a call does not have. */
__attribute__((no_sanitize("memory")))
long __wrap_syscall(long number, long a, long b, long c, long d, long e)
{
	long rc = __real_syscall(number, a, b, c, d, e);

	if (rc < 0)
		return rc;
	if (number == SYS_getdents64)
		__msan_unpoison((void *)b, (size_t)rc);
	if (number == SYS_clock_gettime)
		__msan_unpoison((void *)b, sizeof(struct timespec));
	if (number == SYS_statx)
		__msan_unpoison((void *)e, STATX_SIZE);
	return rc;
}

int __wrap_mq_getattr(mqd_t queue, struct mq_attr *attr)
{
	int rc = __real_mq_getattr(queue, attr);

	if (rc == 0)
		__msan_unpoison(attr, sizeof *attr);
	return rc;
}
