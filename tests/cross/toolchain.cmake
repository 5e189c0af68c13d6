# SPDX-License-Identifier: 0BSD
# clang and lld for another machine, with what sysroot.sh has fetched: -DMACHINE=TRIPLE -DSYSROOT=FOLDER
list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES MACHINE SYSROOT)
set(CMAKE_SYSTEM_NAME Linux)
string(REGEX REPLACE "-.*" "" CMAKE_SYSTEM_PROCESSOR ${MACHINE})
set(CMAKE_C_COMPILER clang)
set(CMAKE_C_COMPILER_TARGET ${MACHINE})
set(CMAKE_SYSROOT ${SYSROOT})
# Else clang takes what the packages of Debian for cross compilers have beside it.
set(CMAKE_C_COMPILER_EXTERNAL_TOOLCHAIN ${SYSROOT}/usr)
set(CMAKE_EXE_LINKER_FLAGS_INIT "-fuse-ld=lld -rtlib=libgcc -static")
