using System.Runtime.ExceptionServices;

namespace Rheo.Capture;

/// <summary>
/// Loads the optional parts on a thread of its own, which has the rights of the one that began it and ends with the loading. It waits
/// until it is told to: the verifier takes as long for the parts as all else takes of a start, and flows are to be there first.
/// </summary>
public sealed class PartLoader : IDisposable
{
    /// <summary>Then it loads, whether it was told to or not: a thread that has rights must not wait for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ManualResetEventSlim _go = new(false);
    private readonly Action _loaded;
    private readonly Thread _thread;
    private PartHooks? _parts;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _isUnwanted;
    private volatile bool _isDone;

    private PartLoader(IReadOnlyList<string> names, Action loaded, IReadOnlyList<PartInheritance>? before)
    {
        _loaded = loaded;
        _thread = new Thread(() => Load(names, before)) { IsBackground = true, Name = "parts" };
        _thread.Start();
    }

    /// <summary>They are there to be taken, or what went wrong is.</summary>
    public bool IsDone => _isDone;

    /// <summary>Will load those of these names.</summary>
    /// <param name="names">Of <see cref="OptionalParts"/>.</param>
    /// <param name="loaded">Is called when they are there, on the thread that has loaded them.</param>
    /// <param name="before">What the version before has left is as good.</param>
    public static PartLoader Begin(IReadOnlyList<string> names, Action? loaded = null, IReadOnlyList<PartInheritance>? before = null) =>
        new(names, loaded ?? (() => { }), before);

    /// <summary>Loads now. From any thread.</summary>
    public void Go() => _go.Set();

    /// <summary>Waits for them; from now on they are the caller's. Once.</summary>
    public PartHooks Take()
    {
        Go();
        _thread.Join();
        _failure?.Throw();
        var parts = _parts!;
        _parts = null;
        return parts;
    }

    /// <summary>Lets go of what nobody has taken.</summary>
    public void Dispose()
    {
        _isUnwanted = true;
        Go();
        _thread.Join();
        _parts?.Dispose();
        _go.Dispose();
    }

    private void Load(IReadOnlyList<string> names, IReadOnlyList<PartInheritance>? before)
    {
        try
        {
            _go.Wait(Patience);
            if (!_isUnwanted)
                _parts = PartHooks.Open(names, before);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }

        _isDone = true;
        _loaded();
    }
}
