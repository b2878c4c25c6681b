using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Rheo.Warden;
using Xunit;

namespace Rheo.Tests.Warden;

/// <summary>The socket pair between warden and core.</summary>
public sealed class ChannelTests : IDisposable
{
    private readonly Channel _here;
    private readonly Channel _there;
    private readonly List<int> _descriptors = [];

    public ChannelTests() => (_here, _there) = Channel.Pair();

    [Fact]
    public void MessagesComeWholeAndInOrder()
    {
        Assert.True(_here.TrySend([1, 2, 3]));
        Assert.True(_here.TrySend([4]));

        var buffer = new byte[Channel.MaxMessage];
        Assert.Equal(3, _there.Receive(buffer, _descriptors));
        Assert.Equal([1, 2, 3], buffer[..3]);
        Assert.Equal(1, _there.Receive(buffer, _descriptors));
        Assert.Equal(4, buffer[0]);
        Assert.Empty(_descriptors);
    }

    [Fact]
    public void ADescriptorThatCrossesIsTheSameFile()
    {
        using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        file.WriteByte(42);
        file.Flush();

        Assert.True(_here.TrySend([1], [(int)file.SafeFileHandle.DangerousGetHandle()]));
        Assert.Equal(1, _there.Receive(new byte[8], _descriptors));

        using var again = new FileStream(new SafeFileHandle(Assert.Single(_descriptors), ownsHandle: true), FileAccess.ReadWrite);
        again.Position = 0;
        Assert.Equal(42, again.ReadByte());
    }

    [Fact]
    public void AMessageThatWasCutIsAsGoodAsNone()
    {
        Assert.True(_here.TrySend(new byte[100]));

        Assert.Equal(0, _there.Receive(new byte[99], _descriptors));
    }

    [Fact]
    public void AMessageThatTheOtherEndHasNoRoomForIsAnErrorThatSaysSo()
    {
        var refused = Assert.Throws<IOException>(() => _here.TrySend(new byte[Channel.MaxMessage + 1]));

        Assert.Contains("65537 bytes are too long", refused.Message, StringComparison.Ordinal);
        Assert.True(_here.TrySend(new byte[Channel.MaxMessage]));
        Assert.Equal(Channel.MaxMessage, _there.Receive(new byte[Channel.MaxMessage], _descriptors));
    }

    [Fact]
    public void AMessageThatTheKernelHasNoRoomForIsAnErrorThatSaysSo()
    {
        using (var socket = new Socket(new SafeSocketHandle(_here.Descriptor, ownsHandle: false)))
            socket.SendBufferSize = 4096; // the kernel doubles it

        var refused = Assert.Throws<IOException>(() => _here.TrySend(new byte[Channel.MaxMessage]));

        Assert.Contains("net.core.wmem_default", refused.Message, StringComparison.Ordinal);
        Assert.True(_here.TrySend([1]));
    }

    [Fact]
    public void WhoDoesNotReadHoldsNobodyUp()
    {
        var sent = 0;
        while (sent < 10_000 && _here.TrySend(new byte[Channel.MaxMessage / 2]))
            sent++;

        Assert.InRange(sent, 3, 9_999);
        Assert.True(_there.Receive(new byte[Channel.MaxMessage], _descriptors) > 0);
        Assert.True(_here.TrySend([1]));
    }

    [Fact]
    public void AnEndThatHungUpIsHeard()
    {
        _there.Hangup();

        Assert.Equal(0, _here.Receive(new byte[8], _descriptors));
    }

    public void Dispose()
    {
        _here.Dispose();
        _there.Dispose();
    }
}
