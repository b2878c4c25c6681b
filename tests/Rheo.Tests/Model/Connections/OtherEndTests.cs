using Rheo.Model;
using Rheo.Model.Connections;
using Xunit;

namespace Rheo.Tests.Model.Connections;

/// <summary>Both ends of a connection on this machine.</summary>
public sealed class OtherEndTests
{
    private const long Second = 1_000_000_000;
    private const long Start = SomeConnection.Start;

    private readonly ConnectionTable _table = new(new ConnectionTableOptions());

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", 1, BlameReason.NotAccepted)]
    [InlineData("127.0.0.1", "127.0.0.1", 2, BlameReason.None)] // each namespace has a loopback of its own
    [InlineData("::1", "::1", 2, BlameReason.None)]
    [InlineData("10.0.0.1", "127.0.0.1", 1, BlameReason.NotAccepted)]
    [InlineData("10.0.0.1", "127.0.0.1", 2, BlameReason.None)]
    [InlineData("10.0.0.1", "10.0.0.1", 2, BlameReason.None)] // to an address of one's own
    [InlineData("10.0.0.1", "10.0.0.2", 2, BlameReason.NotAccepted)]
    public void TheOtherEndIsInTheSameNamespaceWhereTheAddressesDoNotLeaveIt(string from, string to, uint space, BlameReason reason)
    {
        var client = SomeConnection.Open with { Local = new(Address.Parse(from), 40_000), Remote = new(Address.Parse(to), 80) };
        _table.Read(client);
        _table.Read(client with
        {
            Cookie = 8,
            Namespace = space,
            Role = ConnectionRole.Server,
            Local = client.Remote,
            Remote = client.Local,
            HasNoProcess = true,
            StateSinceNs = Start - Second,
        });

        var found = _table.Snapshot(Start).Connections.Single(row => row.Figures.Cookie == client.Cookie);
        Assert.Equal(reason, found.Verdict.Reason);
    }
}
