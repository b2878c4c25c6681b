using System.Net;
using Rheo.Packets;

namespace Rheo.KernelTests.Flow;

/// <summary>What the kernel wrote down of one packet.</summary>
/// <param name="Flow">The key of the slot that counted it, in the words of the packet table.</param>
/// <param name="Egress">The key says that it left.</param>
/// <param name="Packets">By how much the slot's packets grew.</param>
/// <param name="Bytes">By how much its bytes grew.</param>
internal readonly record struct Counted(ExpectedFlow Flow, bool Egress, ulong Packets, ulong Bytes)
{
    /// <summary>The same, with nothing but kind and reason of an unparsed packet, which is all that is promised of it.</summary>
    public bool IsOf(ExpectedFlow expected) => Flow == Promised(expected);

    private static ExpectedFlow Promised(ExpectedFlow expected) => expected.Kind switch
    {
        PacketKind.Unparsed => Expect.Unparsed(expected.Reason),
        PacketKind.Arp when expected.Source is null => expected with { Source = IPAddress.Any, Destination = IPAddress.Any },
        _ => expected,
    };
}
