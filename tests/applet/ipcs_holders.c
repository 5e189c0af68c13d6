/* SPDX-License-Identifier: 0BSD */
/* Users of objects, messages of queues and the semaphores of sets, as ipcs shows them. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "fake.h"

#define RUN(...) fake_run(&ipcs_applet, __VA_ARGS__, NULL)

static dev_t device;

/* The line of one mapping of a segment; smaps has more below it. */
static char *mapping(const char *from, int inode, const char *more)
{
	return format("%s-7fac00003000 rw-s 00000000 %02x:%02x %d      /SYSV00001000 (deleted)\n%s", from, major(device),
		      minor(device), inode, more);
}

/* A process with a segment attached in one place or in two, or, with inode < 0, without. */
static void process(int pid, const char *command, int inode, bool twice)
{
	static const char first[] = "7fac00001000", second[] = "7fac00002000", rss[] = "Rss:        8 kB\n";

	fake_file(format("/%d/maps", pid), inode < 0 ? "" : format("%s%s", mapping(first, inode, ""),
		  twice ? mapping(second, inode, "") : ""));
	fake_file(format("/%d/smaps", pid), inode < 0 ? "" : format("%s%s", mapping(first, inode, rss),
		  twice ? mapping(second, inode, rss) : ""));
	fake_link(format("/%d/ns/ipc", pid), "../../ours");
	fake_bytes(format("/%d/cmdline", pid), command, strlen(command) + 1);
	for (size_t i = 0; i < sizeof fake.alive / sizeof *fake.alive; i++) {
		if (fake.alive[i] == 0) {
			fake.alive[i] = pid;
			break;
		}
	}
}

/* A task that waits in system call `number` on an object. */
static void waits(int pid, int tid, int number, int id)
{
	static const unsigned long auxv[] = { 4, sizeof(long) == 8 ? 56 : 32, 0, 0 };

	fake_file(format("/%d/task/%d/syscall", pid, tid), format("%d 0x%x 0x0 0x0 0x0 0x0 0x0 0x7ffd00000000 0x7fac0000\n",
		  number, id));
	fake_bytes(format("/%d/task/%d/auxv", pid, tid), auxv, sizeof auxv);
	fake_link(format("/%d/task/%d/ns/ipc", pid, tid), "../../../../ours");
}

static void some(void)
{
	struct stat st;

	setenv("TZ", "UTC", 1);
	fake_initial_pids("/self/ns/pid");
	fake_file("/self/mountinfo", format("21 20 0:6 / %s rw - proc proc rw\n", fake_proc()));
	fake.memory = "/proc/version";
	cr_assert(zero(int, stat(fake.memory, &st)));
	device = st.st_dev;
	fake_file("/ours", "");
	fake_link("/self/ns/ipc", "../../ours");
	fake_file("/self/maps", "");
	process(1, "/sbin/init", -1, false);
	process(20, "/usr/bin/a \"b\"", 0, true);
	process(30, "other", 0, false);
	waits(1, 1, 99, 0);
	waits(20, 20, 12, 5);
	waits(20, 21, 13, 5);
	waits(20, 22, 12, 5);
	waits(30, 30, 11, 7);
	ipc_set(fake_add(IPC_SHM, 0, 0), F_NATTCH, 3);
	ipc_set(fake_add(IPC_SHM, 1, 0), F_NATTCH, 0);
	fake_add(IPC_MSG, 5, 0);
	fake_add(IPC_MSG, 6, 0);
	ipc_set(fake_add(IPC_SEM, 7, 0), F_NSEMS, 2);
}

TestSuite(users, .init = some);

