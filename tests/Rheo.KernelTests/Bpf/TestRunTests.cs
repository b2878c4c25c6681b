using System.Runtime.InteropServices;
using Rheo.Bpf;
using Xunit;

namespace Rheo.KernelTests.Bpf;

public sealed class TestRunTests
{
    [RootFact]
    public void TheVerdictComesBack()
    {
        using var obj = TestObject.Load("packets");

        Assert.Equal(XdpPass, obj.Program("judge").TestRun(Frame(first: 1, second: 0)).ReturnValue);
        Assert.Equal(XdpDrop, obj.Program("judge").TestRun(Frame(first: 9, second: 0)).ReturnValue);
    }

    [RootFact]
    public void NegativeVerdictsStayNegative()
    {
        using var obj = TestObject.Load("packets");

        Assert.Equal(-1, obj.Program("mark").TestRun(Frame(first: 1, second: 0)).ReturnValue);
    }

    [RootFact]
    public void ThePacketComesBackAsTheProgramLeftIt()
    {
        using var obj = TestObject.Load("packets");
        var frame = Frame(first: 1, second: 2);
        Span<byte> after = new byte[128];

        var result = obj.Program("judge").TestRun(new TestRun { Data = frame, DataOut = after });

        Assert.Equal(frame.Length - 2, result.DataLength);
        Assert.True(after[..result.DataLength].SequenceEqual(frame.AsSpan(2)));
    }

    [RootFact]
    public void OutputThatDoesNotFitIsCutAndItsLengthTold()
    {
        using var obj = TestObject.Load("packets");
        var frame = Frame(first: 1, second: 0);
        Span<byte> after = new byte[20];

        var result = obj.Program("judge").TestRun(new TestRun { Data = frame, DataOut = after });

        Assert.Equal((XdpPass, frame.Length), (result.ReturnValue, result.DataLength));
        Assert.True(after.SequenceEqual(frame.AsSpan(0, 20)));
    }

    [RootFact(Kernel = "5.14")]
    public void TheContextGoesInAndComesOut()
    {
        using var obj = TestObject.Load("maps");
        ReadOnlySpan<ulong> given = [3, 99];
        Span<ulong> after = stackalloc ulong[2];

        given.CopyTo(after);
        obj.Program("count").TestRun(new TestRun { Context = MemoryMarshal.AsBytes(after) });
        Assert.Equal([3, 1], after.ToArray());
    }

    [RootFact]
    public void AnSkbContextComesBackWithItsMark()
    {
        using var obj = TestObject.Load("packets");
        Span<byte> before = new byte[192], after = new byte[192];
        MemoryMarshal.Write(before[8..], 35u); // __sk_buff.mark

        var result = obj.Program("mark").TestRun(new TestRun { Data = Frame(1, 0), Context = before, ContextOut = after });

        Assert.InRange(result.ContextLength, 184, 192); // sizeof(struct __sk_buff) from 5.10 on
        Assert.Equal(42u, MemoryMarshal.Read<uint>(after[8..]));
        Assert.Equal(60u, MemoryMarshal.Read<uint>(after[48..])); // cb[0]: the length it saw
    }

    [RootFact]
    public void RepetitionsAreRunAndTimed()
    {
        using var obj = TestObject.Load("packets");

        var result = obj.Program("judge").TestRun(new TestRun { Data = Frame(1, 0), Repeat = 10_000 });

        Assert.Equal(10_000UL, Frames(obj));
        Assert.True(result.DurationNs > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => obj.Program("judge").TestRun(new TestRun { Data = Frame(1, 0), Repeat = 0 }));
    }

    [RootFact(Kernel = "5.18")] // 5.10 runs it
    public void APacketShorterThanAnEthernetHeaderIsRefused()
    {
        using var obj = TestObject.Load("packets");

        Assert.Equal("EINVAL", Assert.Throws<BpfException>(() => obj.Program("judge").TestRun(new byte[13])).ErrnoName);
    }

    [RootFact(Kernel = "5.18")]
    public void LiveFramesAreAllSentOnTheDevice()
    {
        using var pair = VethPair.Create("rheo-bc");
        using var obj = TestObject.Load("packets");
        Span<byte> context = stackalloc byte[24]; // struct xdp_md: data_end at 4, ingress_ifindex at 12
        MemoryMarshal.Write(context[4..], 60u);
        MemoryMarshal.Write(context[12..], pair.Index);

        obj.Program("send_back").TestRun(new TestRun
        {
            Data = Frame(first: 2, second: 0),
            Context = context,
            Repeat = 50_000,
            LiveFrames = true,
            BatchSize = 128,
        });

        Assert.Equal(50_000UL, Frames(obj));
        // A slow CPU may find the far end's queue full: the device counts what it had to let go.
        var arrived = pair.SettledPeerPackets(() => 50_000 - pair.Dropped);
        Assert.True(arrived > 0, "nothing arrived");
        Assert.Equal(50_000, arrived + pair.Dropped);
    }

    [RootFact]
    public void StatisticsCountRunsWhileTheSwitchIsHeld()
    {
        using var obj = TestObject.Load("packets");
        var program = obj.Program("judge");
        program.TestRun(new TestRun { Data = Frame(1, 0), Repeat = 5 });
        Assert.Equal(0, program.Statistics().RunCount);

        using (StatisticsSwitch.TurnOn())
            program.TestRun(new TestRun { Data = Frame(1, 0), Repeat = 500 });
        program.TestRun(new TestRun { Data = Frame(1, 0), Repeat = 50 });

        var statistics = program.Statistics();
        Assert.Equal(500, statistics.RunCount);
        Assert.True(statistics.RunTimeNs > 0);
        Assert.True(statistics.VerifiedInstructions > 0 || Environment.OSVersion.Version < new Version(5, 16));
        Assert.True(program.Id > 0);
    }

    private const int XdpDrop = 1;
    private const int XdpPass = 2;

    private static byte[] Frame(byte first, byte second)
    {
        var frame = new byte[60];
        for (var i = 2; i < frame.Length; i++)
            frame[i] = (byte)i;
        (frame[0], frame[1]) = (first, second);
        return frame;
    }

    private static ulong Frames(BpfObject obj) => MemoryMarshal.Read<ulong>(obj.Section(".bss"));
}
