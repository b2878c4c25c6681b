using System.Runtime.InteropServices;

namespace Rheo.Warden.Interop;

/// <summary>Processes, their rights and their end. Failures are -1 with errno, where nothing else is said.</summary>
internal static unsafe partial class ProcessCalls
{
    internal const int WNOHANG = 1;
    internal const int SIGHUP = 1;
    internal const int SIG_BLOCK = 0;
    internal const int SIG_UNBLOCK = 1;
    internal const int SIGKILL = 9;
    internal const int SIGUSR2 = 12;
    internal const nint SIG_DFL = 0;
    internal const nint SIG_IGN = 1;
    internal const int F_SETFD = 2;
    internal const int FD_CLOEXEC = 1;
    internal const int MADV_DONTNEED = 4;
    internal const int PR_SET_NAME = 15;
    internal const int PR_CAPBSET_DROP = 24;
    internal const int PR_SET_NO_NEW_PRIVS = 38;
    internal const int PR_CAP_AMBIENT = 47;
    internal const int PR_CAP_AMBIENT_CLEAR_ALL = 4;

    /// <summary>Returns the error number itself, that of a failed exec included.</summary>
    [LibraryImport("libc")]
    internal static partial int posix_spawn(int* process, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport("libc")]
    internal static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int execve(byte* path, byte** arguments, byte** environment);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint signal(int signal, nint handler);

    /// <summary>Of the calling thread. Returns the error number itself.</summary>
    [LibraryImport("libc")]
    internal static partial int pthread_sigmask(int how, ulong* set, ulong* before);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int waitpid(int process, int* status, int options);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int kill(int process, int signal);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int fcntl(int descriptor, int command, nint argument);

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int memfd_create(byte* name, uint flags);

    [LibraryImport("libc")]
    internal static partial uint geteuid();

    [LibraryImport("libc")]
    internal static partial uint getegid();

    [LibraryImport("libc")]
    internal static partial int getppid();

    [LibraryImport("libc", SetLastError = true)]
    internal static partial int madvise(nuint address, nuint length, int advice);

    [LibraryImport("libc")]
    internal static partial int malloc_trim(nuint pad);

    /// <summary>Ends the process at once, whatever its threads do.</summary>
    [LibraryImport("libc")]
    internal static partial void _exit(int code);

    /// <summary>
    /// For what changes the rights of the calling thread: the C library's own functions would change those of all threads.
    /// </summary>
    [LibraryImport("libc", SetLastError = true)]
    internal static partial nint syscall(nint number, nint a, nint b, nint c);
}