Test(users, of_a_table)
{
	fake_expect(RUN("-m", "-o", "ID,ATTACHED"), 0, "ID ATTACHED\n 0 20(a),30(other)\n 1 \n", "");
	fake_expect(RUN("-m", "--attached", "-r", "--rows", "1"), 0,
		    "KEY ID OWNER PERMS SIZE NATTCH STATUS ATTACHED\n"
		    "0x00001000 0 3000000001 rw-r--r-- - 3 - 20(a),30(other)\n", "");
	fake_expect(RUN("-q", "-r", "-o", "ID,WAITING"), 0, "ID WAITING\n5 20(a)\n6 -\n", "");
	fake_expect(RUN("-a", "-r", "--noheadings", "-o", "ID,WAITING,ATTACHED"), 0,
		    "5 20(a) -\n6 - -\n0 - 20(a),30(other)\n1 - -\n7 30(other) -\n", "");
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 4);
	fake_expect(RUN("-m", "-r", "--noheadings", "-o", "ATTACHED"), 0, "20(a),30(other),others\\x20not\\x20visible\n-\n", "");
}

#define MAPPING(from) "{\"from\":\"0x" from "\",\"to\":\"0x7fac00003000\",\"access\":\"rw-s\",\"rss\":8192}"

Test(users, of_json)
{
	fake_expect(RUN("-m", "--attached", "-J", "-o", "id"), 0,
		    "{\"version\":1,\n\"shmems\":[\n{\"id\":0,\"attached\":["
		    "{\"pid\":20,\"command\":\"/usr/bin/a \\\"b\\\"\",\"how\":\"mapped\",\"mappings\":2,\"descriptors\":0,\"threads\":0},"
		    "{\"pid\":30,\"command\":\"other\",\"how\":\"mapped\",\"mappings\":1,\"descriptors\":0,\"threads\":0}],"
		    "\"attached_complete\":true},\n{\"id\":1,\"attached\":[],\"attached_complete\":true}\n],\n"
		    "\"complete\":true}\n", "");
	fake_expect(RUN("-q", "-s", "--waiting", "-J", "-o", "id"), 0,
		    "{\"version\":1,\n\"queues\":[\n{\"id\":5,\"waiting\":["
		    "{\"pid\":20,\"command\":\"/usr/bin/a \\\"b\\\"\",\"how\":\"sends, receives\",\"mappings\":0,\"descriptors\":0,"
		    "\"threads\":3}],\"waiting_complete\":true},\n{\"id\":6,\"waiting\":[],\"waiting_complete\":true}\n],\n"
		    "\"semaphores\":[\n{\"id\":7,\"waiting\":[{\"pid\":30,\"command\":\"other\",\"how\":\"operates\",\"mappings\":0,"
		    "\"descriptors\":0,\"threads\":1}],\"waiting_complete\":true}\n],\n\"complete\":true}\n", "");
	ipc_set(&fake.at[IPC_SHM][0], F_NATTCH, 4);
	fake_expect(RUN("-m", "-i", "0", "-J", "-o", "id,attached"), 0,
		    "{\"version\":1,\n\"shmems\":[\n{\"id\":0,\"attached\":["
		    "{\"pid\":20,\"command\":\"/usr/bin/a \\\"b\\\"\",\"how\":\"mapped\",\"mappings\":2,\"descriptors\":0,\"threads\":0,"
		    "\"maps\":[" MAPPING("7fac00001000") "," MAPPING("7fac00002000") "]},"
		    "{\"pid\":30,\"command\":\"other\",\"how\":\"mapped\",\"mappings\":1,\"descriptors\":0,\"threads\":0,\"maps\":["
		    MAPPING("7fac00001000") "]}],\"attached_complete\":false}\n],\n\"complete\":true}\n", "");
}

#define LINE(from) "           " from "-7fac00003000 rw-s resident=8192\n"
#define SEGMENT_0 "\nShared memory Segment shmid=0\n" \
	"uid=3000000001\tgid=3000000002\tcuid=3000000003\tcgid=3000000004\nmode=0644\taccess_perms=0644\n" \
	"bytes=-\tlpid=-\tcpid=-\tnattch=3\natt_time=-                         \n" \
	"det_time=-                         \nchange_time=Tue Nov 14 22:13:20 2023  \n\n"

