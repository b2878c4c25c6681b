using System.Globalization;
using Rheo.KernelTests.Links;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>What the IP layer of a namespace has counted: /proc/net/snmp and /proc/net/netstat.</summary>
internal sealed class KernelCounters
{
    private readonly Dictionary<string, long> _values = [];

    private KernelCounters(IEnumerable<string> lines)
    {
        // Pairs of lines: "Ip: Forwarding DefaultTTL …" and "Ip: 1 64 …".
        foreach (var pair in lines.Chunk(2))
        {
            var (names, values) = (pair[0].Split(' '), pair[1].Split(' '));
            for (var at = 1; at < names.Length; at++)
                _values[$"{names[0]}{names[at]}"] = long.Parse(values[at], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Packets as the IP layer received them: one that GRO or TSO made of many is one.</summary>
    internal long Received => _values["Ip:InReceives"];

    /// <summary>Their bytes, from the IP header on.</summary>
    internal long ReceivedBytes => _values["IpExt:InOctets"];

    /// <summary>
    /// Packets as they were on the wire: of a packet that GRO or TSO made of many, each of the many counts
    /// (ip_rcv_core in net/ipv4/ip_input.c adds gso_segs to the counter of its ECN mark).
    /// </summary>
    internal long ReceivedSegments =>
        _values["IpExt:InNoECTPkts"] + _values["IpExt:InECT0Pkts"] + _values["IpExt:InECT1Pkts"] + _values["IpExt:InCEPkts"];

    internal static KernelCounters Read(TestNamespace space) => space.Run(() =>
        new KernelCounters([.. File.ReadLines("/proc/thread-self/net/snmp"), .. File.ReadLines("/proc/thread-self/net/netstat")]));
}
