using Rheo.Model;
using Rheo.Model.Drops;
using Rheo.Model.Owners;
using Xunit;

namespace Rheo.Tests.Model;

public sealed class DropOwnerTests
{
    private static readonly SocketProcess s_short = new() { Pid = 7, Name = "nginx", Uid = 33 };
    private static readonly SocketProcess s_full = s_short with { Executable = "/usr/sbin/nginx", Container = "3f4a0c5d9e1b", Unit = "nginx.service" };

    [Fact]
    public void AListenerIsOfTheOwnerOfWhomMoreIsKnown()
    {
        var drops = Snapshot(Refused(5) with { Owner = s_short }, Refused(6) with { Owner = s_short }).Owned(new Book(5, s_full));

        Assert.Equal([s_full, s_short], drops.Flows.Select(row => row.Owner));
    }

    [Fact]
    public void AFilterForTheContainerFindsWhatItsListenerRefused()
    {
        var view = new DropView(Snapshot(Refused(5) with { Owner = s_short }).Owned(new Book(5, s_full)));

        Assert.Single(view.Since(DropView.Nothing, DropGrouping.Flow, harmlessToo: false, FlowFilter.Parse("container:3f4a", FilterSubject.Drop)));
    }

    [Fact]
    public void WhatAListenerRefusedAndWhatWasDroppedAtItAreOneRowOfItsProcess()
    {
        var view = new DropView(Snapshot(Refused(5) with { Owner = s_short }, Refused(5) with { Place = "tcp_v4_rcv" }).Owned(new Book(5, s_full)));

        var row = Assert.Single(view.Since(DropView.Nothing, DropGrouping.Process, harmlessToo: false));

        Assert.Equal((s_full, 6UL), (row.Owner, row.Packets));
    }

    private static DropSnapshot Snapshot(params DropTotal[] flows) => new([], flows, default);

    private static DropTotal Refused(ulong socket) => new(
        "TCP_LISTEN_OVERFLOW", "tcp_conn_request", 0, 1, 0x800, new DroppedFlow(default, Flows.Server, Transport.Tcp, socket), 3, 0, 0);

    /// <summary>Knows whose one socket is.</summary>
    private sealed class Book(ulong socket, SocketProcess owner) : ISocketOwners
    {
        public IReadOnlyList<SocketProcess> Find(byte protocol, Endpoint local, Endpoint remote, long firstSeenNs, long lastSeenNs) => [];

        public IReadOnlyList<SocketProcess> FindByCookie(ulong cookie) => cookie == socket ? [owner] : [];
    }
}
