using System.Globalization;
using Rheo.Warden;
using Xunit;

namespace Rheo.Tests.Warden;

/// <summary>The thread that begins the next version, and who hears SIGHUP meanwhile.</summary>
public sealed class SuccessorTests
{
    private const ulong Hangup = 1; // the lowest bit of a set of signals

    [Fact]
    public void ItHearsHangupsAndWhoLoadsDoesNot()
    {
        var (loader, begun, hearing) = (0UL, 0UL, 0UL);
        OnAThread(() =>
        {
            Successor.HearHangupsAlone();
            using var successor = Successor.Create(reserve: 0);
            loader = Blocked("/proc/thread-self");
            OnAThread(() => begun = Blocked("/proc/thread-self"));
            hearing = Blocked(Directory.EnumerateDirectories("/proc/self/task").Single(task => File.ReadAllText(task + "/comm") == "successor\n"));
        });

        Assert.Equal((Hangup, Hangup, 0UL), (loader & Hangup, begun & Hangup, hearing & Hangup));
    }

    private static void OnAThread(Action act)
    {
        var thread = new Thread(() => act());
        thread.Start();
        thread.Join();
    }

    private static ulong Blocked(string task) =>
        ulong.Parse(File.ReadLines(task + "/status").First(line => line.StartsWith("SigBlk:", StringComparison.Ordinal))["SigBlk:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
