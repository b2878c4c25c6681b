using Microsoft.Win32.SafeHandles;
using Rheo.Capture;
using Rheo.Cli;
using Rheo.Interop;
using Rheo.Warden;

namespace Rheo.Agent;

/// <summary>The core's end of the channel: a thread hears what the warden says, until it hangs up. Threads: any.</summary>
internal sealed class WardenLine : IDisposable
{
    /// <summary>When the warden is gone, so are we before a second is over, whatever hangs.</summary>
    private static readonly TimeSpan LastGasp = TimeSpan.FromMilliseconds(800);

    private readonly Channel _channel;
    private readonly Thread _listener;
    private readonly ToldInterfaces _interfaces = new();
    private readonly TaskCompletionSource<AgentOptions> _options = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PartInbox _parts = new();
    private readonly List<Interference> _inTheWay = []; // of which the rest is to come
    private readonly TaskCompletionSource<HandedObject> _flow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private volatile Action _wake = () => { };
    private volatile AgentOptions? _latest;
    private FlowCaptureSource? _source;
    private (int Descriptor, bool SharesMaps)? _legacy;
    private int? _handOver;

    internal WardenLine(Channel channel)
    {
        _channel = channel;
        _listener = new Thread(Listen) { IsBackground = true, Name = "warden line" };
        _listener.Start();
    }

    /// <summary>Cancelled when the warden asks for the end, or is gone.</summary>
    internal CancellationToken Stop => _stop.Token;

    /// <summary>The warden is gone, without having asked for the end.</summary>
    internal bool IsDead { get; private set; }

    /// <summary>What the agent is asked to do now; null before it was told. Threads: any.</summary>
    internal AgentOptions? Options => _latest;

    /// <summary>Waits for what the agent was asked to do; null when the warden went before.</summary>
    internal AgentOptions? AwaitOptions() => Answer(_options.Task);

    /// <summary>Waits for the kernel objects, and reads them as a traffic source.</summary>
    /// <exception cref="OperationCanceledException">The warden went before it had attached: it says why itself.</exception>
    /// <exception cref="MissingSupportException">The kernel does not let this process read.</exception>
    internal ITrafficSource Open(TrafficSourceOptions options)
    {
        var flow = Answer(_flow.Task) ?? throw new OperationCanceledException("the warden has nothing to read");
        _interfaces.Apply();
        var source = FlowCaptureSource.Read(FlowKernel.Receive(flow), _interfaces, _parts.Read(options.Parts), options, Began);
        Inherit(source);
        _wake = source.Wake;
        return _source = source;
    }

    /// <summary>Where the core of the version before has listened, as long as nobody took it.</summary>
    internal LeftDoors Doors { get; } = new();

    /// <summary>Leaves the sockets on which we listen to the core that follows; they can be closed here then.</summary>
    internal void LeaveDoors(IReadOnlyList<(string Place, int Descriptor)> doors)
    {
        var descriptors = doors.Select(door => door.Descriptor).ToArray();
        foreach (var descriptor in descriptors)
            Descriptors.KeepOverExec(descriptor, keep: true); // see ListeningSocket: closed, not shut down
        _channel.TrySend([CoreProcess.Doors, .. LeftDoors.Write(doors.Select(door => door.Place))], descriptors);
    }

    /// <summary>Another version takes over: <see cref="HandOver"/> is to follow.</summary>
    internal bool IsToHandOver => _handOver is not null;

    /// <summary>Writes all that was counted for the core of the version that takes over. Nothing may be read afterwards.</summary>
    internal void HandOver()
    {
        using var into = new FileStream(new SafeFileHandle(_handOver!.Value, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        _source?.Bequeath(into);
    }

    // What cannot be taken over is no reason not to watch.
    private void Inherit(FlowCaptureSource source)
    {
        if (_legacy is not { } legacy)
            return;
        try
        {
            using var from = new FileStream(new SafeFileHandle(legacy.Descriptor, ownsHandle: true), FileAccess.Read, bufferSize: 0);
            source.Inherit(from, legacy.SharesMaps);
            _interfaces.ReleaseUntold(source.Interfaces.Points.Select(point => point.Interface));
        }
        catch (InvalidDataException wrong)
        {
            _interfaces.Warn($"what the version before had counted cannot be taken over ({wrong.Message}): counters begin anew");
        }
    }

    public void Dispose()
    {
        _channel.Hangup();
        _listener.Join();
        _channel.Dispose();
        _stop.Dispose();
    }

    private static T? Answer<T>(Task<T> task)
        where T : class
    {
        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private void Began()
    {
        _channel.TrySend([CoreProcess.Ready]);
        Footprint.ShrinkLater();
    }

    private void Listen()
    {
        var buffer = new byte[Channel.MaxMessage];
        var descriptors = new List<int>();
        while (_channel.Receive(buffer, descriptors) is > 0 and var length)
        {
            Hear(WardenJson.Read(buffer.AsSpan(0, length)), descriptors);
            descriptors.Clear();
        }

        if (!_stop.IsCancellationRequested)
            LoseWarden();
    }

    private void Leave(int descriptor)
    {
        _handOver = descriptor;
        _stop.Cancel();
    }

    private void LoseWarden()
    {
        IsDead = true;
        var watchdog = new Thread(static () =>
        {
            Thread.Sleep(LastGasp);
            Spawn.EndAtOnce();
        })
        { IsBackground = true, Name = "watchdog" };
        watchdog.Start();
        _options.TrySetCanceled();
        _flow.TrySetCanceled();
        _stop.Cancel();
    }

    private void Hear(WardenNews news, List<int> descriptors)
    {
        foreach (var (path, descriptor) in (news.Lent ?? []).Zip(descriptors))
            Files.Lend(path, descriptor);
        if (news.Doors is { } doors)
            Doors.Add(doors, descriptors);
        if (news.Options is { } options)
        {
            _latest = options;
            _options.TrySetResult(options);
        }

        foreach (var about in news.Interfaces ?? [])
            _interfaces.Tell(about);
        if (news.IsAttaching is { } isAttaching)
            _interfaces.TellAttaching(isAttaching);
        foreach (var warning in news.Warnings ?? [])
            _interfaces.Warn(warning);
        _inTheWay.AddRange(news.InTheWay ?? []);
        if (news.Interference is { } interference)
            Tell(interference);
        if (news.Sample is { } sample)
            _interfaces.Tell(sample);
        if (news.HasLegacy && descriptors is [var legacy])
            _legacy = (legacy, news.SharesMaps);
        if (news.HandOver && descriptors is [var handOver])
            Leave(handOver);
        if (news.Handed is { } handed)
            Take(handed.With(descriptors));
        if (news.HasAllParts)
            _parts.Complete();
        if (news.Stop)
            _stop.Cancel();
        _wake();
    }

    private void Tell(InterferenceState interference)
    {
        _interfaces.Tell(interference with { Present = [.. _inTheWay] });
        _inTheWay.Clear();
    }

    private void Take(HandedObject handed)
    {
        if (handed.Name == HandedObject.Flow)
            _flow.TrySetResult(handed);
        else
            _parts.Take(handed);
    }
}
