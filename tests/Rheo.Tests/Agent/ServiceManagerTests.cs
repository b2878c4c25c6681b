using System.Net.Sockets;
using System.Text;
using Rheo.Agent;
using Xunit;

namespace Rheo.Tests.Agent;

public sealed class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsSaidArrivesAsDatagrams(bool isAbstract)
    {
        var name = $"{Path.GetTempPath()}rheo-notify-{Guid.NewGuid():N}";
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 5000 };
        systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + name : name));
        using var manager = new ServiceManager(variable => variable switch
        {
            "NOTIFY_SOCKET" => isAbstract ? '@' + name : name,
            "WATCHDOG_USEC" => "30000000",
            _ => null,
        });

        manager.Ready("two\nlines");
        Assert.Equal("READY=1\nSTATUS=two\\x0alines", Receive(systemd));
        manager.Reloading();
        Assert.Matches(@"^RELOADING=1\nMONOTONIC_USEC=\d+\nSTATUS=", Receive(systemd));
        manager.Alive();
        Assert.Equal("WATCHDOG=1", Receive(systemd));
        manager.Alive();
        manager.Stopping();
        Assert.StartsWith("STOPPING=1", Receive(systemd), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(15), manager.WatchdogInterval);
        File.Delete(name);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("relative", null)]
    [InlineData("/nobody/listens/here", "1")]
    public void WithoutASystemdNothingHappens(string? path, string? watchdogProcess)
    {
        using var manager = new ServiceManager(variable => variable switch
        {
            "NOTIFY_SOCKET" => path,
            "WATCHDOG_USEC" => "30000000",
            "WATCHDOG_PID" => watchdogProcess,
            _ => null,
        });
        manager.Ready("");
        manager.Alive();
        manager.Stopping();

        Assert.Null(manager.WatchdogInterval);
    }

    private static string Receive(Socket socket)
    {
        var buffer = new byte[1024];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
