using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Rheo.Model;
using Rheo.Model.Owners;

namespace Rheo.Capture;

/// <summary>Records of the owner ring, told to the table. Times stay the kernel's (CLOCK_MONOTONIC).</summary>
internal static class OwnerRecords
{
    private const int MostParts = 64;

    /// <summary>Tells one record; what is no whole record is passed over.</summary>
    internal static void Tell(ReadOnlySpan<byte> record, SocketTable table)
    {
        if (record.Length < Unsafe.SizeOf<OwnerHead>())
            return;
        ref readonly var head = ref MemoryMarshal.AsRef<OwnerHead>(record);
        switch ((OwnerKind)head.Kind)
        {
            case OwnerKind.Socket when record.Length >= Unsafe.SizeOf<OwnerSocket>():
                TellSocket(in MemoryMarshal.AsRef<OwnerSocket>(record), table);
                break;
            case OwnerKind.Process when record.Length >= Unsafe.SizeOf<OwnerProcess>():
                TellProcess(in MemoryMarshal.AsRef<OwnerProcess>(record), table);
                break;
            case OwnerKind.Address when record.Length >= Unsafe.SizeOf<OwnerAddress>():
                ref readonly var address = ref MemoryMarshal.AsRef<OwnerAddress>(record);
                table.Tell(address.Netns, KeyReader.From(in address.Address));
                break;
            case OwnerKind.Fork when record.Length >= Unsafe.SizeOf<OwnerFork>():
                ref readonly var fork = ref MemoryMarshal.AsRef<OwnerFork>(record);
                table.Forked(Key(in fork.Head), new ProcessKey((int)fork.Parent, (long)fork.ParentStartNs), (long)head.TimeNs);
                break;
            case OwnerKind.Use when record.Length >= Unsafe.SizeOf<OwnerUse>():
                table.Used(MemoryMarshal.AsRef<OwnerUse>(record).Cookie, Key(in head), (long)head.TimeNs);
                break;
            case OwnerKind.Exit:
                table.Exited(Key(in head), (long)head.TimeNs);
                break;
            default:
                break;
        }
    }

    /// <summary>A record that is told after some others. What is known by its ends is fetched where they are new; at its end they are known.</summary>
    internal static void Expect(ReadOnlySpan<byte> record, SocketTable table)
    {
        if (record.Length < Unsafe.SizeOf<OwnerSocket>() || (OwnerKind)MemoryMarshal.AsRef<OwnerHead>(record).Kind != OwnerKind.Socket)
            return;
        ref readonly var socket = ref MemoryMarshal.AsRef<OwnerSocket>(record);
        if (socket.LocalPort != 0 && socket.RemotePort != 0 && (OwnerEvent)socket.Event is not (OwnerEvent.Released or OwnerEvent.Closed))
            table.Expect(socket.Protocol, Local(in socket), Remote(in socket));
    }

    private static Endpoint Local(ref readonly OwnerSocket socket) => new(KeyReader.From(in socket.Local), KeyReader.Port(socket.LocalPort));

    private static Endpoint Remote(ref readonly OwnerSocket socket) => new(KeyReader.From(in socket.Remote), KeyReader.Port(socket.RemotePort));

    private static ProcessKey Key(ref readonly OwnerHead head) => new((int)head.Pid, (long)head.StartNs);

    private static void TellSocket(ref readonly OwnerSocket socket, SocketTable table)
    {
        var flags = (OwnerFlag)socket.Flags;
        table.Tell(new SocketMoment
        {
            Event = (SocketEvent)socket.Event,
            TimeNs = (long)socket.Head.TimeNs,
            Cookie = socket.Cookie,
            Namespace = socket.Netns,
            Protocol = socket.Protocol,
            Local = Local(in socket),
            Remote = Remote(in socket),
            IsIPv6 = (flags & OwnerFlag.Ipv6) != 0,
            IsIPv6Only = (flags & OwnerFlag.V6only) != 0,
            IsPassive = (flags & OwnerFlag.Passive) != 0,
            Process = Key(in socket.Head),
        });
    }

    private static void TellProcess(ref readonly OwnerProcess process, SocketTable table)
    {
        var cgroup = CgroupName.Parse(Path(((ReadOnlySpan<byte>)process.Cgroup)[..Math.Min((int)process.CgroupLength, (int)OwnerLimit.Text)]));
        table.Tell(
            Key(in process.Head),
            new SocketProcess
            {
                Pid = (int)process.Head.Pid,
                Name = Text(process.Name),
                Executable = Path(((ReadOnlySpan<byte>)process.Executable)[..Math.Min((int)process.ExecutableLength, (int)OwnerLimit.Text)]),
                Uid = process.Uid,
                Container = cgroup.Container,
                Unit = cgroup.Unit,
            },
            (long)process.Head.TimeNs);
    }

    /// <summary>A path of parts with a NUL each, the last one first. Bytes that are no UTF-8 become U+FFFD.</summary>
    internal static string Path(ReadOnlySpan<byte> parts)
    {
        if (parts.IsEmpty)
            return "";
        // What did not fit is missing at the root.
        var path = new StringBuilder(parts.Length > OwnerLimit.Text - OwnerLimit.Part ? "…" : "");
        Span<Range> ranges = stackalloc Range[MostParts];
        var count = parts.TrimEnd((byte)0).Split(ranges);
        for (var at = count - 1; at >= 0; at--)
            path.Append('/').Append(Encoding.UTF8.GetString(parts[ranges[at]]));
        return path.ToString();
    }

    private static string Text(ReadOnlySpan<byte> name)
    {
        var end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }

    // ReadOnlySpan<byte>.Split is for text that nobody else made; this one stops when the ranges are full.
    private static int Split(this ReadOnlySpan<byte> parts, Span<Range> ranges)
    {
        var (count, began) = (0, 0);
        for (var at = 0; at <= parts.Length && count < ranges.Length; at++)
        {
            if (at < parts.Length && parts[at] != 0)
                continue;
            ranges[count++] = began..at;
            began = at + 1;
        }

        return count;
    }
}
