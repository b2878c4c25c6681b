using System.Globalization;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>Wireshark's capture engine, writing to nowhere.</summary>
internal sealed class Dumpcap : Observer
{
    public Dumpcap(Wire wire)
        : base(wire.Receiver, [.. Core.OnReceiver, "dumpcap", "-q", "-i", wire.ReceiverDevice, "-w", "/dev/null"]) =>
        AwaitMessage("File: ");

    /// <summary>"Packets captured: N", which it says when it ends.</summary>
    public override long Counted(CancellationToken stop)
    {
        const string Name = "Packets captured:";
        Clock.Sleep(TimeSpan.FromMilliseconds(500), stop);
        Interrupt();
        var line = AwaitMessage(Name);
        return long.Parse(line.AsSpan(line.IndexOf(Name, StringComparison.Ordinal) + Name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
