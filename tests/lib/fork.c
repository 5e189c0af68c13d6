/* SPDX-License-Identifier: 0BSD */
/*
 * Criterion forks while one of its threads allocates, and the child allocates before it calls exec.  ASan's allocator,
 * unlike libc's, is not prepared for that (GCC 12 and 14): if the thread held one of its locks, the child waits forever.
 * So hold the locks during fork, as LLVM's own handler does in later versions.
 */
#include <pthread.h>

#define RUNTIME(function, symbol) void function(void) __asm__(symbol) __attribute__((weak))
RUNTIME(lock_allocator, "_ZN6__lsan13LockAllocatorEv");
RUNTIME(unlock_allocator, "_ZN6__lsan15UnlockAllocatorEv");
RUNTIME(lock_stacks, "_ZN11__sanitizer17StackDepotLockAllEv");
RUNTIME(unlock_stacks, "_ZN11__sanitizer19StackDepotUnlockAllEv");
RUNTIME(own_handler, "_ZN6__asan20InstallAtForkHandlerEv");

static void before(void)
{
	lock_allocator();
	lock_stacks();
}

static void after(void)
{
	unlock_stacks();
	unlock_allocator();
}

__attribute__((constructor)) static void install(void)
{
	if (!own_handler && lock_allocator && unlock_allocator && lock_stacks && unlock_stacks)
		pthread_atfork(before, after, after);
}
