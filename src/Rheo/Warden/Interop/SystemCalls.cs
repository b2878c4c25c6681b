using System.Runtime.InteropServices;

namespace Rheo.Warden.Interop;

/// <summary>
/// Numbers of system calls: those made here, and those that the core may make. Source: arch/x86/entry/syscalls/syscall_64.tbl and
/// include/uapi/asm-generic/unistd.h.
/// </summary>
internal static class SystemCalls
{
    internal static readonly bool IsArm = RuntimeInformation.ProcessArchitecture == Architecture.Arm64;

    internal static int SetGroups => IsArm ? 159 : 116;

    internal static int SetResUid => IsArm ? 147 : 117;

    internal static int SetResGid => IsArm ? 149 : 119;

    internal static int CapGet => IsArm ? 90 : 125;

    internal static int CapSet => IsArm ? 91 : 126;

    internal static int Seccomp => IsArm ? 277 : 317;

    internal static int Membarrier => IsArm ? 283 : 324;

    internal static int Bpf => IsArm ? 280 : 321;

    internal static int Clone => IsArm ? 220 : 56;

    internal static int Clone3 => 435;

    internal static int Prctl => IsArm ? 167 : 157;

    internal static int Kill => IsArm ? 129 : 62;

    internal static int TgKill => IsArm ? 131 : 234;

    internal static int Socket => IsArm ? 198 : 41;

    internal static int Ioctl => IsArm ? 29 : 16;

    /// <summary>What a program does that computes, reads and writes files and serves sockets, and has threads.</summary>
    internal static int[] Ordinary => IsArm ? OrdinaryOnArm : OrdinaryOnX64;

    private static int[] OrdinaryOnX64 =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, // read … writev
        21, 23, 24, 25, 26, 27, 28, // access, select, sched_yield, mremap, msync, mincore, madvise
        32, 33, 35, 39, 40, // dup, dup2, nanosleep, getpid, sendfile
        42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, // connect … getsockopt
        60, 63, 72, 73, 74, 75, 76, 77, 78, 79, 80, 82, 83, 84, 87, 89, 90, 91, // exit, uname, fcntl … fchmod
        95, 96, 97, 98, 99, 100, 102, 104, 107, 108, 110, 115, 118, 120, 125, 131, // umask … sigaltstack
        137, 138, 140, 143, 144, 145, 146, 147, // statfs, fstatfs, getpriority, sched_get…
        186, 201, 202, 203, 204, 213, 217, 218, 219, 221, // gettid, time, futex, sched_…affinity, epoll_create, getdents64 …
        228, 229, 230, 231, 232, 233, 237, 239, 257, 258, 262, 263, 264, 267, 268, 269, 270, 271, 273, // clock_gettime … set_robust_list
        280, 281, 283, 284, 285, 286, 287, 288, 290, 291, 292, 293, 295, 296, // utimensat, epoll_pwait, timerfd … pwritev
        299, 302, 307, 309, 316, 318, 319, 324, 325, 326, 332, 334, 436, 439, 441, 449, // recvmmsg, prlimit64, sendmmsg, getcpu, renameat2, getrandom …
    ];

    private static int[] OrdinaryOnArm =>
    [
        17, 19, 20, 21, 22, 23, 24, 25, 32, 34, 35, 38, 43, 44, 45, 46, 47, 48, 49, 52, 53, 56, 57, 59, // getcwd … pipe2
        61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 78, 79, 80, 82, 83, 85, 86, 87, 88, // getdents64 … utimensat
        93, 94, 96, 98, 99, 100, 101, 113, 114, 115, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, // exit … restart_syscall
        132, 133, 134, 135, 136, 137, 139, 141, 148, 150, 153, 160, 163, 165, 166, 168, 169, // sigaltstack … gettimeofday
        172, 173, 174, 175, 176, 177, 178, 179, 199, 200, 201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 212, // getpid … recvmsg
        214, 215, 216, 222, 223, 226, 227, 228, 232, 233, 235, 236, 242, 243, 261, 269, 276, 278, 279, 283, 284, 285, 291, 293, // brk … rseq
        436, 439, 441, 449,
    ];
}
