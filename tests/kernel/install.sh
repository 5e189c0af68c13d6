#!/bin/sh
# SPDX-License-Identifier: 0BSD
# ipcbox --install in the trees that people have: beside the program, staged for an image, with /bin in /usr, with
# files of other packages in the way, and with only the static program in a root of its own.
# shellcheck source=tests/lib/tap.sh
. "${0%/*}/../lib/tap.sh"
private
umask 022
chmod 755 "$scratch"
tree=$scratch/tree

# fresh DIR...: create an empty tree with these directories and the program in the first.
fresh() {
	rm -rf "$tree"
	for dir; do mkdir -p "$tree/$dir"; done
	cp "$IPCBOX" "$tree/$1/ipcbox"
	cd "$tree" || exit 1
}

# shown DIR PROGRAM: describe the three names there, and list all other names except that of the program: the text of a
# symbolic link, "=" for the program itself, "DIR/" for a directory, or the contents of a file.
shown() {
	for name in ipcmk ipcrm ipcs; do
		if [ -L "$1/$name" ]; then
			readlink "$1/$name"
		elif [ -d "$1/$name" ]; then
			echo DIR/
		elif [ "$(stat -c %d:%i "$1/$name" 2>/dev/null)" = "$(stat -c %d:%i "$2")" ]; then
			echo "="
		else
			cat "$1/$name" 2>/dev/null || echo -
		fi
	done
	find "$1" -mindepth 1 -maxdepth 1 ! -name ipcmk ! -name ipcrm ! -name ipcs ! -name ipcbox -printf '%f\n' | sort
}

