/* SPDX-License-Identifier: 0BSD */
/* The floor of every command: the cost of starting and ending a static program. */
int main(void)
{
	return 0;
}
