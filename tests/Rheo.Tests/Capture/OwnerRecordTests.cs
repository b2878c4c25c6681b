using System.Runtime.InteropServices;
using System.Text;
using Rheo.Capture;
using Rheo.Model;
using Rheo.Model.Owners;
using Xunit;

namespace Rheo.Tests.Capture;

/// <summary>Records of the owner ring, told to a table of sockets.</summary>
public sealed class OwnerRecordTests
{
    private readonly SocketTable _table = new(new SocketTableOptions());

    [Theory]
    [InlineData("curl\0bin\0usr\0", "/usr/bin/curl")]
    [InlineData("a\0", "/a")]
    [InlineData("", "")]
    [InlineData("b\n\0\u001b[2J\0", "/\u001b[2J/b\n")] // made printable where it is printed
    public void APathComesWithItsLastPartFirst(string parts, string path) => Assert.Equal(path, OwnerRecords.Path(Encoding.UTF8.GetBytes(parts)));

    [Fact]
    public void APathThatDidNotFitSaysSoAtItsRoot()
    {
        var parts = new StringBuilder();
        for (var part = 0; part < 4; part++)
            parts.Append('x', 100).Append('\0');

        var path = OwnerRecords.Path(Encoding.ASCII.GetBytes(parts.ToString()));

        Assert.StartsWith("…/xxx", path, StringComparison.Ordinal);
        Assert.DoesNotContain("…", OwnerRecords.Path(Encoding.ASCII.GetBytes(parts.ToString()[..303])), StringComparison.Ordinal);
    }

    [Fact]
    public void BytesThatAreNoTextAreNotPassedOn() => Assert.Equal("/\ufffd", OwnerRecords.Path([0xff, 0]));

    [Fact]
    public void AProcessAndItsSocketAreToldToTheLastByteOfTheirRecords()
    {
        var process = Bytes(Process());
        var socket = Bytes(Socket());
        Tell(process);
        Tell(socket[..^1]); // cut: passed over
        Assert.Equal(0, _table.Counts.Live);

        Tell(socket);

        var owner = Assert.Single(_table.FindByCookie(5));
        Assert.Equal((7, "name", "/bin/x", 1000u, "ssh.service"), (owner.Pid, owner.Name, owner.Executable, owner.Uid, owner.Unit));
        Assert.Single(_table.Find(Transport.Tcp, Ours, Theirs, 100, 200));
        Assert.Empty(_table.Find(Transport.Tcp, Theirs, Ours, 100, 200));
    }

    [Fact]
    public void AnExitAndAUseOfWhatIsNotKnownAreNothing()
    {
        Tell(Bytes(new OwnerHead { Kind = (uint)OwnerKind.Exit, Pid = 9, StartNs = 1, TimeNs = 5 }));
        Tell(Bytes(new OwnerUse { Head = new OwnerHead { Kind = (uint)OwnerKind.Use, Pid = 9, StartNs = 1, TimeNs = 5 }, Cookie = 77 }));
        Tell([]);
        Tell([0xff, 0xff, 0xff, 0xff]);

        Assert.Equal((0, 0), (_table.Counts.Live, _table.Counts.Processes));
    }

    private static Endpoint Ours { get; } = new(Address.Parse("10.0.0.1"), 40_000);

    private static Endpoint Theirs { get; } = new(Address.Parse("10.0.0.2"), 80);

    private void Tell(ReadOnlySpan<byte> record) => OwnerRecords.Tell(record, _table);

    private static Rheo.Capture.OwnerProcess Process()
    {
        var process = new Rheo.Capture.OwnerProcess { Head = new OwnerHead { Kind = (uint)OwnerKind.Process, Pid = 7, StartNs = 1, TimeNs = 2 }, Uid = 1000 };
        "name"u8.CopyTo(process.Name);
        process.ExecutableLength = Put("x\0bin\0"u8, process.Executable);
        process.CgroupLength = Put("ssh.service\0system.slice\0"u8, process.Cgroup);
        return process;
    }

    private static OwnerSocket Socket()
    {
        var socket = new OwnerSocket
        {
            Head = new OwnerHead { Kind = (uint)OwnerKind.Socket, Pid = 7, StartNs = 1, TimeNs = 10 },
            Cookie = 5,
            Netns = 1,
            LocalPort = Wire(Ours.Port),
            RemotePort = Wire(Theirs.Port),
            Protocol = Transport.Tcp,
            Event = (byte)OwnerEvent.Established,
        };
        Mapped([10, 0, 0, 1], socket.Local);
        Mapped([10, 0, 0, 2], socket.Remote);
        return socket;
    }

    // ::ffff:a.b.c.d, as the kernel's side writes all addresses.
    private static void Mapped(ReadOnlySpan<byte> address, Span<byte> into)
    {
        into[10] = into[11] = 0xff;
        address.CopyTo(into[12..]);
    }

    private static ushort Put(ReadOnlySpan<byte> text, Span<byte> into)
    {
        text.CopyTo(into);
        return (ushort)text.Length;
    }

    private static ushort Wire(ushort port) => (ushort)((port << 8) | (port >> 8));

    private static byte[] Bytes<T>(T record)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in record)).ToArray();
}