Test(users, of_one_object)
{
	fake_expect(RUN("-m", "-i", "0", "--attached"), 0, SEGMENT_0 "pid        use        times      command\n"
		    "20         mapped     2          /usr/bin/a \"b\"\n" LINE("7fac00001000") LINE("7fac00002000")
		    "30         mapped     1          other\n" LINE("7fac00001000") "\n", "");
	cr_expect(strstr(RUN("-q", "-i", "5", "--waiting").out, "\n\npid        waits      threads    command\n"
			 "20         sends, receives 3          /usr/bin/a \"b\"\n\n") != NULL);
	cr_expect(strstr(RUN("-s", "-i", "7", "--waiting").out, "\npid        waits      threads    command\n"
			 "30         operates   1          other\n\n") != NULL);
	ipc_set(&fake.at[IPC_SHM][1], F_NATTCH, 1);
	cr_expect(strstr(RUN("-m", "-i", "1", "--attached").out, "\n\npid        use        times      command\n"
			 "and others not visible to this user\n\n") != NULL);
}

/* A process that may not be examined may use any object. */
Test(users, that_are_hidden)
{
	fake_file("/40/task/40/syscall/is a folder", "");
	fake_file("/40/maps", "x");
	fake_expect(RUN("-q", "-r", "--noheadings", "-o", "ID,WAITING"), 0,
		    "5 20(a),perhaps\\x20others\n6 perhaps\\x20others\n", "");
	cr_expect(strstr(RUN("-q", "-i", "6", "--waiting").out, "\nand perhaps others not visible to this user\n\n") != NULL);
}

/* A kernel that does not show what tasks wait for: neither waiters nor their absence are reported. */
Test(users, that_the_kernel_does_not_tell)
{
	char root[256];

	snprintf(root, sizeof root, "rm %s/*/task/*/syscall", fake_proc());
	cr_assert(zero(int, system(root)));
	fake_expect(RUN("-q", "-r", "--noheadings", "-o", "ID,WAITING"), 0, "5 -\n6 -\n", "");
	fake_expect(RUN("-q", "--waiting", "-J", "-o", "id", "--rows", "1"), 0,
		    "{\"version\":1,\n\"queues\":[\n{\"id\":5,\"waiting\":null}\n],\n\"complete\":true}\n", "");
	cr_expect(RUN("-q", "-i", "5", "--waiting").status == 1);
	cr_expect(strcmp(RUN("-q", "-i", "5", "--waiting").err, "ipcs: this kernel does not show what processes wait for\n") == 0);
}

/* A cell has room for a few processes; a note says that others are omitted. */
Test(users, too_many_for_a_cell)
{
	char name[1001], want[8192] = "";

	memset(name, 'n', 1000);
	name[1000] = '\0';
	for (int pid = 40; pid < 45; pid++)
		process(pid, name, 1, false);
	ipc_set(&fake.at[IPC_SHM][1], F_NATTCH, 5);
	for (int pid = 40; pid < 44; pid++)
		sprintf(want + strlen(want), "%d(%s),", pid, name);
	strcat(want, "and\\x20more\n");
	fake_expect(RUN("-m", "-r", "--noheadings", "-o", "ATTACHED", "--key", "0x1001"), 0, want, "");
}

/* An inapplicable column is not blamed on the kernel. */
Test(users, that_nobody_looks_for)
{
	fake_expect(RUN("-m", "-i", "0", "--waiting"), 1, "",
		    "ipcs: --waiting does not apply to shared memory segments\n");
	fake_expect(RUN("-m", "-i", "0", "--waiting", "-J"), 1, "",
		    "ipcs: --waiting does not apply to shared memory segments\n");
	fake_expect(RUN("-q", "-i", "5", "--attached"), 1, "", "ipcs: --attached does not apply to message queues\n");
}

