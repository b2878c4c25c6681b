using System.Diagnostics;
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
            _server = Process.Start(new ProcessStartInfo("ip", ["netns", "exec", _right.Name, "/usr/bin/python3", "-m", "http.server", "8000", "-d", _folder]) { RedirectStandardError = true });
    }

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

    public void Dispose()
    {
        _server?.Kill();
        _server?.Dispose();
        _right.Dispose();
        _left.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private void Fetch()
    {
        Assert.SkipUnless(_server is not null, "needs python3");
        _left.Execute($"curl -s --retry 20 --retry-connrefused --retry-delay 1 -o /dev/null http://{Server}:8000/");
    }
}
