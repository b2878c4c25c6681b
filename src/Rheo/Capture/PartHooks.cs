namespace Rheo.Capture;

/// <summary>The privileged halves of all optional parts that could be loaded; of each other one there is one warning. Threads: one.</summary>
public sealed class PartHooks : IDisposable
{
    private readonly List<IPartHooks> _parts = [];
    private readonly List<string> _refused = [];
    private readonly WarningLog _warnings;

    private PartHooks(IEnumerable<KernelPart> wanted)
    {
        foreach (var part in wanted)
            TryOpen(part);
        _warnings = new WarningLog([() => _refused, .. _parts.Select(Voice)]);
    }

    /// <summary>What their readers need.</summary>
    public IEnumerable<HandedObject> Handed => _parts.Select(part => part.Handed);

    /// <summary>Lines for people. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <summary>Loads and attaches those of these names, as far as it is possible.</summary>
    public static PartHooks Open(IEnumerable<string> names) => new(KernelPart.Of(names));

    /// <summary>Looks after them.</summary>
    public void Tend()
    {
        foreach (var part in _parts)
            part.Tend();
    }

    /// <summary>Detaches them, and lets go of everything in the kernel.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
        _parts.Clear();
    }

    private static Func<IReadOnlyList<string>> Voice(IPartHooks part) => () => part.Warnings;

    private void TryOpen(KernelPart part)
    {
        try
        {
            _parts.Add(part.Open());
        }
        catch (MissingSupportException refused)
        {
            _refused.Add(part.Warning(refused));
        }
    }
}
