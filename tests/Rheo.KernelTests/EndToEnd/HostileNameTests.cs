using System.Net.Sockets;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Interfaces whose names steer terminals, break formats or are no text at all, through the running program.</summary>
public sealed class HostileNameTests : IDisposable
{
    private readonly TestNamespace _space = TestNamespace.Create();

    // As the kernel takes them: at most 15 octets, no white space, no '/'.
    private static byte[][] Names =>
    [
        "\e[31m\e[2J"u8.ToArray(), [0xff, 0xfe, 0xfd], "a\u009bb"u8.ToArray(), "\u202egnp.exe"u8.ToArray(), "<b>&\"'"u8.ToArray(),
        "=1+1"u8.ToArray(), "\\x1b"u8.ToArray(), "x\"}#1"u8.ToArray(), [1, 2, 0x7f], [0xc3, 0x28], "`id`$(id)"u8.ToArray(),
    ];

    [RootFact]
    public void NoOutputIsSteeredByTheNamesOfInterfaces()
    {
        for (var at = 0; at < Names.Length; at++)
            Link(at, Names[at]);
        foreach (var words in new[] { "flows -o table", "flows -o wide", "flows -o json", "flows -o yaml", "flows -o csv", "top --frames 1" })
            AssertHarmless(words);
        using var agent = RheoProcess.StartAgent(_space);
        _space.Run(Talk);
        agent.AwaitMetrics(page => page.Sum("rheo_flow_packets_total", "udp") > 0);
        AssertPrintable("/metrics", _space.Execute("curl -s http://127.0.0.1:9460/metrics"));
        JsonDocument.Parse(_space.Execute("curl -s http://127.0.0.1:9460/api/v1/flows")).Dispose();
        Assert.Equal(0, agent.End());
        AssertPrintable("messages", agent.Errors);
    }

    public void Dispose() => _space.Dispose();

    private void Link(int at, byte[] name)
    {
        var octal = string.Concat(name.Select(octet => "\\" + Convert.ToString(octet, 8).PadLeft(3, '0')));
        _space.Ip($"link add odd index {100 + at} type veth peer name even{at}");
        Shell.Run("sh", "-c", $"ip -n {_space.Name} link set dev odd name \"$(printf '{octal}')\"");
        _space.Ip($"addr add 10.8.{at}.2/24 dev even{at}");
        _space.Ip($"link set even{at} up");
        // By its index, since its name is what it is.
        _space.Ip($"link set dev if{100 + at} up");
    }

    // A packet over each link to nobody, so that each name is in a conversation.
    private static void Talk()
    {
        using var socket = new UdpClient { EnableBroadcast = true };
        for (var at = 0; at < Names.Length; at++)
            socket.Send(new byte[10], $"10.8.{at}.255", 9);
    }

    private void AssertHarmless(string words)
    {
        string[] arguments = words.StartsWith("top", StringComparison.Ordinal) ? words.Split(' ') : [.. words.Split(' '), "--duration", "1s"];
        using var run = RheoProcess.Start(_space, arguments);
        Thread.Sleep(400);
        _space.Run(Talk);
        Assert.Equal(0, run.WaitForExit());
        AssertPrintable(words, run.Output);
        AssertPrintable(words, run.Errors);
        if (words.EndsWith("json", StringComparison.Ordinal))
            Assert.All(run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => JsonDocument.Parse(line).Dispose());
    }

    private static void AssertPrintable(string what, string text)
    {
        foreach (var line in text.Split('\n'))
            Assert.True(Text.Printable(line.TrimEnd('\r')) == line.TrimEnd('\r'), $"{what}: {Text.Printable(line)}");
    }
}
