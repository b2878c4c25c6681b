using System.Runtime.InteropServices;

namespace Rheo.Bpf.Interop;

/// <summary>Error numbers of Linux (the generic table: x86-64, arm64, riscv64), their names and their words.</summary>
internal static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int E2BIG = 7;
    public const int EBADF = 9;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EFAULT = 14;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int EOPNOTSUPP = 95;
    public const int ENOTSUPP = 524; // kernel-internal, but bpf(2) lets it out

    public static string Name(int errno) => errno switch
    {
        EPERM => nameof(EPERM),
        ENOENT => nameof(ENOENT),
        ESRCH => nameof(ESRCH),
        EINTR => nameof(EINTR),
        E2BIG => nameof(E2BIG),
        EBADF => nameof(EBADF),
        EAGAIN => nameof(EAGAIN),
        ENOMEM => nameof(ENOMEM),
        EACCES => nameof(EACCES),
        EFAULT => nameof(EFAULT),
        EBUSY => nameof(EBUSY),
        EEXIST => nameof(EEXIST),
        ENODEV => nameof(ENODEV),
        EINVAL => nameof(EINVAL),
        ENOSPC => nameof(ENOSPC),
        EOPNOTSUPP => nameof(EOPNOTSUPP),
        ENOTSUPP => nameof(ENOTSUPP),
        _ => $"errno {errno}",
    };

    public static string Describe(int errno) =>
        errno == ENOTSUPP ? "Operation not supported by the kernel" : Marshal.GetPInvokeErrorMessage(errno);
}
