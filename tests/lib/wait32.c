/* SPDX-License-Identifier: 0BSD */
/*
 * wait32 set|queue ID
 *
 * A 32-bit program for x86, without a C library, because few machines have a 32-bit one: it prints its PID and waits for
 * semaphore 0 of a set or for a message of a queue until it is killed.
 */
enum { EXIT = 1, WRITE = 4, GETPID = 20, IPC = 117, SEMOP = 1, MSGRCV = 12 };

static long call(long number, long a, long b, long c, long d, long e)
{
	long rc;

	__asm__ volatile("int $0x80" : "=a"(rc) : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e) : "memory");
	return rc;
}

static void say(long n)
{
	char text[12], *s = text + sizeof text;

	*--s = '\n';
	do
		*--s = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	call(WRITE, 1, (long)s, text + sizeof text - s, 0, 0);
}

static int number(const char *s)
{
	int n = 0;

	while (*s >= '0' && *s <= '9')
		n = n * 10 + *s++ - '0';
	return n;
}

/* The kernel leaves the number of arguments on the stack, followed by the arguments. */
__attribute__((used)) static void start(const long *stack)
{
	static struct { unsigned short number; short by, flags; } take = { 0, -1, 0 };
	static struct { long type; char text[8]; } message;
	static struct { void *message; long type; } receive = { &message, 0 };
	char **argv = (char **)(stack + 1);

	if (*stack != 3)
		call(EXIT, 1, 0, 0, 0, 0);
	say(call(GETPID, 0, 0, 0, 0, 0));
	if (argv[1][0] == 's')
		call(IPC, SEMOP, number(argv[2]), 1, 0, (long)&take);
	else
		call(IPC, MSGRCV, number(argv[2]), sizeof message.text, 0, (long)&receive);
	call(EXIT, 0, 0, 0, 0, 0);
}

__asm__(".globl _start\n"
	"_start:\n"
	"	mov %esp, %eax\n"
	"	and $-16, %esp\n"
	"	sub $12, %esp\n"
	"	push %eax\n"
	"	call start\n");
