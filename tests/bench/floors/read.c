/* SPDX-License-Identifier: 0BSD */
/* The floor of a list by /proc: only read the file, 4080 bytes at a time as the kernel returns them. */
#include <fcntl.h>
#include <unistd.h>

int main(void)
{
	static char buffer[4096];
	int fd = open("/proc/sysvipc/shm", O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return 1;
	do
		n = read(fd, buffer, sizeof buffer);
	while (n > 0);
	return n != 0;
}
