using System.Collections.Concurrent;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>The reading halves of the optional parts that are there. One that fails is let go with a warning. Threads: the polling thread.</summary>
public sealed class PartReaders : IDisposable
{
    private readonly ConcurrentDictionary<string, IPartReader> _readers = new();
    private readonly IReadOnlyList<string> _wanted;
    private readonly PartHooks? _hooks; // those of this process; another's stay its own
    private readonly List<string> _failed = [];
    private readonly WarningLog _warnings;

    private PartReaders(IReadOnlyList<string> wanted, IEnumerable<HandedObject> handed, PartHooks? hooks)
    {
        (_wanted, _hooks) = (wanted, hooks);
        _warnings = new WarningLog(() => hooks?.Warnings ?? [], () => _failed);
        foreach (var part in KernelPart.Of(wanted))
        {
            if (handed.FirstOrDefault(one => one.Name == part.Name) is { } ours)
                Guard(part, () => _readers[part.Name] = part.Read(ours));
        }
    }

    /// <summary>Lines for people. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <summary>Of each part that was asked for, whether it is at work.</summary>
    public IReadOnlyList<PartState> States => [.. _wanted.Select(name => new PartState(name, _readers.ContainsKey(name)))];

    /// <summary>Reads what another process has loaded and attached.</summary>
    /// <param name="wanted">The names of the parts asked for.</param>
    /// <param name="handed">What was handed over; a part that is not among these could not be loaded, and its loader has said so.</param>
    public static PartReaders Read(IReadOnlyList<string> wanted, IEnumerable<HandedObject> handed) => new(wanted, handed, null);

    /// <summary>Loads, attaches and reads, in this process.</summary>
    public static PartReaders Open(IReadOnlyList<string> wanted)
    {
        var hooks = PartHooks.Open(wanted);
        return new PartReaders(wanted, hooks.Handed, hooks);
    }

    /// <summary>What they lost, by stage.</summary>
    public IEnumerable<StageLoss> Losses => _readers.OrderBy(reader => reader.Key, StringComparer.Ordinal).SelectMany(reader => reader.Value.Losses);

    /// <summary>The reader that is, or has, a <typeparamref name="T"/>; null: its part is not at work. Threads: any.</summary>
    public T? Get<T>()
        where T : class => _readers.Values.OfType<T>().FirstOrDefault();

    /// <summary>Reads all rings.</summary>
    public void Drain()
    {
        foreach (var part in KernelPart.All)
            Ask(part, reader => reader.Drain());
    }

    /// <summary>Reads what the kernel has added up, and tends what this process attached.</summary>
    /// <param name="nowNs">The scan's time, Unix ns.</param>
    public void Scan(long nowNs)
    {
        foreach (var part in KernelPart.All)
            Ask(part, reader => reader.Scan(nowNs));
        _hooks?.Tend();
    }

    /// <summary>Lets go of the readers, and of what this process attached.</summary>
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
            reader.Dispose();
        _readers.Clear();
        _hooks?.Dispose();
    }

    private void Ask(KernelPart part, Action<IPartReader> act)
    {
        if (_readers.TryGetValue(part.Name, out var reader))
            Guard(part, () => act(reader));
    }

    private void Guard(KernelPart part, Action act)
    {
        try
        {
            act();
        }
        catch (Exception refused) when (refused is BpfException or MissingSupportException)
        {
            if (_readers.TryRemove(part.Name, out var reader))
                reader.Dispose();
            _failed.Add(part.Warning(refused));
        }
    }
}
