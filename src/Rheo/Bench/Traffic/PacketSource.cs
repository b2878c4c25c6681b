using Rheo.Bench.Machine;
using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>Makes packets on the sender's core: an XDP program run on live frames, which go straight into the wire.</summary>
internal sealed class PacketSource : IDisposable
{
    // Frames of one test run flat out, and test runs in a second when paced: each begins with an empty page pool. Frames that may
    // be made good after a delay: half of what the ring of a veth holds (VETH_RING_SIZE).
    private const int Chunk = 16_384;
    private const int ChunksPerSecond = 4;
    private const int MostBehind = 128;
    private const int BatchesPerSecond = 10_000;
    private const int BatchFrames = 64;
    private const int BurstsPerSecond = 250;
    private const long BurstNs = 1_000_000_000 / BurstsPerSecond;
    private const long MostLateNs = 5 * BurstNs;
    private const int Loopback = 1;
    private const int Interrupted = 4;

    private readonly Wire _wire;
    private readonly SourceBpf _bpf;
    private readonly XdpLink _anchor;
    private readonly byte[] _frame = Frame.Create();

    // Each test run enters the program into the kernel's XDP dispatcher and takes it out again, and waits for RCU both times: some
    // 20 ms (bpf_dispatcher_change_prog in kernel/bpf/dispatcher.c). A program that is attached somewhere is in it already.
    public PacketSource(Wire wire, FlowPattern pattern)
    {
        _wire = wire;
        _bpf = SourceBpf.Open();
        _bpf.Rodata.TargetIfindex = (uint)wire.SenderIndex;
        _bpf.Rodata.FlowCount = pattern.Flows;
        _bpf.Rodata.RandomOrder = pattern.Random ? 1u : 0u;
        _bpf.Rodata.ByAddress = pattern.ByAddress ? 1u : 0u;
        _bpf.Load();
        _anchor = wire.Sender.Run(() => XdpLink.Attach(_bpf.Programs.SendFrame, Loopback, XdpMode.Generic));
    }

    /// <summary>Frames handed to the wire so far; it refuses those for which the receiver has no room.</summary>
    public long Offered => (long)_bpf.Bss.Offered;

    /// <summary>Sends as fast as the core can, on a thread of its own, while something is done.</summary>
    public void RunFlatOutWhile(Action act)
    {
        var stop = false;
        var sender = new Thread(() => OnSender(() =>
        {
            while (!Volatile.Read(ref stop))
                Send(Chunk, BatchFrames);
        }));
        sender.Start();
        try
        {
            act();
        }
        finally
        {
            Volatile.Write(ref stop, true);
            sender.Join();
        }
    }

    /// <summary>Sends at a rate, a batch each tenth of a millisecond or oftener. The core is the source's alone meanwhile.</summary>
    /// <param name="packetsPerSecond">The rate.</param>
    /// <param name="duration">How long.</param>
    /// <param name="stop">Ends it within a quarter of a second.</param>
    public void RunPaced(int packetsPerSecond, TimeSpan duration, CancellationToken stop = default) => OnSender(() =>
    {
        var batch = Math.Clamp(packetsPerSecond / BatchesPerSecond, 1, BatchFrames);
        ref var globals = ref _bpf.Bss;
        globals.BatchNs = (ulong)(batch * 1_000_000_000L / packetsPerSecond);
        globals.CatchUpNs = globals.BatchNs * (ulong)(MostBehind / batch);
        _bpf.Data.BatchFrames = (uint)batch;
        var total = (long)(packetsPerSecond * duration.TotalSeconds);
        var chunk = Math.Max(1, packetsPerSecond / ChunksPerSecond);
        for (long sent = 0; sent < total && !stop.IsCancellationRequested; sent += chunk)
            Send((int)Math.Min(chunk, total - sent), batch);
        globals.BatchNs = 0;
    });

    /// <summary>
    /// Sends at a rate, and sleeps between bursts of four milliseconds: it leaves the core to others, for runs of hours. Up to 60,000
    /// packets a second, a burst finds room in the ring of the wire.
    /// </summary>
    /// <param name="packetsPerSecond">The rate.</param>
    /// <param name="duration">How long.</param>
    /// <param name="stop">Ends it at once.</param>
    public void RunInBursts(int packetsPerSecond, TimeSpan duration, CancellationToken stop = default) => OnSender(() =>
    {
        var (next, sent) = (Clock.NowNs, 0L);
        var bursts = (long)(BurstsPerSecond * duration.TotalSeconds);
        for (long burst = 1; burst <= bursts && !stop.IsCancellationRequested; burst++)
        {
            // Late by more than this, it does not catch up: that would be a flood.
            next = Math.Max(next + BurstNs, Clock.NowNs - MostLateNs);
            Clock.SleepUntil(next);
            var due = burst * packetsPerSecond / BurstsPerSecond;
            Send((int)(due - sent), BatchFrames);
            sent = due;
        }
    });

    public void Dispose()
    {
        _anchor.Dispose();
        _bpf.Dispose();
    }

    private void Send(int frames, int batch)
    {
        try
        {
            _bpf.Programs.SendFrame.TestRun(new TestRun { Data = _frame, Repeat = frames, LiveFrames = true, BatchSize = batch });
        }
        catch (BpfException cut) when (cut.Errno == Interrupted)
        {
            // A signal of this process, such as a child's end, cuts the run short. What was sent is counted.
        }
    }

    private void OnSender(Action act) => _wire.Sender.Run(() =>
    {
        Core.Pin(0, Core.Sender);
        act();
        return true;
    });
}
