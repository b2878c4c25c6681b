using System.Globalization;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>tcpdump: printing (<c>-nn</c>) or writing a capture (<c>-w</c>), to nowhere in both cases.</summary>
internal sealed class Tcpdump : Observer
{
    // -Z root: a process that changes its user no longer ends when we are killed.
    public Tcpdump(Wire wire, params string[] options)
        : base(wire.Receiver, [.. Core.OnReceiver, "tcpdump", "-Z", "root", "-i", wire.ReceiverDevice, .. options]) =>
        AwaitMessage("listening on");

    /// <summary>"N packets captured" are those that it has printed or written; it says so when it ends.</summary>
    public override long Counted(CancellationToken stop)
    {
        Clock.Sleep(TimeSpan.FromMilliseconds(500), stop); // what waits in its buffer is printed or written
        Interrupt();
        var line = AwaitMessage("captured");
        return long.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture);
    }
}
