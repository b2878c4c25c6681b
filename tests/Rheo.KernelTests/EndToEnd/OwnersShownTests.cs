using System.Diagnostics;
using System.Text.Json;
using Rheo.KernelTests.Links;
using Xunit;

namespace Rheo.KernelTests.EndToEnd;

/// <summary>Whose the ends are, from the sockets of real processes in two namespaces to what people and machines read.</summary>
public sealed class OwnersShownTests : IDisposable
{
    private const string Server = "10.9.9.2";
    private readonly string _folder = Directory.CreateTempSubdirectory("rheo-t-").FullName;
    private readonly TestNamespace _left;
    private readonly TestNamespace _right;
    private readonly Process? _server;

    public OwnersShownTests()
    {
        File.SetUnixFileMode(_folder, (UnixFileMode)0x1ed); // 0755
        (_left, _right) = TestNamespace.CreatePair();
        if (File.Exists("/usr/bin/python3"))
            _server = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _right.Name, "/usr/bin/python3", "-m", "http.server", "8000", "-d", _folder]) { RedirectStandardOutput = true, RedirectStandardError = true });
    }

    private string Path => System.IO.Path.Combine(_folder, "own", "rheo.sock");

    [RootTheory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("wide")]
    [InlineData("yaml")]
    public void BothEndsAreNamedInEveryShape(string format)
    {
        using var flows = RheoProcess.Start(_left, "flows", "--duration", "3s", "-o", format, "--agent", "never", "tcp port 8000 and process:curl");
        flows.AwaitMessage("watching");
        Fetch();

        Assert.Equal(0, flows.WaitForExit());
        Assert.Contains("curl", flows.Output, StringComparison.Ordinal);
        Assert.Contains(_server!.Id.ToString(), flows.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void TheAgentTellsItToItsReadersToTheApiAndToPrometheus()
    {
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        using var flows = RheoProcess.Start(_left, "flows", "--duration", "4s", "-o", "json", "--agent", Path, "tcp port 8000");
        flows.AwaitMessage("through the agent");
        Fetch();
        Assert.Equal(0, flows.WaitForExit());

        using var line = JsonDocument.Parse(Assert.Single(flows.Output.Trim().Split('\n')));
        AssertNamed(line.RootElement);
        using var answer = JsonDocument.Parse(_left.Execute("curl -s http://127.0.0.1:9460/api/v1/flows?filter=tcp+port+8000"));
        var flow = Assert.Single(answer.RootElement.GetProperty("flows").EnumerateArray());
        AssertNamed(flow);
        var bytes = (Sent: flow.GetProperty("bytes").GetProperty("sent").GetUInt64(), Received: flow.GetProperty("bytes").GetProperty("received").GetUInt64());
        var page = agent.AwaitMetrics(page => page.Sum("rheo_owner_bytes_total", "python3", "transmit") >= bytes.Received);
        Assert.Equal((bytes.Received, bytes.Sent), (page.Sum("rheo_owner_bytes_total", "python3", "transmit"), page.Sum("rheo_owner_bytes_total", "python3", "receive")));
    }

    [RootFact]
    public void TheLiveViewSumsByProcess()
    {
        using var top = RheoProcess.Start(_left, "top", "--frames", "4", "--by", "process", "--agent", "never");
        for (var turn = 0; turn < 6; turn++)
        {
            Fetch();
            Thread.Sleep(500);
        }

        Assert.Equal(0, top.WaitForExit());
        Assert.Contains($"python3[{_server!.Id}]", top.Output, StringComparison.Ordinal);
    }

    [RootFact]
    public void WhatOnlyPassesByIsNobodysAndNotUnattributed()
    {
        using var tun = TapDevice.Open(_left, "rheo-tun", TapDevice.Tun);
        _left.Ip("link set rheo-tun up");
        _left.Ip("addr add 192.0.2.254/24 dev rheo-tun");
        _left.Ip($"route add 198.51.100.0/24 via {Server}");
        _left.Sysctl("net/ipv4/ip_forward", "1");
        using var agent = RheoProcess.StartAgent(_left, "--socket", Path);
        for (var turn = 0; turn < 20; turn++)
            tun.Write(Datagram());

        var flows = "";
        agent.AwaitMetrics(_ => (flows = Passing()).Contains("198.51.100.7", StringComparison.Ordinal));
        var page = agent.AwaitMetrics(page => page.Has("rheo_unattributed_packets_total"));
        using var answer = JsonDocument.Parse(flows);
        var flow = Assert.Single(answer.RootElement.GetProperty("flows").EnumerateArray());
        Assert.Equal(20, flow.GetProperty("packets").GetProperty("sent").GetInt32());
        Assert.Equal(2, flow.GetProperty("network").GetProperty("interfaces").GetArrayLength());
        Assert.False(flow.GetProperty("source").TryGetProperty("process", out _));
        Assert.False(flow.GetProperty("destination").TryGetProperty("process", out _));
        Assert.True(page.Has("rheo_unattributed_packets_total"));
        Assert.InRange(page.Sum("rheo_unattributed_packets_total"), 0ul, 19ul);
    }

    public void Dispose()
    {
        _server?.Kill();
        _server?.Dispose();
        _right.Dispose();
        _left.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Passing() => _left.Execute("curl -s http://127.0.0.1:9460/api/v1/flows?filter=udp+port+4321");

    // From 192.0.2.1:9 to 198.51.100.7:4321, four bytes.
    private static byte[] Datagram()
    {
        byte[] packet =
        [
            0x45, 0, 0, 32, 0, 1, 0, 0, 64, 17, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7,
            0, 9, 0x10, 0xe1, 0, 12, 0, 0, 1, 2, 3, 4,
        ];
        var sum = 0;
        for (var at = 0; at < 20; at += 2)
            sum += (packet[at] << 8) | packet[at + 1];
        sum = ~((sum & 0xffff) + (sum >> 16));
        (packet[10], packet[11]) = ((byte)(sum >> 8), (byte)sum);
        return packet;
    }

    private void Fetch()
    {
        Assert.SkipUnless(_server is not null, "needs python3");
        _left.Execute($"curl -s --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null http://{Server}:8000/");
    }

    private void AssertNamed(JsonElement flow)
    {
        var source = flow.GetProperty("source").GetProperty("process");
        var destination = flow.GetProperty("destination").GetProperty("process");
        Assert.Equal(("curl", 0), (source.GetProperty("name").GetString(), source.GetProperty("uid").GetInt32()));
        Assert.EndsWith("/curl", source.GetProperty("executable").GetString(), StringComparison.Ordinal);
        Assert.Equal(("python3", _server!.Id), (destination.GetProperty("name").GetString(), destination.GetProperty("pid").GetInt32()));
    }
}
