/* SPDX-License-Identifier: 0BSD */
/* Prints the cells of all characters as core/show/width.h has them: FIRST LAST CELLS, in decimal. */
#include <stdio.h>

#include "show/width.h"

int main(void)
{
	uint32_t first = ' ';

	for (uint32_t c = ' '; c < 0x110000; c++) {
		if (c + 1 < 0x110000 && width_of_character(c + 1) == width_of_character(c))
			continue;
		printf("%u %u %u\n", (unsigned)first, (unsigned)c, width_of_character(c));
		first = c + 1;
	}
	return 0;
}