Test(users, that_cannot_be_looked_for)
{
	struct ipc_sys sys = { "/nowhere", "/nowhere", "/nowhere", SOURCE_AUTO, &fake_calls };
	static struct memory err;
	struct world w = { &ipcs_applet, &fake_out.out, &err.out, &sys, -1, false, NULL };
	char *argv[] = { "ipcs", "-m", "-J", "--attached", "-o", "id", NULL };
	char *one[] = { "ipcs", "-m", "-i", "0", "--attached", NULL };

	memory_init(&fake_out);
	memory_init(&err);
	cr_expect(eq(int, ipcs_applet.run(&w, 6, argv), 1));
	cr_expect(eq(str, (char *)(uintptr_t)memory_text(&fake_out), "{\"version\":1,\n\"shmems\":[\n{\"id\":0,\"attached\":null},\n"
		     "{\"id\":1,\"attached\":null}\n],\n\"complete\":false}\n"));
	cr_expect(eq(str, (char *)(uintptr_t)memory_text(&err),
		     "ipcs: cannot scan the processes in /nowhere: No such file or directory\n"));
	memory_init(&fake_out);
	memory_init(&err);
	cr_expect(eq(int, ipcs_applet.run(&w, 5, one), 1));
	cr_expect(eq(str, (char *)(uintptr_t)memory_text(&fake_out), SEGMENT_0));
	cr_expect(eq(str, (char *)(uintptr_t)memory_text(&err),
		     "ipcs: cannot scan the processes in /nowhere: No such file or directory\n"));
}

static void messages(void)
{
	fake.messages[0] = (struct fake_message){ 7, 20, "hello\0\x7f\xff 0123456789ab" };
	fake.messages[1] = (struct fake_message){ 9223372036854775807, 0, "" };
	ipc_set(&fake.at[IPC_MSG][5], F_CBYTES, 20);
	ipc_set(&fake.at[IPC_MSG][5], F_QBYTES, 16384);
}

#define DUMP "message 0 type=7 size=20\n" \
	"00000000  68 65 6c 6c 6f 00 7f ff  20 30 31 32 33 34 35 36  |hello... 0123456|\n" \
	"00000010  37 38 39 61                                       |789a|\n"

Test(users, messages_of_a_queue)
{
	struct ran r = RUN("-q", "-i", "5", "--peek");

	cr_expect(r.status == 0 && strcmp(r.out + strlen(r.out) - 3, "\n\n\n") == 0, "none");
	messages();
	r = RUN("-q", "-i", "5", "--peek");
	cr_expect(r.status == 0 && strstr(r.out, "\n\n" DUMP "message 1 type=9223372036854775807 size=0\n\n") != NULL, "%s", r.out);
	r = RUN("-q", "-i", "5", "--peek=1");
	cr_expect(r.status == 0 && strcmp(strstr(r.out, "\n\n") + 2, DUMP "\n") == 0, "%s", r.out);
	fake_expect(RUN("-q", "-i", "5", "--peek", "-J", "-o", "id"), 0, "{\"version\":1,\n\"queues\":[\n{\"id\":5,\"messages\":["
		    "{\"type\":7,\"size\":20,\"hex\":\"68656c6c6f007fff2030313233343536373839" "61\"},"
		    "{\"type\":9223372036854775807,\"size\":0,\"hex\":\"\"}]}\n],\n\"complete\":true}\n", "");
}

Test(users, messages_that_cannot_be_read)
{
	static const struct { int rc; const char *says; } t[] = {
		{ -ENOSYS, "ipcs: this kernel cannot show messages without removing them\n" },
		{ -EACCES, "ipcs: cannot read the messages of queue 5: Permission denied\n" },
		{ -E2BIG, "ipcs: cannot read the messages of queue 5: error 7\n" },
	};

	for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
		fake.fail_peek = t[i].rc;
		fake_expect(RUN("-q", "-i", "5", "--peek", "-J", "-o", "id"), 1, "{\"version\":1,\n\"queues\":[\n"
			    "{\"id\":5,\"messages\":null}\n],\n\"complete\":false}\n", t[i].says);
		cr_expect(eq(int, RUN("-q", "-i", "5", "--peek").status, 1));
	}
}

