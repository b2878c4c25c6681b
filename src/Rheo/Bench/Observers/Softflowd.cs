using System.Globalization;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>softflowd, exporting to a port of the loopback where nobody listens.</summary>
internal sealed class Softflowd : Observer
{
    // It changes its user, and would then go on when we are killed: it lives in a process namespace, whose first process is root's, ends
    // with us and takes the rest with it.
    private static readonly string[] EndsWithUs = ["unshare", "--pid", "--fork", "--kill-child=KILL", "sh", "-c", "\"$@\" & wait", "sh"];

    private readonly string _socket;

    public Softflowd(Wire wire)
        : this(wire, Scratch.PathOf($"{wire.ReceiverDevice}.ctl"))
    {
    }

    // -d: stay in the foreground; -m: room for all flows, so that it need not expire them early.
    private Softflowd(Wire wire, string socket)
        : base(
            wire.Receiver,
            [
                .. Core.OnReceiver, .. EndsWithUs,
                "softflowd", "-d", "-i", wire.ReceiverDevice, "-m", "131072", "-n", "127.0.0.1:9995", "-c", socket, "-p", socket + ".pid",
            ])
    {
        _socket = socket;
        Command.Await("softflowd", IsThere);
    }

    public override long Counted(CancellationToken stop)
    {
        const string Name = "Packets processed:";
        var line = Command.Run("softflowctl", "-c", _socket, "statistics").Split('\n')
            .First(line => line.StartsWith(Name, StringComparison.Ordinal));
        return long.Parse(line.AsSpan(Name.Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }

    public override void Dispose()
    {
        base.Dispose();
        File.Delete(_socket);
        File.Delete(_socket + ".pid");
    }

    private bool IsThere()
    {
        ThrowIfEnded();
        return File.Exists(_socket);
    }
}
