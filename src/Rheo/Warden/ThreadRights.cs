using System.Runtime.InteropServices;
using Rheo.Warden.Interop;
using static Rheo.Warden.Interop.ProcessCalls;

namespace Rheo.Warden;

/// <summary>
/// The rights of the calling thread. The kernel keeps them for each thread, and a process that a thread starts is born with that
/// thread's: so one thread can give up everything, and start the core.
/// </summary>
internal static unsafe class ThreadRights
{
    // include/uapi/linux/capability.h
    internal const ulong NetAdmin = 1UL << 12;
    internal const ulong SetGid = 1UL << 6;
    internal const ulong SetUid = 1UL << 7;
    internal const ulong SetPcap = 1UL << 8;
    internal const ulong SysAdmin = 1UL << 21;
    internal const ulong SysPtrace = 1UL << 19;
    internal const ulong SysResource = 1UL << 24;
    internal const ulong Perfmon = 1UL << 38;
    internal const ulong Bpf = 1UL << 39;

    /// <summary>What a start needs beside <see cref="Warden"/>: the core gets another user and loses everything.</summary>
    internal const ulong Start = SetUid | SetGid | SetPcap;

    /// <summary>What loading, attaching and watching needs.</summary>
    internal const ulong Warden = Bpf | Perfmon | NetAdmin;

    private const int Capabilities = 64;

    /// <summary>Gives up every right for ever: bounding set, user, groups, capabilities; and no program started may gain any.</summary>
    /// <exception cref="IOException">The kernel refused: what is left must not run the core.</exception>
    internal static void GiveUpAll(CoreUser user)
    {
        DropBounding(keep: 0);
        _ = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
        if (user != CoreUser.Own)
            Become(user);
        Set(effective: 0, permitted: 0, inheritable: 0);
        Demand(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "set no_new_privs");
    }

    /// <summary>Gives up all capabilities but these, as far as the thread has them.</summary>
    internal static void Keep(ulong capabilities)
    {
        var (_, permitted, inheritable) = Get();
        Set(permitted & capabilities, permitted & capabilities, inheritable & capabilities);
    }

    /// <summary>Keeps these, as far as the thread has them, for what it starts; none of them is in force.</summary>
    internal static void Reserve(ulong capabilities)
    {
        var (_, permitted, inheritable) = Get();
        Set(effective: 0, permitted & capabilities, inheritable & capabilities);
    }

    /// <summary>
    /// Takes capabilities out of the bounding set. Without CAP_SETPCAP that is refused, and then no matter: no program that such a user
    /// starts gains any, but by a file that somebody gave them.
    /// </summary>
    internal static void DropBounding(ulong keep)
    {
        for (var capability = 0; capability < Capabilities; capability++)
        {
            if ((keep & (1UL << capability)) == 0)
                _ = prctl(PR_CAPBSET_DROP, (nuint)capability, 0, 0, 0); // EINVAL: beyond the kernel's last one
        }
    }

    internal static (ulong Effective, ulong Permitted, ulong Inheritable) Get()
    {
        var header = new cap_user_header { version = cap_user_header.Version3 };
        var data = default(cap_user_data);
        // SAFETY: both live on this stack; version 3 fills two words of each set.
        Demand(syscall(SystemCalls.CapGet, (nint)(&header), (nint)(&data), 0), "read capabilities");
        return (Whole(data.effective_low, data.effective_high), Whole(data.permitted_low, data.permitted_high),
            Whole(data.inheritable_low, data.inheritable_high));
    }

    private static void Set(ulong effective, ulong permitted, ulong inheritable)
    {
        var header = new cap_user_header { version = cap_user_header.Version3 };
        var data = new cap_user_data
        {
            effective_low = (uint)effective, permitted_low = (uint)permitted, inheritable_low = (uint)inheritable,
            effective_high = (uint)(effective >> 32), permitted_high = (uint)(permitted >> 32), inheritable_high = (uint)(inheritable >> 32),
        };
        // SAFETY: as in Get.
        Demand(syscall(SystemCalls.CapSet, (nint)(&header), (nint)(&data), 0), "give up capabilities");
    }

    private static void Become(CoreUser user)
    {
        Demand(syscall(SystemCalls.SetGroups, 0, 0, 0), "leave all groups");
        Demand(syscall(SystemCalls.SetResGid, (nint)user.Gid, (nint)user.Gid, (nint)user.Gid), "change the group");
        Demand(syscall(SystemCalls.SetResUid, (nint)user.Uid, (nint)user.Uid, (nint)user.Uid), "change the user");
    }

    private static ulong Whole(uint low, uint high) => low | ((ulong)high << 32);

    private static void Demand(nint result, string what)
    {
        if (result != 0)
            throw new IOException($"cannot {what}: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
