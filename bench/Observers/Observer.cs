using System.Diagnostics;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;
using Rheo.Bench.Traffic;

namespace Rheo.Bench.Observers;

/// <summary>A program that watches a device from user space.</summary>
internal abstract class Observer : IDisposable
{
    private readonly Process _running;

    protected Observer(NetworkNamespace home, params string[] words) => _running = Command.Start(home.Inside(words));

    public int ProcessId => _running.Id;

    /// <summary>User and system time of the program and its children.</summary>
    public long CpuNs => CpuTime.OfTree(_running.Id);

    /// <summary>How many packets it has counted since it began, or nothing if it does not tell. May end the program.</summary>
    public abstract long? Counted();

    public virtual void Dispose()
    {
        Command.Stop(_running, Libc.SIGKILL);
        _running.Dispose();
    }

    /// <summary>Reads its messages until one has the text.</summary>
    protected string AwaitMessage(string text)
    {
        while (_running.StandardError.ReadLine() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new BenchException($"{GetType().Name} ended before it said \"{text}\"");
    }

    protected void ThrowIfEnded()
    {
        if (_running.HasExited)
            throw new BenchException($"{GetType().Name} ended with {_running.ExitCode}: {_running.StandardError.ReadToEnd().Trim()}");
    }

    protected void Interrupt() => _ = Libc.kill(_running.Id, Libc.SIGINT);
}
