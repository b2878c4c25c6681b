using Rheo.Bench.Machine;
using Rheo.Bench.Programs;
using Rheo.Bpf;

namespace Rheo.Bench.Traffic;

/// <summary>Makes packets on the sender's core: an XDP program run on live frames, which go straight into the wire.</summary>
internal sealed class PacketSource : IDisposable
{
    // Frames between two looks at the clock when flat out; and those of a burst when paced, which with half as much again stays
    // below the 256 that the ring of a veth holds (VETH_RING_SIZE).
    private const int Chunk = 16_384;
    private const long UsualBurst = 128;
    private const int BatchFrames = 64;
    private const int Loopback = 1;

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
        _bpf.Load();
        _anchor = wire.Sender.Run(() => XdpLink.Attach(_bpf.Programs.SendFrame, Loopback, XdpMode.Generic));
    }

    /// <summary>Frames handed to the wire so far; it refuses those for which the receiver has no room.</summary>
    public long Offered => (long)_bpf.Bss.Offered;

    /// <summary>Sends as fast as the core can.</summary>
    public void RunFlatOut(TimeSpan duration) => OnSender(() =>
    {
        var end = Clock.NowNs + (long)duration.TotalNanoseconds;
        while (Clock.NowNs < end)
            Send(Chunk);
    });

    /// <summary>
    /// Sends at a rate, in bursts of at most 128 frames, asleep in between so that the core is free for observers. After a delay it
    /// catches up at half as much again, so that no burst is larger than the ring of the wire.
    /// </summary>
    public void RunPaced(int packetsPerSecond, TimeSpan duration) => OnSender(() =>
    {
        Core.Hurry(0);
        var total = (long)(packetsPerSecond * duration.TotalSeconds);
        var tickNs = Math.Min(1_000_000, UsualBurst * 1_000_000_000 / packetsPerSecond);
        var longest = Math.Max(1, packetsPerSecond * tickNs / 1_000_000_000 * 3 / 2);
        var begin = Clock.NowNs;
        for (long sent = 0, next = begin; sent < total; next = Math.Max(next + tickNs, Clock.NowNs))
        {
            Clock.SleepUntil(next);
            var due = Math.Min(total, ((Clock.NowNs - begin) * packetsPerSecond / 1_000_000_000) + 1) - sent;
            var burst = (int)Math.Clamp(due, 1, longest);
            Send(burst);
            sent += burst;
        }
    });

    public void Dispose()
    {
        _anchor.Dispose();
        _bpf.Dispose();
    }

    private void Send(int frames) =>
        _bpf.Programs.SendFrame.TestRun(new TestRun { Data = _frame, Repeat = frames, LiveFrames = true, BatchSize = BatchFrames });

    private void OnSender(Action act) => _wire.Sender.Run(() =>
    {
        Core.Pin(0, Core.Sender);
        act();
        return true;
    });
}
