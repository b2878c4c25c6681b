using System.Runtime.ExceptionServices;

namespace Rheo.Capture;

/// <summary>Loads the optional parts on a thread of its own, which has the rights of the one that began it and ends with the loading.</summary>
public sealed class PartLoader : IDisposable
{
    private readonly Thread _thread;
    private PartHooks? _parts;
    private ExceptionDispatchInfo? _failure;

    private PartLoader(IReadOnlyList<string> names, IReadOnlyList<PartInheritance>? before)
    {
        _thread = new Thread(() => Load(names, before)) { IsBackground = true, Name = "parts" };
        _thread.Start();
    }

    /// <summary>Begins to load those of these names; what the version before has left is as good.</summary>
    public static PartLoader Begin(IReadOnlyList<string> names, IReadOnlyList<PartInheritance>? before = null) => new(names, before);

    /// <summary>Waits for them; from now on they are the caller's. Once.</summary>
    public PartHooks Take()
    {
        _thread.Join();
        _failure?.Throw();
        var parts = _parts!;
        _parts = null;
        return parts;
    }

    /// <summary>Lets go of what nobody has taken.</summary>
    public void Dispose()
    {
        _thread.Join();
        _parts?.Dispose();
    }

    private void Load(IReadOnlyList<string> names, IReadOnlyList<PartInheritance>? before)
    {
        try
        {
            _parts = PartHooks.Open(names, before);
        }
        catch (Exception failure)
        {
            _failure = ExceptionDispatchInfo.Capture(failure);
        }
    }
}
