using System.Diagnostics;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>A program that watches a device from user space.</summary>
internal abstract class Observer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Process _running;

    protected Observer(NetworkNamespace home, params string[] words) => _running = Command.Start(home.Inside(words));

    public int ProcessId => _running.Id;

    /// <summary>User and system time of the program and its children.</summary>
    public long CpuNs => CpuTime.OfTree(_running.Id);

    /// <summary>How many packets it has counted since it began. May end the program.</summary>
    public abstract long Counted(CancellationToken stop);

    public virtual void Dispose()
    {
        Command.Stop(_running, EndSignal);
        _running.Dispose();
    }

    /// <summary>What ends it; it is killed if it goes on for five seconds all the same.</summary>
    protected virtual int EndSignal => Libc.SIGKILL;

    /// <summary>Reads its messages until one has the text.</summary>
    protected string AwaitMessage(string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        var last = "";
        while (NextMessage(text, limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
            last = line;
        }

        throw new BenchException($"{GetType().Name} ended before it said \"{text}\"; it said: {last}");
    }

    protected void ThrowIfEnded()
    {
        if (_running.HasExited)
            throw new BenchException($"{GetType().Name} ended with {_running.ExitCode}: {_running.StandardError.ReadToEnd().Trim()}");
    }

    protected void Interrupt() => _ = Libc.kill(_running.Id, Libc.SIGINT);

    private string? NextMessage(string awaited, CancellationToken limit)
    {
        try
        {
            return _running.StandardError.ReadLineAsync(limit).AsTask().GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            throw new BenchException($"{GetType().Name} did not say \"{awaited}\" within {Patience.TotalSeconds:F0} s");
        }
    }
}