/* The buffer for a message grows as needed, but not beyond the bytes in the queue, whatever its capacity. */
Test(users, v26_messages_of_any_length)
{
	static char text[20000];

	messages();
	memset(text, 'x', sizeof text);
	ipc_set(&fake.at[IPC_MSG][5], F_QBYTES, INT64_MAX);
	cr_expect(zero(int, RUN("-q", "-i", "5", "--peek").status), "in a queue that no memory would hold");
	ipc_set(&fake.at[IPC_MSG][5], F_QBYTES, 1);
	fake.messages[1] = (struct fake_message){ 1, sizeof text, text };
	fake.messages[2] = (struct fake_message){ 1, 3, "end" };
	ipc_set(&fake.at[IPC_MSG][5], F_CBYTES, sizeof text);
	cr_expect(zero(int, RUN("-q", "-i", "5", "--peek").status));
	cr_expect(strstr(fake_out.text, "\nmessage 1 type=1 size=20000\n") != NULL);
	cr_expect(strstr(fake_out.text, "\nmessage 2 type=1 size=3\n") != NULL);
	ipc_set(&fake.at[IPC_MSG][5], F_CBYTES, sizeof text - 1);
	cr_expect(eq(int, RUN("-q", "-i", "5", "--peek").status, 1));
}

Test(users, semaphores_of_a_set)
{
	fake.values[0] = 3;
	fake.values[1] = 32767;
	fake.alive[7] = 0;
	fake_expect(RUN("-s", "-i", "7", "-J", "-o", "id,nsems"), 0, "{\"version\":1,\n\"semaphores\":[\n"
		    "{\"id\":7,\"nsems\":2,\"elements\":["
		    "{\"semnum\":0,\"sval\":3,\"ncount\":100,\"zcount\":200,\"pid\":0,\"command\":null},"
		    "{\"semnum\":1,\"sval\":32767,\"ncount\":101,\"zcount\":201,\"pid\":1,\"command\":\"/sbin/init\"}]}\n],\n"
		    "\"complete\":true}\n", "");
	fake.fail_values = -EACCES;
	fake_expect(RUN("-s", "-i", "7", "-J", "-o", "id"), 1, "{\"version\":1,\n\"semaphores\":[\n{\"id\":7,\"elements\":["
		    "{\"semnum\":0,\"sval\":null,\"ncount\":null,\"zcount\":null,\"pid\":null,\"command\":null},"
		    "{\"semnum\":1,\"sval\":null,\"ncount\":null,\"zcount\":null,\"pid\":null,\"command\":null}]}\n],\n"
		    "\"complete\":false}\n", "ipcs: cannot read the values of semaphore set 7: Permission denied\n");
	fake.fail_values = 0;
	fake.fail_sem_get_after = 3;
	fake_expect(RUN("-s", "-i", "7", "-J", "-o", "id"), 1, "{\"version\":1,\n\"semaphores\":[\n{\"id\":7,\"elements\":["
		    "{\"semnum\":0,\"sval\":3,\"ncount\":100,\"zcount\":200,\"pid\":0,\"command\":null}]}\n],\n"
		    "\"complete\":false}\n", "ipcs: cannot read all of semaphore set 7: Identifier removed\n");
}

#define POSIX_TAIL "acc_time=Tue Nov 14 19:26:40 2023  \nmod_time=Tue Nov 14 20:50:00 2023  \n" \
	"change_time=Tue Nov 14 22:13:20 2023  \n\n"
#define POSIX_OWNER "uid=3000000001\tgid=3000000002\nmode=0644\taccess_perms=0644\n"

static void posix_objects(void)
{
	static const unsigned char semaphore[32] = { 5, 0, 0, 0, 0, 0, 0, 0, 128 };

	fake.queues = true;
	fake_file("/dev-mqueue/q", "QSIZE:129        NOTIFY:0     SIGNO:0     NOTIFY_PID:77    \n");
	fake_file("/dev-shm/m", "12345");
	fake_bytes("/dev-shm/sem.s", semaphore, sizeof semaphore);
	fake_file("/dev-shm/sem.none", "12345");
}

