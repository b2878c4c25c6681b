using System.Diagnostics;
using System.Globalization;

namespace Rheo.KernelTests;

/// <summary>Two ends of a cable in this network namespace, ready for live frames: the far end polls by NAPI.</summary>
public sealed class VethPair : IDisposable
{
    private VethPair(string name)
    {
        Name = name + "0";
        Peer = name + "1";
    }

    public string Name { get; }

    public string Peer { get; }

    /// <summary>Interface index of the near end.</summary>
    public uint Index => uint.Parse(Attribute(Name, "ifindex"), CultureInfo.InvariantCulture);

    /// <summary>Packets that the far end has received.</summary>
    public long PeerPackets => Counter(Peer, "rx_packets");

    /// <summary>Packets that the near end could not hand to the far end, whose queue was full.</summary>
    public long Dropped => Counter(Name, "tx_dropped");

    /// <summary>Makes the pair. IPv6 is off, so that nothing is sent but what the test sends.</summary>
    public static VethPair Create(string name)
    {
        var pair = new VethPair(name);
        Ip("link", "add", pair.Name, "type", "veth", "peer", "name", pair.Peer);
        foreach (var end in new[] { pair.Name, pair.Peer })
        {
            File.WriteAllText($"/proc/sys/net/ipv6/conf/{end}/disable_ipv6", "1");
            Ip("link", "set", end, "up");
            Run("ethtool", "-K", end, "gro", "on"); // NAPI and with it ndo_xdp_xmit; the driver looks at it only while up
        }

        return pair;
    }

    /// <summary>Waits until the far end has received as many packets, and some time for more; gives what it has then.</summary>
    public long SettledPeerPackets(Func<long> expected)
    {
        var watch = Stopwatch.StartNew();
        while (PeerPackets < expected() && watch.Elapsed < TimeSpan.FromSeconds(5))
            Thread.Sleep(10);
        Thread.Sleep(20);
        return PeerPackets;
    }

    public void Dispose() => Ip("link", "del", Name);

    private static long Counter(string device, string name) => long.Parse(Attribute(device, "statistics/" + name), CultureInfo.InvariantCulture);

    private static string Attribute(string device, string name) => File.ReadAllText($"/sys/class/net/{device}/{name}").Trim();

    private static void Ip(params string[] arguments) => Run("ip", arguments);

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {errors}");
    }
}
