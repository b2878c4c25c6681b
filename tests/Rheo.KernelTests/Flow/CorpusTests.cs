using System.Globalization;
using Rheo.Packets;
using Xunit;

namespace Rheo.KernelTests.Flow;

/// <summary>Damaged packets by the hundred thousand: each let on, counted once with all its bytes, and the kernel content.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    /// <summary>How many mutants; RHEO_MUTANTS says another number, RHEO_SEED another seed.</summary>
    private const int Count = 200_000;

    private const int Longest = 2_048;

    /// <summary>Each so many goes through the device in any case.</summary>
    private const int DeviceShare = 8;

    [RootFact]
    public void EveryMutantIsLetOnAndCountedOnce()
    {
        var count = Setting("RHEO_MUTANTS", Count);
        var seed = (ulong)Setting("RHEO_SEED", 1);
        output.WriteLine($"{count} mutants of seed {seed}");
        var log = new KernelLog();
        using var probe = FlowProbe.Load();

        using var tap = Tap.Create(probe.IngressL2);

        Run(probe, tap, new Mutants(seed, Longest), count);

        Assert.Equal(0UL, probe.Sum(ledger => ledger.UncountedPackets));
        Assert.Equal(0UL, probe.Sum(ledger => ledger.LostHandshakes));
        Assert.Empty(log.NewComplaints());
    }

    /// <summary>Those of which a test run makes no packet come through a device, with their headers in fragments.</summary>
    private static void Run(FlowProbe probe, Tap tap, Mutants mutants, long count)
    {
        var buffer = new byte[Longest];
        var kinds = new HashSet<PacketKind>();
        for (long i = 0; i < count; i++)
        {
            var frame = buffer.AsSpan(0, mutants.Next(buffer));
            if (!FragmentedSkbTests.Arrives(frame))
                continue;
            var seen = i % DeviceShare != 0 && TestRunLimits.Take(frame)
                ? probe.See(probe.IngressL2, frame)
                : probe.See(frame, bytes => tap.Write(bytes, Cuts.Shortest));
            if (seen.Packets != 1 || seen.Bytes != (ulong)frame.Length)
                Assert.Fail($"mutant {i} of {frame.Length} bytes was counted as {seen}: {Convert.ToHexString(frame)}");
            kinds.Add(seen.Flow.Kind);
        }
        Assert.Equal(Enum.GetValues<PacketKind>().Length, kinds.Count);
    }

    private static long Setting(string name, long otherwise) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
