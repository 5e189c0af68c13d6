/* SPDX-License-Identifier: 0BSD */
/* A program that is not ours: prints TEXT on standard output and on standard error, and exits with STATUS. */
#include <unistd.h>

int main(void)
{
	static const char text[] = TEXT;

	for (int fd = 1; fd <= 2 && *text != '\0'; fd++)
		if (write(fd, text, sizeof text - 1) < 0)
			return STATUS;
	return STATUS;
}
