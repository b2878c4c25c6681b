using System.Globalization;
using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>
/// A veth pair between two namespaces. The receiving end has one queue, and its NAPI runs in a kernel thread tied to one core:
/// the CPU time of that thread is the whole cost of receiving.
/// </summary>
internal sealed class Wire : IDisposable
{
    // What is on its way arrives, and the scheduler books the last slice of a thread when it sleeps.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(30);

    private readonly NetworkNamespace _sender;
    private readonly NetworkNamespace _receiver;

    private Wire(NetworkNamespace sender, NetworkNamespace receiver) => (_sender, _receiver) = (sender, receiver);

    public NetworkNamespace Sender => _sender;

    public NetworkNamespace Receiver => _receiver;

    public string SenderDevice { get; } = $"rb{Environment.ProcessId}a";

    public string ReceiverDevice { get; } = $"rb{Environment.ProcessId}b";

    public int SenderIndex { get; private set; }

    public int ReceiverIndex { get; private set; }

    public int NapiThread { get; private set; }

    /// <summary>CPU time of the receiving kernel thread.</summary>
    public long NapiNs => CpuTime.Of(NapiThread);

    /// <summary>Packets that the receiving device has counted.</summary>
    public long ReceivedPackets => ReadReceived();

    /// <summary>Does something with the source and returns what came through meanwhile.</summary>
    public PacketSample Measure(PacketSource source, Action act)
    {
        var (offered, received, napi) = (source.Offered, ReceivedPackets, NapiNs);
        act();
        Clock.Sleep(Settle);
        return new PacketSample(source.Offered - offered, ReceivedPackets - received, NapiNs - napi);
    }

    public static Wire Create()
    {
        Leftovers.RemoveStale();
        var sender = NetworkNamespace.Create("send");
        var wire = new Wire(sender, NetworkNamespace.Create("receive"));
        try
        {
            wire.Connect();
            wire.FindNapiThread();
        }
        catch
        {
            wire.Dispose();
            throw;
        }

        return wire;
    }

    public void Dispose()
    {
        _receiver.Dispose();
        _sender.Dispose();
    }

    // Without an XDP program a veth has NAPI only while GRO is on.
    private void Connect()
    {
        const string OneQueue = "numrxqueues 1 numtxqueues 1";
        _sender.Shell($"ip link add {SenderDevice} {OneQueue} type veth peer name {ReceiverDevice} {OneQueue} netns {_receiver.Name}");
        _receiver.Shell($"ethtool -K {ReceiverDevice} gro on && ip link set {ReceiverDevice} up");
        _receiver.Shell($"echo 1 >/sys/class/net/{ReceiverDevice}/threaded");
        _sender.Shell($"ip link set {SenderDevice} up");
        SenderIndex = IndexOf(_sender, SenderDevice);
        ReceiverIndex = IndexOf(_receiver, ReceiverDevice);
    }

    private static int IndexOf(NetworkNamespace home, string device) =>
        int.Parse(home.Shell($"cat /sys/class/net/{device}/ifindex"), CultureInfo.InvariantCulture);

    private void FindNapiThread()
    {
        var name = $"napi/{ReceiverDevice}-";
        NapiThread = Directory.EnumerateDirectories("/proc")
            .Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0]) && NameOf(path).StartsWith(name, StringComparison.Ordinal))
            .Select(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            .FirstOrDefault();
        if (NapiThread == 0)
            throw new BenchException($"there is no kernel thread {name}*: this kernel does not run the NAPI of veth in threads");
        Core.Pin(NapiThread, Core.Receiver);
        Core.Hurry(NapiThread);
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm"));
        }
        catch (IOException)
        {
            return ""; // it has ended since
        }
    }

    private long ReadReceived() => _receiver.Run(() =>
    {
        var line = File.ReadLines("/proc/thread-self/net/dev").First(line => line.Contains(ReceiverDevice + ":", StringComparison.Ordinal));
        var fields = line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(fields[1], CultureInfo.InvariantCulture);
    });
}