Test(users, posix_objects_in_detail)
{
	posix_objects();
	fake_expect(RUN("-Q", "-N", "/q"), 0, "\nPOSIX Message Queue name=q\nuid=3000000001\tgid=3000000002\tmode=0644\n"
		    "cbytes=129\tqnum=2\tmaxmsg=10\tmsgsize=8192\tnotify_pid=77\n" POSIX_TAIL, "");
	fake_expect(RUN("-M", "-N", "m"), 0, "\nPOSIX Shared memory Segment name=m\n" POSIX_OWNER
		    "bytes=5\tresident=4096\n" POSIX_TAIL, "");
	fake_expect(RUN("-S", "-N", "s"), 0, "\nPOSIX Semaphore name=s\n" POSIX_OWNER "value=5\tlibc=glibc\n" POSIX_TAIL, "");
	fake_expect(RUN("-S", "-N", "none", "-J", "-o", "name,sval"), 0,
		    "{\"version\":1,\n\"posix_semaphores\":[\n{\"name\":\"none\",\"sval\":null}\n],\n\"complete\":true}\n", "");
	fake_expect(RUN("-M", "-N", "sem.s"), 1, "", "ipcs: name sem.s not found\n");
	fake_expect(RUN("-Q", "-N", "x"), 1, "", "ipcs: name x not found\n");
}

Test(users, posix_objects_in_tables)
{
	posix_objects();
	fake_expect(RUN("-A", "-p"), 0,
		    "\n------ Message Queues PIDs --------\nmsqid      owner      lspid      lrpid     \n"
		    "5        3000000001      -         -\n6        3000000001      -         -\n\n"
		    "------ Shared Memory Creator/Last-op PIDs --------\nshmid      owner      cpid       lpid      \n"
		    "0          3000000001 -          -         \n1          3000000001 -          -         \n\n\n"
		    "------ POSIX Message Queues PIDs --------\nowner      notify-pid name\n3000000001 77         q\n\n\n\n",
		    "ipcs: the kernel records no process IDs for POSIX shared memory\n"
		    "ipcs: the kernel records no process IDs for POSIX semaphores\n");
	fake_expect(RUN("-Q", "-M"), 0,
		    "\n------ POSIX Message Queues --------\n"
		    "owner      perms used-bytes messages max-msgs msg-size name\n"
		    "3000000001 644   129        2        10       8192     q\n\n"
		    "------ POSIX Shared Memory Segments --------\n"
		    "owner      perms bytes        resident     name\n3000000001 644   5            4096         m\n\n", "");
	fake_expect(RUN("-S", "-r", "-o", "NAME,SVAL", "--sort", "name"), 0, "NAME SVAL\nnone -\ns 5\n", "");
	fake_expect(RUN("-M", "-Q", "-r", "-o", "NAME,ATTACHED", "--sort", "name"), 0, "NAME ATTACHED\nm -\nq -\n", "");
	fake_expect(RUN("-M", "--user", "3000000001", "-r", "-o", "NAME"), 0, "NAME\nm\n", "");
	fake_expect(RUN("-M", "--user", "root", "-r", "-o", "NAME"), 0, "NAME\n", "");
	fake_expect(RUN("-M", "--created-by=root", "-r", "-o", "NAME"), 1, "",
		    "ipcs: --created-by does not apply to POSIX shared memory segments\n");
}

Test(users, posix_kinds_that_are_not_there)
{
	char want[512];

	snprintf(want, sizeof want, "ipcs: there is no %s/dev-shm, so there is no POSIX shared memory\n"
		 "ipcs: there is no %s/dev-shm, so there are no POSIX semaphores\n", fake_proc(), fake_proc());
	fake_expect(RUN("-M", "-S", "-r", "-o", "NAME"), 0, "NAME\n", want);
	fake_expect(RUN("-Q"), 1, "\n\n", "ipcs: kernel not configured for POSIX message queues\n");
	fake.fail_mq = -EPERM;
	snprintf(want, sizeof want, "ipcs: POSIX message queues cannot be listed: mount an mqueue file system on %s/dev-mqueue\n",
		 fake_proc());
	fake_expect(RUN("-Q"), 1, "\n\n", want);
	fake_expect(RUN("-Q", "-N", "x"), 1, "", want);
}
