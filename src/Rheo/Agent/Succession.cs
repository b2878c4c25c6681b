using Microsoft.Win32.SafeHandles;
using Rheo.Capture;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>
/// What a warden tells the next version of itself, which begins in the same process: numbers of descriptors that live on. It finds them by
/// a variable that names a file in memory.
/// </summary>
internal sealed record Succession
{
    private const string Variable = "_RHEO_SUCCESSION";
    private const string Rehearsal = "rehearse", Takeover = "take";
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The version that leaves.</summary>
    public required string From { get; init; }

    /// <summary>What it leaves in the kernel.</summary>
    public required FlowInheritance Flow { get; init; }

    /// <summary>What it leaves of the optional parts.</summary>
    public IReadOnlyList<PartInheritance> Parts { get; init; } = [];

    /// <summary>The process of its core, which reads until it is told to hand over.</summary>
    public required int Core { get; init; }

    /// <summary>The channel to it.</summary>
    public required int Channel { get; init; }

    /// <summary>The folder that it has made for the socket, if it has.</summary>
    public string? Folder { get; init; }

    /// <summary>The words that start the program that now stands where ours was started from.</summary>
    /// <remarks>By the path that it was asked for by, where that is a whole one: it may be a link that leads elsewhere by now.</remarks>
    internal static string[] Words => Environment.GetCommandLineArgs() is [['/', ..] asked, ..] all && !asked.EndsWith(".dll", StringComparison.Ordinal)
        ? all
        : [.. Spawn.Words, .. Environment.GetCommandLineArgs().Skip(1)];

    /// <summary>What we are to take over, or to try to; null at an ordinary start. Asked once.</summary>
    internal static (Succession Succession, bool IsRehearsal)? Find()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split(':') is not [var purpose, var number])
            return null;
        Environment.SetEnvironmentVariable(Variable, null); // our core has nothing to do with it
        using var file = new SafeFileHandle(int.Parse(number), ownsHandle: true);
        var bytes = new byte[Math.Min(RandomAccess.GetLength(file), MostBytes)];
        _ = RandomAccess.Read(file, bytes, 0); // not by the position, which the processes share
        var found = WardenJson.ReadSuccession(bytes);
        foreach (var descriptor in found.Kept)
            Descriptors.KeepOverExec(descriptor, keep: false);
        return (found, purpose == Rehearsal);
    }

    /// <summary>Has the next version try, and then begin. Returns only by the exception.</summary>
    /// <param name="successor">Who begins it.</param>
    /// <param name="isToEnd">Somebody has asked for the end, which who begins would not know of.</param>
    /// <exception cref="IOException">It cannot take over; all is as it was.</exception>
    internal void Begin(Successor successor, Func<bool> isToEnd)
    {
        using var file = MemoryFile.Create();
        RandomAccess.Write(file, WardenJson.Write(this), 0);
        int[] kept = [.. Kept, (int)file.DangerousGetHandle()];
        try
        {
            foreach (var descriptor in kept)
                Descriptors.KeepOverExec(descriptor, keep: true);
            successor.Rehearse(Words, $"{Variable}={Rehearsal}:{kept[^1]}");
            if (isToEnd())
                throw new IOException("the end was asked for meanwhile");
            successor.Become(Words, $"{Variable}={Takeover}:{kept[^1]}");
        }
        finally
        {
            foreach (var descriptor in kept)
                Descriptors.KeepOverExec(descriptor, keep: false);
        }
    }

    private IEnumerable<int> Kept => [.. Flow.Descriptors, .. Parts.SelectMany(part => part.Descriptors), Channel];
}
