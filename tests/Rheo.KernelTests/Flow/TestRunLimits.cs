using System.Buffers.Binary;
using Rheo.Packets;

namespace Rheo.KernelTests.Flow;

/// <summary>Of which frames BPF_PROG_TEST_RUN makes a packet; the others go through <see cref="Tap"/>.</summary>
internal static class TestRunLimits
{
    private const int Ethernet = 14;

    /// <summary>A page less headroom and the skb's end (bpf_test_init in net/bpf/test_run.c), rounded down.</summary>
    private const int Longest = 3_400;

    /// <summary>True when the kernel does not refuse the frame: a whole IP header has to follow an IP EtherType (6.18 does so).</summary>
    public static bool Take(ReadOnlySpan<byte> frame) => frame.Length is > Ethernet and <= Longest
        && frame.Length >= Ethernet + Header(BinaryPrimitives.ReadUInt16BigEndian(frame[12..]));

    private static int Header(ushort type) => type switch
    {
        EtherType.Ip4 => 20,
        EtherType.Ip6 => 40,
        _ => 0,
    };
}
