using System.IO.Pipes;
using Rheo.Warden;
using Xunit;

namespace Rheo.Tests.Warden;

/// <summary>What the warden bears of a core: a process that is nothing but asleep stands for it.</summary>
public sealed class CoreProcessTests : IDisposable
{
    private const int SIGKILL = 9;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Channel _theirs;
    private readonly CoreProcess _core;
    private readonly AutoResetEvent _woken = new(false);

    public CoreProcessTests()
    {
        (var ours, _theirs) = Channel.Pair();
        var asleep = Spawn.Start("/bin/sleep", ["/bin/sleep", "60"], []);
        _core = CoreProcess.TakeOver(asleep, ours.Descriptor, () => _woken.Set()); // the channel is its own from now on
    }

    [Fact]
    public void ItIsReadyWhenItSaysSo()
    {
        Assert.False(_core.WasReady);
        Assert.Equal(TimeSpan.Zero, _core.ReadyFor);

        Assert.True(_theirs.TrySend([CoreProcess.Ready]));

        Assert.True(_woken.WaitOne(s_patience));
        Assert.True(_core.WasReady);
    }

    [Fact]
    public async Task ADescriptorThatNobodyAskedForIsClosed()
    {
        await using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        Assert.True(_theirs.TrySend("x"u8, [(int)pipe.ClientSafePipeHandle.DangerousGetHandle()]));
        pipe.DisposeLocalCopyOfClientHandle();

        Assert.Equal(0, await pipe.ReadAsync(new byte[1]).AsTask().WaitAsync(s_patience)); // its last writer is gone
    }

    [Fact]
    public void OneThatReadsNothingAnyMoreIsTakenForDead()
    {
        for (var message = 0; message < 11_000; message++)
            _core.Send([1]);

        Assert.Equal(SIGKILL, _core.AwaitEnd(TimeSpan.FromMinutes(2)).Signal); // by itself it ends after one
        Assert.True(_core.IsBackedUp);
    }

    [Fact]
    public void WhatIsTooLongIsRefusedAndNothingWaitsBehindIt()
    {
        Assert.Throws<IOException>(() => _core.Send(new byte[Channel.MaxMessage + 1]));
        _core.Send([7]);

        Assert.False(_core.IsBackedUp);
        Assert.Equal(1, _theirs.Receive(new byte[Channel.MaxMessage], []));
    }

    [Fact]
    public void WhatCouldNotBeSentGoesOnceItReads()
    {
        var buffer = new byte[Channel.MaxMessage];
        for (var message = 0; message < 50; message++)
            _core.Send(Enumerable.Repeat((byte)message, Channel.MaxMessage / 2).ToArray());
        Assert.True(_core.IsBackedUp);

        for (var message = 0; message < 50; message++)
        {
            Assert.Equal(Channel.MaxMessage / 2, _theirs.Receive(buffer, []));
            Assert.Equal(message, buffer[0]);
            _core.Flush();
        }

        Assert.False(_core.IsBackedUp);
    }

    public void Dispose()
    {
        CoreProcess.Await(_core.Id, TimeSpan.Zero);
        _theirs.Dispose();
        _core.Dispose();
        _woken.Dispose();
    }
}
