/* SPDX-License-Identifier: 0BSD */
#include "kernel/rights.h"

#include <errno.h>
#include <unistd.h>

#include "kernel/proc.h"

/* Returns 1 in the initial user namespace and on kernels without user namespaces, else 0 or -errno. */
static int in_first_users(const struct ipc_sys *sys)
{
	/* PROC_USER_INIT_INO of <linux/proc_ns.h> */
	const uint64_t first = 0xeffffffd;
	struct proc_id file;
	int rc = proc_which(sys, "/self/ns/user", &file);

	if (rc == 0)
		return file.inode == first;
	return rc == -ENOENT && proc_which(sys, "/self/ns/ipc", &file) == 0 ? 1 : rc;
}

bool rights_is_vague(const struct ipc_sys *sys, int64_t id)
{
	/* DEFAULT_OVERFLOWUID and DEFAULT_OVERFLOWGID of the kernel */
	return id == 65534 && in_first_users(sys) != 1;
}

int rights_capable(const struct ipc_sys *sys, unsigned capability)
{
	int fd, rc = sys->calls->capable(capability);

	if (rc <= 0)
		return rc;
	rc = in_first_users(sys);
	if (rc != 0)
		return rc;
	fd = proc_fd(sys, "/self/ns/ipc");
	if (fd < 0)
		return fd;
	rc = sys->calls->reaches(fd);
	close(fd);
	return rc;
}
