/* SPDX-License-Identifier: 0BSD */
#include "install.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <unistd.h>

#include "show/diag.h"

/* Paths without symbolic links in their directories; "" is the root. */
struct install {
	char self[PATH_MAX];	/* this program */
	char dir[PATH_MAX];	/* the directory for the links, which is also the working directory */
	char target[PATH_MAX];	/* the relative path from dir to self: the text of symbolic links */
	struct stat program;
	bool symbolic, force;
};

/* Append n bytes to the `at` bytes in dst.  Returns the new length, or -ENAMETOOLONG, also if at < 0. */
static int append(char dst[PATH_MAX], int at, const char *src, size_t n)
{
	if (at < 0 || n >= (size_t)(PATH_MAX - at))
		return -ENAMETOOLONG;
	memcpy(dst + at, src, n);
	dst[at + (int)n] = '\0';
	return at + (int)n;
}

/* The path of the working directory, which the kernel resolves even without /proc.  Returns its length. */
static int working_dir(char path[PATH_MAX])
{
	if (getcwd(path, PATH_MAX) == NULL)
		return errno == ERANGE ? -ENAMETOOLONG : -errno;
	if (path[1] == '\0')
		path[0] = '\0';
	return (int)strlen(path);
}

/* The path of this program from /proc or, with a change of the working directory, from execve(2). */
static int own_path(char path[PATH_MAX])
{
	ssize_t n = readlink("/proc/self/exe", path, PATH_MAX);
	const char *exec, *name;
	int rc;

	if (n > 0 && n < PATH_MAX) {
		path[n] = '\0';
		return 0;
	}
	exec = (const char *)getauxval(AT_EXECFN);
	if (exec == NULL)
		return -ENOENT;
	name = strrchr(exec, '/');
	name = name ? name + 1 : exec;
	rc = append(path, 0, exec, (size_t)(name - exec));
	if (rc < 0)
		return rc;
	if (rc > 0 && chdir(path) < 0)
		return -errno;
	rc = append(path, working_dir(path), "/", 1);
	rc = append(path, rc, name, strlen(name));
	return rc < 0 ? rc : 0;
}

/* The relative path from a directory to a file: ../ for each directory to leave, then the rest. */
static int relative(char target[PATH_MAX], const char *dir, const char *file)
{
	size_t common = 0;
	int n = 0;

	for (size_t i = 0; dir[i] == file[i] || dir[i] == '\0'; i++) {
		if (file[i] == '/' && (dir[i] == '/' || dir[i] == '\0'))
			common = i;
		if (dir[i] == '\0')
			break;
	}
	for (const char *d = dir + common; *d != '\0'; d++)
		if (*d == '/')
			n = append(target, n, "../", 3);
	n = append(target, n, file + common + 1, strlen(file + common + 1));
	return n < 0 ? n : 0;
}

/* Change to the directory of fd or, if that is negative, of the program, and fill in dir and target. */
static int enter(struct install *in, int fd)
{
	int rc;

	if (fd < 0) {
		rc = append(in->dir, 0, in->self, (size_t)(strrchr(in->self, '/') - in->self) + 1);
		rc = rc < 0 ? rc : chdir(in->dir);
	} else {
		rc = fchdir(fd);
	}
	if (rc < 0)
		return -errno;
	rc = working_dir(in->dir);
	return rc < 0 ? rc : relative(in->target, in->dir, in->self);
}

/*
 * Returns 1 if `name` needs no change, 0 to make a link, or -errno if a file must stay.  A link that
 * replaced the program would lose it, and a symbolic link to its own name would lead nowhere.
 */
static int examine(const struct install *in, const char *name)
{
	char text[PATH_MAX];
	struct stat st;
	ssize_t n;

	if (lstat(name, &st) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (st.st_dev == in->program.st_dev && st.st_ino == in->program.st_ino)
		return 1;
	if (in->symbolic && strcmp(in->target, name) == 0)
		return 1;
	n = readlink(name, text, sizeof text - 1);
	text[n > 0 ? n : 0] = '\0';
	/* Only --force without --symbolic makes a hard link of it. */
	if (strcmp(text, in->target) == 0)
		return in->symbolic || !in->force;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	return in->force ? 0 : -EEXIST;
}

static int make(const struct install *in, const char *name)
{
	int rc = in->symbolic ? symlink(in->target, name)
			      : linkat(AT_FDCWD, in->self, AT_FDCWD, name, AT_SYMLINK_FOLLOW);

	return rc < 0 ? -errno : 0;
}

/* Rename a new link to `name`, so that there is a file of that name at all times. */
static int replace(const struct install *in, const char *name)
{
	char temp[sizeof ".ipcbox-" + OUT_DIGITS] = ".ipcbox-", digits[OUT_DIGITS];
	char *number = temp + strlen(temp);
	int rc = -EEXIST;

	/* An earlier run that was killed may have left a file of this name. */
	for (uint64_t n = 0; n < 100 && rc == -EEXIST; n++) {
		strcpy(number, out_decimal(digits, (uint64_t)getpid() + n));
		rc = make(in, temp);
	}
	if (rc < 0)
		return rc;
	rc = rename(temp, name) < 0 ? -errno : 0;
	/* Renaming a link to another link of the same file does nothing. */
	unlink(temp);
	return rc;
}

static void say_failed(const struct world *w, const struct install *in, const char *name, int rc)
{
	const char *hint = NULL;

	if (rc == -EEXIST && !in->force)
		hint = "; -f replaces it";
	else if (!in->symbolic && (rc == -EXDEV || rc == -EPERM))
		hint = "; -s makes symbolic links";
	applet_say(w, hint ? 0 : rc, "cannot link ", in->dir, "/", name, " to ",
		   in->symbolic ? in->target : in->self, hint ? ": " : NULL, diag_reason(rc), hint, NULL);
}

/* Examine all names before the first is linked, and stop at the first link that fails. */
static int link_all(const struct world *w, const struct install *in, const struct applet *const *applets)
{
	int status = 0, rc;

	for (const struct applet *const *a = applets; *a != NULL; a++) {
		rc = examine(in, (*a)->name);
		if (rc < 0) {
			say_failed(w, in, (*a)->name, rc);
			status = 1;
		}
	}
	for (const struct applet *const *a = applets; status == 0 && *a != NULL; a++) {
		if (examine(in, (*a)->name) == 1)
			continue;
		rc = in->force ? replace(in, (*a)->name) : make(in, (*a)->name);
		if (rc < 0) {
			say_failed(w, in, (*a)->name, rc);
			status = 1;
		}
	}
	return status;
}

int install_links(const struct world *w, const struct applet *const *applets, const char *dir, bool symbolic,
		  bool force)
{
	struct install in = { .symbolic = symbolic, .force = force };
	/* own_path may leave the directory that dir is relative to. */
	int fd = dir ? open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1, rc;

	if (dir != NULL && fd < 0) {
		applet_say(w, -errno, "cannot install into '", dir, "'", NULL);
		return 1;
	}
	rc = own_path(in.self);
	if (rc == 0 && stat(in.self, &in.program) < 0)
		rc = -errno;
	if (rc < 0) {
		applet_say(w, rc, "cannot find this program", *in.self ? ": " : "", in.self, NULL);
		return 1;
	}
	rc = enter(&in, fd);
	if (fd >= 0)
		close(fd);
	if (rc < 0) {
		applet_say(w, rc, "cannot install into '", dir ? dir : in.dir, "'", NULL);
		return 1;
	}
	return link_all(w, &in, applets);
}
