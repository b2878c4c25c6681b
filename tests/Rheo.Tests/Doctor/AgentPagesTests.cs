using System.Net;
using Rheo.Agent;
using Rheo.Cli;
using Rheo.Tests.Hostile;
using Xunit;

namespace Rheo.Tests.Doctor;

public sealed class AgentPagesTests
{
    [Fact]
    public void AnAgentThatScansSeldomIsGivenTheTime()
    {
        var commands = new RecordedCommands();

        Assert.Equal(ExitCode.Success, commands.Run(["doctor"], new Dictionary<string, string> { ["RHEO_SCAN_INTERVAL"] = "30s", ["RHEO_LISTEN"] = "127.0.0.1:9470" }));

        var asked = commands.Examined!;
        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 9470), asked.Agent);
        Assert.Equal(TimeSpan.FromSeconds(35), new AgentPages(asked.Agent, asked.ScanInterval).ScanPatience);
    }
}
