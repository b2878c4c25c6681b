using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>A program at a cgroup: it sees the sockets of all processes in it and below.</summary>
/// <remarks>
/// <b>Kernel</b>: 5.7, cgroup v2; CAP_BPF and CAP_NET_ADMIN, and a cgroup folder that can be read. Programs of others at the same cgroup
/// run as well. When the cgroup goes away the link stays, detached.
/// </remarks>
public sealed class CgroupLink : BpfLink
{
    private const string Mounts = "/proc/self/mounts";

    private CgroupLink(DescriptorHandle handle, string target)
        : base(handle, target)
    {
    }

    /// <summary>False once the cgroup is gone.</summary>
    public bool IsAttached => Info().CgroupId != 0;

    /// <summary>Finds where cgroup v2 is mounted: it need not be /sys/fs/cgroup, where version 1 may live.</summary>
    /// <returns>The folder of the root cgroup, or null when it is not mounted.</returns>
    public static string? FindRoot() => File.ReadLines(Mounts)
        .Select(line => line.Split(' '))
        .FirstOrDefault(fields => fields.Length > 2 && fields[2] == "cgroup2")?[1];

    /// <summary>Attaches a program to a cgroup, at the hook that its section names.</summary>
    /// <param name="program">A loaded program with a section such as "sockops", "cgroup_skb/egress" or "cgroup/connect4".</param>
    /// <param name="cgroup">The cgroup's folder.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">No such cgroup, or the kernel refused.</exception>
    public static CgroupLink Attach(BpfProgram program, string cgroup)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(cgroup);
        using var folder = new DescriptorHandle(FileCalls.OpenFolder(cgroup));
        if (folder.IsInvalid)
            throw Refused(program, cgroup, -folder.Descriptor);
        var attribute = new LinkCreate
        {
            ProgramFd = program.FileDescriptor,
            TargetFd = folder.Descriptor,
            AttachType = Libbpf.bpf_program__expected_attach_type(program.Pointer),
        };
        var result = Create(ref attribute);
        return result >= 0 ? new CgroupLink(new DescriptorHandle(result), $"cgroup {cgroup}") : throw Refused(program, cgroup, -result);
    }

    /// <summary>Puts another program in the place of this one.</summary>
    /// <param name="program">A loaded program of the same type and hook.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Update(BpfProgram program) => Replace(program);

    private static BpfException Refused(BpfProgram program, string cgroup, int errno)
    {
        var advice = errno switch
        {
            Errno.ENOENT => "no such cgroup",
            Errno.EBADF => $"not a cgroup v2 folder; cgroup v2 is mounted at {FindRoot() ?? "no place here"}",
            _ => AttachAdvice.For(errno, Capability.Bpf, Capability.NetAdmin),
        };
        return new BpfException("attach program", $"{program.Name} to cgroup {cgroup}", errno, advice);
    }
}
