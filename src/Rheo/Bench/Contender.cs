using Rheo.Bench.Observers;
using Rheo.Bench.Traffic;

namespace Rheo.Bench;

/// <summary>A row of the comparison: something that can watch a wire.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="Tool">The program that it is part of; what <c>--only</c> names.</param>
/// <param name="Programs">What must be installed for it.</param>
/// <param name="Command">How it is run, for a reader.</param>
/// <param name="Start">Starts it.</param>
internal sealed record Contender(string Name, string Tool, IReadOnlyList<string> Programs, string Command, Func<Wire, Observer> Start)
{
    /// <summary>The name of the row in which nothing watches.</summary>
    public const string Nobody = "no observer";

    /// <summary>The name of Rheo's own row.</summary>
    public const string Rheo = "rheo agent";

    public static readonly Contender Printing = new(
        "tcpdump -nn", "tcpdump", ["tcpdump"], "tcpdump -nn -i DEVICE", wire => new Tcpdump(wire, "-nn"));

    public static readonly Contender Writing = new(
        "tcpdump -w", "tcpdump", ["tcpdump"], "tcpdump -i DEVICE -w /dev/null", wire => new Tcpdump(wire, "-w", "/dev/null"));

    public static readonly Contender Wireshark = new(
        "dumpcap -w", "dumpcap", ["dumpcap"], "dumpcap -q -i DEVICE -w /dev/null", wire => new Dumpcap(wire));

    public static readonly Contender Netflow = new(
        "softflowd", "softflowd", ["softflowd", "softflowctl"], "softflowd -d -i DEVICE -m 131072 -n 127.0.0.1:9995",
        wire => new Softflowd(wire));

    /// <summary>Everything that Rheo is compared with.</summary>
    public static IReadOnlyList<Contender> Peers { get; } = [Printing, Writing, Wireshark, Netflow];

    /// <summary>Rheo's own row.</summary>
    public static Contender Agent(RheoProgram program) => new(Rheo, "rheo", [], "rheo agent -i DEVICE", wire => new RheoAgent(program, wire));
}
