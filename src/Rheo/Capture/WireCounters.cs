using Rheo.Bpf;
using Rheo.Bpf.Netlink;

namespace Rheo.Capture;

/// <summary>What the interfaces of this network namespace have counted themselves, at one moment.</summary>
public sealed class WireCounters
{
    private readonly Dictionary<string, DeviceCounters> _counters;

    private WireCounters(Dictionary<string, DeviceCounters> counters) => _counters = counters;

    /// <summary>Their names, fit to print, as the metrics have them.</summary>
    public IEnumerable<string> Interfaces => _counters.Keys;

    /// <summary>Reads them now. Needs no right.</summary>
    public static WireCounters Read()
    {
        try
        {
            return new(NetworkDevices.List().GroupBy(device => Text.Printable(device.Name)).ToDictionary(group => group.Key, group => group.First().Counters));
        }
        catch (BpfException)
        {
            return new([]);
        }
    }

    /// <summary>Packets of an interface in one direction; 0 when it is not there.</summary>
    public long Packets(string name, bool egress) =>
        _counters.TryGetValue(name, out var counters) ? (long)(egress ? counters.SentPackets : counters.ReceivedPackets) : 0;

    /// <summary>Bytes of an interface in one direction; 0 when it is not there.</summary>
    public long Bytes(string name, bool egress) =>
        _counters.TryGetValue(name, out var counters) ? (long)(egress ? counters.SentBytes : counters.ReceivedBytes) : 0;
}
