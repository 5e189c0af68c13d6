/* SPDX-License-Identifier: 0BSD */
/*
 * Runs PROGRAM, which is for another machine, in EMULATOR under the launcher's own name, which a script would lose; the
 * kernel need not support the machine.
 */
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
	char **words = calloc((size_t)argc + 5, sizeof *words);
	int n = 0;

	if (words == NULL)
		return 126;
	words[n++] = EMULATOR;
	words[n++] = "-0";
	words[n++] = argc > 0 ? argv[0] : "";
	words[n++] = PROGRAM;
	for (int i = 1; i < argc; i++)
		words[n++] = argv[i];
	execv(EMULATOR, words);
	return 126;
}
