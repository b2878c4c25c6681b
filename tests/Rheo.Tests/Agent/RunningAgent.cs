using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rheo.Agent;
using Rheo.Cli;

namespace Rheo.Tests.Agent;

/// <summary>The agent over a scripted source, on a port that the system chose.</summary>
internal sealed class RunningAgent : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _messages = new();
    private readonly TextWriter _written; // by the agent's threads, each in its turn
    private readonly Task _run;

    public RunningAgent(Action<ScriptedSource, int> script, string socket = "none")
    {
        var options = new AgentOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0), Socket = socket };
        _written = TextWriter.Synchronized(_messages);
        _run = Task.Run(() => AgentRun.Run(options, Open, _written, _stop.Token));
        SpinWait.SpinUntil(() => _run.IsCompleted || Messages.Contains("serving", StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        if (_run.IsFaulted)
            _run.GetAwaiter().GetResult();
        Client = new HttpClient { BaseAddress = new Uri(Regex.Match(Messages, @"serving (\S+)").Groups[1].Value) };
        SpinWait.SpinUntil(() => Client.GetAsync("readyz").Result.IsSuccessStatusCode, TimeSpan.FromSeconds(30));

        ITrafficSource Open(TrafficSourceOptions opened) => Source = new ScriptedSource(opened, script);
    }

    public HttpClient Client { get; }

    public ScriptedSource? Source { get; private set; }

    public string Messages
    {
        get
        {
            // Its methods hold it themselves while they write.
            lock (_written)
                return _messages.ToString();
        }
    }

    public async Task<JsonElement> Json(string path) => JsonDocument.Parse(await Client.GetStringAsync(path)).RootElement;

    /// <summary>Asks for the end, as SIGTERM does, and waits for it.</summary>
    public void Stop()
    {
        _stop.Cancel();
        _run.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        Stop();
        Client.Dispose();
        _stop.Dispose();
    }
}
