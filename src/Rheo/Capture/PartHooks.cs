namespace Rheo.Capture;

/// <summary>The privileged halves of all optional parts that could be loaded; of each other one there is one warning. Threads: one.</summary>
public sealed class PartHooks : IDisposable
{
    private readonly List<(KernelPart Part, IPartHooks Hooks)> _parts = [];
    private readonly List<Action> _upkeep = [];
    private readonly List<string> _refused = [];
    private readonly WarningLog _warnings;

    private PartHooks(IEnumerable<KernelPart> wanted, IReadOnlyList<PartInheritance> before)
    {
        var left = before.ToDictionary(one => one.Name);
        foreach (var part in wanted)
        {
            if (left.TryGetValue(part.Name, out var same) && part.CanGoOnWith(same) && left.Remove(part.Name))
                _parts.Add((part, new InheritedPart(same)));
            else
                TryOpen(part);
        }

        foreach (var other in left.Values)
            new InheritedPart(other).Dispose(); // only now: what is another now was at work until its successor was
        _upkeep.AddRange(_parts.Select(part => part.Part.Upkeep?.Invoke(part.Hooks.Handed)).OfType<Action>());
        _warnings = new WarningLog([() => _refused, .. _parts.Select(part => Voice(part.Hooks))]);
    }

    /// <summary>What their readers need.</summary>
    public IEnumerable<HandedObject> Handed => _parts.Select(part => part.Hooks.Handed);

    /// <summary>What these leave to the next version of the program.</summary>
    public IReadOnlyList<PartInheritance> Inheritance => [.. _parts.Select(part => PartInheritance.Of(part.Part, part.Hooks))];

    /// <summary>Lines for people. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <summary>Loads and attaches those of these names, as far as it is possible.</summary>
    /// <param name="names">Of <see cref="OptionalParts"/>.</param>
    /// <param name="before">What the version before has left in this process: kept as it is where it is the same, and detached where it is not.</param>
    public static PartHooks Open(IEnumerable<string> names, IReadOnlyList<PartInheritance>? before = null) => new(KernelPart.Of(names), before ?? []);

    /// <summary>Looks after them.</summary>
    public void Tend()
    {
        foreach (var part in _parts)
            part.Hooks.Tend();
        foreach (var act in _upkeep)
            act();
    }

    /// <summary>Detaches them, and lets go of everything in the kernel.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
            part.Hooks.Dispose();
        _parts.Clear();
        _upkeep.Clear();
    }

    private static Func<IReadOnlyList<string>> Voice(IPartHooks part) => () => part.Warnings;

    private void TryOpen(KernelPart part)
    {
        try
        {
            _parts.Add((part, part.Open()));
        }
        catch (MissingSupportException refused)
        {
            _refused.Add(part.Warning(refused));
        }
    }
}