# installed DIR PROGRAM WANT NAME [ERROR]: the last run succeeded or, with ERROR, printed only that and failed, and the
# directory now is as wanted.
installed() {
	installed_code=0
	[ $# -eq 4 ] || installed_code=1
	is "$code:$out:$err:$(shown "$1" "$2" | tr '\n' ' ')" "$installed_code::${5-}:$3 " "$4"
}

nl='
'
# refused DIR TARGET REASON: the messages if all three names are in the way.
refused() {
	for name in ipcmk ipcrm ipcs; do
		printf 'ipcbox: cannot link %s/%s to %s: %s%s' "$1" $name "$2" "$3" "$nl"
	done
}

# Symbolic links are relative.
fresh usr/bin bin usr/local/bin usr/bin2
run usr/bin/ipcbox --install -s usr/bin
installed usr/bin usr/bin/ipcbox "ipcbox ipcbox ipcbox" "beside the program, the links name it alone"
run usr/bin/ipcbox --install -s bin
installed bin usr/bin/ipcbox "../usr/bin/ipcbox ../usr/bin/ipcbox ../usr/bin/ipcbox" \
	"the links of a staged tree do not leave it"
run usr/bin/ipcbox -s --install usr/bin2/
installed usr/bin2 usr/bin/ipcbox "../bin/ipcbox ../bin/ipcbox ../bin/ipcbox" \
	"a directory whose name begins alike is another"
run usr/bin/ipcbox --install --symbolic "$tree/bin/../usr/local/./bin"
installed usr/local/bin usr/bin/ipcbox "../../bin/ipcbox ../../bin/ipcbox ../../bin/ipcbox" \
	"links to a directory above"
mv "$tree" "$tree.moved"
is "$("$tree.moved/bin/ipcs" --version | cut -d ' ' -f 1)" ipcs "the links of a tree that is moved run the program"
rm -rf "$tree.moved"

# /bin is a link to usr/bin, where util-linux has its files.
fresh usr/bin
ln -s usr/bin bin
for name in ipcmk ipcrm ipcs; do echo old >bin/$name; done
run bin/ipcbox --install -s bin
installed bin/ bin/ipcbox "old old old" "files in the way are named and stay" \
	"$(refused "$tree/usr/bin" ipcbox "File exists; -f replaces it")"
run bin/ipcbox --install -s -f bin
installed bin/ bin/ipcbox "ipcbox ipcbox ipcbox" "-f replaces them and leaves nothing beside"
before=$(stat -c %i bin/ipcs)
run bin/ipcbox --install -s bin
installed bin/ bin/ipcbox "ipcbox ipcbox ipcbox" "right symbolic links are no error"
run bin/ipcbox --install -s --force bin
installed bin/ bin/ipcbox "ipcbox ipcbox ipcbox" "nor with -f"
is "$(readlink bin/ipcs) $(stat -c %i bin/ipcs)" "ipcbox $before" "and are not made anew"

# One file is in the way: no link is created.
fresh bin to
echo mine >to/ipcs
run bin/ipcbox --install to
installed to bin/ipcbox "- - mine" "one file in the way, and nothing is made" \
	"ipcbox: cannot link $tree/to/ipcs to $tree/bin/ipcbox: File exists; -f replaces it"
run bin/ipcbox --install -f to
installed to bin/ipcbox "= = =" "-f replaces it with a hard link, and makes the others"
run bin/ipcbox --install to
installed to bin/ipcbox "= = =" "right hard links are no error"
run bin/ipcbox --install -s -f to
installed to bin/ipcbox "= = =" "symbolic links do not replace what is the program"

# Other links.
fresh bin to dir
ln -s "$tree/bin/ipcbox" to/ipcs
ln -s nowhere to/ipcrm
ln -s ../dir to/ipcmk
run bin/ipcbox --install -s to
installed to bin/ipcbox "../dir nowhere $tree/bin/ipcbox" "other links are in the way" \
	"$(refused "$tree/to" ../bin/ipcbox "File exists; -f replaces it")"
run bin/ipcbox --install -s -f to
installed to bin/ipcbox "../bin/ipcbox ../bin/ipcbox ../bin/ipcbox" "-f replaces links themselves"
is "$(readlink to/ipcmk) $(find dir)" "../bin/ipcbox dir" "and does not follow one to a directory"
run bin/ipcbox --install to
installed to bin/ipcbox "../bin/ipcbox ../bin/ipcbox ../bin/ipcbox" "right symbolic links are no error without -s"
run bin/ipcbox --install -f to
installed to bin/ipcbox "= = =" "-f makes hard links of them"

# Directories stay.
fresh bin to/ipcrm
run bin/ipcbox --install -s -f to
installed to bin/ipcbox "- DIR/ -" "a directory is never replaced" \
	"ipcbox: cannot link $tree/to/ipcrm to ../bin/ipcbox: Is a directory"

# The program is not replaced, whatever its name.
fresh bin
mv bin/ipcbox bin/ipcs
ln -s ipcs bin/ipcbox
run bin/ipcbox --install -s -f bin
installed bin bin/ipcs "ipcs ipcs =" "a program with the name of an applet stays"
if plain; then
	fresh bin
	ln -s ipcbox bin/ipcs
	mount -t tmpfs none /proc
	run bash -c 'exec -a ipcbox bin/ipcs --install -s -f bin'
	installed bin bin/ipcbox "ipcs ipcs ipcbox" "a link that was called, without /proc, does not lead to itself"

	# Without /proc, the path by which the program was called is used.
	fresh usr/bin bin a b
	run usr/bin/ipcbox --install -s bin
	installed bin usr/bin/ipcbox "../usr/bin/ipcbox ../usr/bin/ipcbox ../usr/bin/ipcbox" \
		"without /proc, by a relative path"
	cd bin || exit 1
	run ../usr/bin/ipcbox --install ../a
	installed ../a ../usr/bin/ipcbox "= = =" "DIR is relative to where the program was called"
	cd ../usr/bin || exit 1
	run env PATH=: ipcbox --install -s .
	installed . ipcbox "ipcbox ipcbox ipcbox" "without a directory, found in PATH"
	cd "$tree" || exit 1
	rm usr/bin/ipcs
	run usr/bin/ipcbox --install -s
	installed usr/bin usr/bin/ipcbox "ipcbox ipcbox ipcbox" "without DIR, beside the program"
	run "$tree/usr/bin/../bin/ipcbox" --install -s b
	installed b usr/bin/ipcbox "../usr/bin/ipcbox ../usr/bin/ipcbox ../usr/bin/ipcbox" "by an absolute path"
	umount /proc
fi

# Standard input may be closed, and the file of the program may be gone.
fresh bin to
run sh -c 'exec bin/ipcbox --install to <&-'
installed to bin/ipcbox "= = =" "without standard input"
# shellcheck disable=SC2016
run bash -c 'exec 3<bin/ipcbox && mv bin/ipcbox gone && rm gone && exec -a ipcbox /proc/self/fd/3 --install -f to'
is "$code:$out:$err" "1::ipcbox: cannot find this program: $tree/gone (deleted): No such file or directory" \
	"a program that is gone"

# A run that was killed while it replaced a file left a temporary name.
fresh bin to
echo old | tee to/ipcs >to/.ipcbox-1
run unshare -p -f --mount-proc bin/ipcbox --install -f to
installed to bin/ipcbox "= = = .ipcbox-1" "a name that was left is no obstacle"

# Other file systems, and read-only ones.
fresh bin to
mount -t tmpfs none to
cross="ipcbox: cannot link $tree/to/ipcmk to $tree/bin/ipcbox: Invalid cross-device link; -s makes symbolic links"
run bin/ipcbox --install to
installed to bin/ipcbox "- - -" "a hard link to another file system" "$cross"
run bin/ipcbox --install -f to
installed to bin/ipcbox "- - -" "leaves nothing, with -f either" "$cross"
run bin/ipcbox --install -s to
installed to bin/ipcbox "../bin/ipcbox ../bin/ipcbox ../bin/ipcbox" "a symbolic one works"
mount -o remount,ro to
run bin/ipcbox --install -s to
installed to bin/ipcbox "../bin/ipcbox ../bin/ipcbox ../bin/ipcbox" \
	"right links of a read-only file system are no error"
umount to
mount -t tmpfs -o ro none to
run bin/ipcbox --install -s to
installed to bin/ipcbox "- - -" "a read-only file system" \
	"ipcbox: cannot link $tree/to/ipcmk to ../bin/ipcbox: Read-only file system"
umount to

if as_user true 2>/dev/null; then
	run as_user bin/ipcbox --install -s to
	installed to bin/ipcbox "- - -" "a directory of another" \
		"ipcbox: cannot link $tree/to/ipcmk to ../bin/ipcbox: Permission denied"
	chmod 1777 to
	run as_user bin/ipcbox --install to
	if [ "$(cat /proc/sys/fs/protected_hardlinks)" = 1 ]; then
		installed to bin/ipcbox "- - -" "a program of another that may not be linked" \
			"ipcbox: cannot link $tree/to/ipcmk to $tree/bin/ipcbox: Operation not permitted; -s makes symbolic links"
	else
		installed to bin/ipcbox "= = =" "a program of another that may be linked"
	fi
	rm -f to/*
	echo root >to/ipcrm
	run as_user bin/ipcbox --install -s -f to
	installed to bin/ipcbox "../bin/ipcbox root -" "a file that may not be replaced stays, with nothing beside it" \
		"ipcbox: cannot link $tree/to/ipcrm to ../bin/ipcbox: Operation not permitted"
else
	skip "files and directories of others" "this user cannot become another"
fi

# Names that are not directories, and long ones.
fresh bin
for dir in nowhere "" bin/ipcbox bin/ipcbox/x; do
	run bin/ipcbox --install -s "$dir"
	case $dir in bin*) reason="Not a directory" ;; *) reason="No such file or directory" ;; esac
	installed bin bin/ipcbox "- - -" "not in '$dir'" "ipcbox: cannot install into '$dir': $reason"
done
long=$(printf '%0250d' 0)
(
	i=0
	while [ $i -lt 15 ]; do
		mkdir "$long" && cd "$long" && i=$((i + 1)) || exit 1
	done
	mkdir to
	"$tree/bin/ipcbox" --install -s to 2>"$scratch/err" && to/ipcs --version >/dev/null
)
ok $? "a long path to the links"
# The paths back through that tree are too long for a link, and so is its own path.
(
	i=0
	while [ $i -lt 18 ]; do
		mkdir -p "$long" && cd -P "$long" && i=$((i + 1)) || exit 1
	done
	"$tree/bin/ipcbox" --install -s . 2>"$scratch/err"
	echo "$?" >"$scratch/code"
)
is "$(cat "$scratch/code"):$(cat "$scratch/err")" "1:ipcbox: cannot install into '.': File name too long" \
	"a path that is too long is an error"
cd /
rm -rf "$tree"

# A root of its own with only the static program.
if plain && [ "$PROGRAM" = static ]; then
	# An image with merged directories and the files of util-linux.
	fresh usr/bin
	ln -s usr/bin bin
	for name in ipcmk ipcrm ipcs; do echo old >bin/$name; done
	run chroot "$tree" /bin/ipcbox --install -s /bin
	installed bin/ bin/ipcbox "old old old" "an image with util-linux" \
		"$(refused /usr/bin ipcbox "File exists; -f replaces it")"
	run chroot "$tree" /bin/ipcbox --install -s -f /bin
	installed bin/ bin/ipcbox "ipcbox ipcbox ipcbox" "-f replaces it"
	is "$(chroot "$tree" /bin/ipcs --version | cut -d ' ' -f 1)" ipcs "and the links run the program"
	run chroot "$tree" /bin/ipcbox --install -s /bin
	installed bin/ bin/ipcbox "ipcbox ipcbox ipcbox" "a second time"

	# The program or the links are in the root directory.
	fresh x
	mv x/ipcbox ipcbox
	run chroot "$tree" /ipcbox --install -s x
	installed x ipcbox "../ipcbox ../ipcbox ../ipcbox" "from a directory to the root"
	run chroot "$tree" /ipcbox --install -s
	installed . ipcbox "ipcbox ipcbox ipcbox x" "beside a program in the root"
	rm ipcmk ipcrm ipcs x/*
	mv ipcbox x/ipcbox-1
	ln -s x/ipcbox-1 ipcbox
	mkdir proc
	run chroot "$tree" /ipcbox --install -s /
	installed . x/ipcbox-1 "ipcbox ipcbox ipcbox proc x" "without /proc, to the link that was called"
	mount --bind /proc proc
	run chroot "$tree" /ipcbox --install -s -f /
	installed . x/ipcbox-1 "x/ipcbox-1 x/ipcbox-1 x/ipcbox-1 proc x" "with /proc, to the program itself"
	ln -s /x to
	run chroot "$tree" /to/../ipcbox --install -s -f /to
	installed x x/ipcbox-1 "ipcbox-1 ipcbox-1 ipcbox-1 ipcbox-1" "an absolute link is resolved within the root"
	umount proc
	run nsenter --root="$tree" --wd="$scratch" /x/ipcbox-1 --install -s .
	installed "$scratch" x/ipcbox-1 "- - - code err tree" "not outside the root directory" \
		"ipcbox: cannot install into '.': No such file or directory"
fi
finish
