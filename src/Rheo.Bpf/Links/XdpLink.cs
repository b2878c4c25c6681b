using Rheo.Bpf.Interop;
using Rheo.Bpf.Netlink;

namespace Rheo.Bpf;

/// <summary>An XDP program at an interface. There is room for one.</summary>
/// <remarks>
/// <b>Kernel</b>: 5.9; CAP_BPF and CAP_NET_ADMIN, and CAP_PERFMON for programs with variable packet offsets. When the interface goes
/// away the link stays, detached (<see cref="IsAttached"/>). Native mode on veth and other devices with TSO costs their users dearly.
/// <b>Source</b>: bpf_xdp_link_attach() in net/core/dev.c.
/// </remarks>
public sealed class XdpLink : BpfLink
{
    private XdpLink(DescriptorHandle handle, string target, int ifindex)
        : base(handle, target) => Ifindex = ifindex;

    /// <summary>The index of the interface it was attached to.</summary>
    public int Ifindex { get; }

    /// <summary>Where the program really runs; <see cref="XdpMode.Any"/> when the interface is gone.</summary>
    public XdpMode Mode { get; private init; }

    /// <summary>False once the interface is gone.</summary>
    public bool IsAttached => Info().Ifindex != 0;

    /// <summary>Attaches a program to an interface of the calling thread's network namespace.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.Xdp"/>.</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="mode">Where to run it; <see cref="XdpMode.Any"/> leaves it to the kernel.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing or who is in the way.</exception>
    public static XdpLink Attach(BpfProgram program, int ifindex, XdpMode mode = XdpMode.Any)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attribute = new LinkCreate
        {
            ProgramFd = program.FileDescriptor,
            TargetIfindex = ifindex,
            AttachType = AttachType.BPF_XDP,
            Flags = FlagsOf(mode),
        };
        var result = Create(ref attribute);
        if (result < 0)
            throw Refused(program, ifindex, mode, -result);
        var handle = new DescriptorHandle(result);
        return new XdpLink(handle, $"{AttachAdvice.DeviceName(ifindex)} xdp", ifindex)
        {
            Mode = mode == XdpMode.Any ? NetworkDevices.Find(ifindex)?.Xdp?.Mode ?? XdpMode.Any : mode,
        };
    }

    /// <summary>Puts another program in the place of this one.</summary>
    /// <param name="program">A loaded program of the same type.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Update(BpfProgram program) => Replace(program);

    private static uint FlagsOf(XdpMode mode) => mode switch
    {
        XdpMode.Native => LinkFlags.XDP_FLAGS_DRV_MODE,
        XdpMode.Generic => LinkFlags.XDP_FLAGS_SKB_MODE,
        XdpMode.Offload => LinkFlags.XDP_FLAGS_HW_MODE,
        _ => 0,
    };

    private static BpfException Refused(BpfProgram program, int ifindex, XdpMode mode, int errno)
    {
        var advice = AttachAdvice.NoSuchDevice(ifindex)
            ?? InTheWay(ifindex, errno)
            ?? WrongType(program)
            ?? Mode(mode, errno)
            ?? AttachAdvice.For(errno, Capability.Bpf, Capability.NetAdmin);
        return new BpfException("attach program", $"{program.Name} to {AttachAdvice.DeviceName(ifindex)} (xdp)", errno, advice);

        static string? Mode(XdpMode mode, int errno) => mode is XdpMode.Native or XdpMode.Offload
            && errno is Errno.EOPNOTSUPP or Errno.EINVAL
            ? $"the driver offers no {NameOf(mode)} XDP, or not with the present MTU and features; generic mode works everywhere"
            : null;
    }

    private static string? WrongType(BpfProgram program) =>
        program.Type == ProgramType.Xdp ? null : $"the program is of type {program.Type}; this hook takes Xdp";

    private static string? InTheWay(int ifindex, int errno)
    {
        if (errno is not (Errno.EBUSY or Errno.EEXIST) || NetworkDevices.Find(ifindex)?.Xdp is not { } other)
            return null;
        var name = ProgramName.Find(other.ProgramId) is { } found ? $", name {found}" : "";
        return $"another XDP program is attached (id {other.ProgramId}{name}, {NameOf(other.Mode)} mode)";
    }

    private static string NameOf(XdpMode mode) => mode.ToString().ToLowerInvariant();
}
