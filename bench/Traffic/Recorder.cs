using System.Diagnostics;
using System.Text.Json;
using Rheo.Bench.Interop;
using Rheo.Bench.Machine;

namespace Rheo.Bench.Traffic;

/// <summary>A command of Rheo that prints JSON lines until it is stopped.</summary>
internal sealed class Recorder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Process _running;
    private readonly Task<string> _output;

    /// <summary>Starts it in a namespace, and waits until it watches.</summary>
    public Recorder(NetworkNamespace home, params string[] words)
    {
        _running = Command.Start(home.Inside([NativeBinary.Path, .. words]), keepOutput: true);
        _output = _running.StandardOutput.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Patience);
        var said = "";
        while (!said.Contains("watching", StringComparison.Ordinal))
            said = _running.StandardError.ReadLineAsync(limit.Token).AsTask().Result ?? throw new BenchException($"rheo {words[0]} ended: {said}");
    }

    /// <summary>Stops it; what it has printed.</summary>
    public IReadOnlyList<JsonElement> Rows()
    {
        Command.Stop(_running, Libc.SIGINT);
        return [.. _output.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    public void Dispose()
    {
        Command.Stop(_running, Libc.SIGKILL);
        _running.Dispose();
    }
}
