using Rheo.Bpf.Interop;

namespace Rheo.Bpf;

/// <summary>
/// A program at the tcx hook of an interface. Programs there run in order until one returns something else than TCX_NEXT (-1).
/// </summary>
/// <remarks>
/// <b>Kernel</b>: 6.6; CAP_BPF and CAP_NET_ADMIN. When the interface goes away the link stays, detached (<see cref="IsAttached"/>), and
/// nobody is told. <b>Source</b>: kernel/bpf/tcx.c.
/// </remarks>
public sealed class TcxLink : BpfLink
{
    private TcxLink(DescriptorHandle handle, int ifindex, TcDirection direction)
        : base(handle, "") => (Ifindex, Direction) = (ifindex, direction);

    /// <inheritdoc/>
    /// <remarks>
    /// Asked for when it is wanted: the kernel tells a device's name under the lock of all devices, which whoever makes devices waits for.
    /// </remarks>
    public override string Target => TargetOf(Ifindex, Direction);

    /// <summary>The index of the interface it was attached to.</summary>
    public int Ifindex { get; }

    /// <summary>Which way the packets go that the program sees.</summary>
    public TcDirection Direction { get; }

    /// <summary>False once the interface is gone.</summary>
    public bool IsAttached => Info().Ifindex != 0;

    /// <summary>Attaches a program to an interface of the calling thread's network namespace.</summary>
    /// <param name="program">A loaded program of type <see cref="ProgramType.SchedCls"/> (SEC "tc").</param>
    /// <param name="ifindex">The interface.</param>
    /// <param name="direction">Which way the packets go.</param>
    /// <param name="position">Before or after the programs that are there.</param>
    /// <returns>The link; disposing it detaches the program.</returns>
    /// <exception cref="BpfException">The kernel refused; the advice says what is missing.</exception>
    public static TcxLink Attach(BpfProgram program, int ifindex, TcDirection direction, TcxPosition position = TcxPosition.Head)
    {
        var link = TryAttach(program, ifindex, direction, position, out var errno);
        return link ?? throw Refused(program, ifindex, direction, errno);
    }

    /// <summary>Puts another program in the place of this one, in the same position.</summary>
    /// <param name="program">A loaded program of the same type.</param>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Update(BpfProgram program) => Replace(program);

    internal static TcxLink TakeOver(int descriptor, int ifindex, TcDirection direction)
    {
        var link = new TcxLink(new DescriptorHandle(descriptor), ifindex, direction);
        try
        {
            _ = link.Id;
            return link;
        }
        catch (BpfException)
        {
            link.Dispose();
            throw;
        }
    }

    internal static TcxLink? TryAttach(BpfProgram program, int ifindex, TcDirection direction, TcxPosition position, out int errno)
    {
        ArgumentNullException.ThrowIfNull(program);
        var attribute = new LinkCreate
        {
            ProgramFd = program.FileDescriptor,
            TargetIfindex = ifindex,
            AttachType = AttachTypeOf(direction),
            // Without a relative program these mean the head and the tail of the list.
            Flags = position == TcxPosition.Head ? LinkFlags.BPF_F_BEFORE : LinkFlags.BPF_F_AFTER,
        };
        var result = Create(ref attribute);
        errno = Math.Max(0, -result);
        return result < 0 ? null : new TcxLink(new DescriptorHandle(result), ifindex, direction);
    }

    internal static AttachType AttachTypeOf(TcDirection direction) =>
        direction == TcDirection.Ingress ? AttachType.BPF_TCX_INGRESS : AttachType.BPF_TCX_EGRESS;

    internal static string TargetOf(int ifindex, TcDirection direction) =>
        $"{AttachAdvice.DeviceName(ifindex)} {(direction == TcDirection.Ingress ? "ingress" : "egress")}";

    internal static BpfException Refused(BpfProgram program, int ifindex, TcDirection direction, int errno)
    {
        var advice = AttachAdvice.NoSuchDevice(ifindex)
            ?? AttachAdvice.Kernel(Features.Tcx, "6.6", "tcx")
            ?? WrongType(program)
            ?? AttachAdvice.For(errno, Capability.Bpf, Capability.NetAdmin);
        return new BpfException("attach program", $"{program.Name} to {TargetOf(ifindex, direction)} (tcx)", errno, advice);
    }

    internal static string? WrongType(BpfProgram program) =>
        program.Type == ProgramType.SchedCls ? null : $"the program is of type {program.Type}; tc takes SchedCls (SEC \"tc\")";
}
