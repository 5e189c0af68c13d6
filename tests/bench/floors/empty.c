/* SPDX-License-Identifier: 0BSD */
/* The floor of every command: what starting and ending a static program costs. */
int main(void)
{
	return 0;
}
