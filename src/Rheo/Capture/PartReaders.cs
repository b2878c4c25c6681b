using System.Collections.Concurrent;
using Rheo.Bpf;

namespace Rheo.Capture;

/// <summary>
/// The reading halves of the optional parts that are there. They may come later than the flows. One that fails is let go with a warning.
/// Threads: the polling thread, but for <see cref="Receive"/>, <see cref="Complete"/>, <see cref="Await"/> and <see cref="Get"/>.
/// </summary>
public sealed class PartReaders : IDisposable
{
    private readonly ConcurrentDictionary<string, IPartReader> _readers = new();
    private readonly IReadOnlyList<string> _wanted;
    private readonly WarningLog _warnings;
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartHooks? _hooks; // those of this process; another's stay its own
    private volatile string[] _failed = [];

    private PartReaders(IReadOnlyList<string> wanted)
    {
        _wanted = wanted;
        _warnings = new WarningLog(() => _hooks?.Warnings ?? [], () => _failed);
    }

    /// <summary>Lines for people. Only grows.</summary>
    public IReadOnlyList<string> Warnings => _warnings.Lines;

    /// <summary>Of each part that was asked for, whether it is at work.</summary>
    public IReadOnlyList<PartState> States => [.. _wanted.Select(name => new PartState(name, _readers.ContainsKey(name)))];

    /// <summary>What they lost, by stage.</summary>
    public IEnumerable<StageLoss> Losses => _readers.OrderBy(reader => reader.Key, StringComparer.Ordinal).SelectMany(reader => reader.Value.Losses);

    /// <summary>Will read what is loaded and attached, here or by another process, and handed over later.</summary>
    /// <param name="wanted">The names of the parts asked for. One that never comes could not be loaded, and its loader says so.</param>
    public static PartReaders Begin(IReadOnlyList<string> wanted) => new(wanted);

    /// <summary>Reads what another process has loaded and attached.</summary>
    /// <param name="wanted">The names of the parts asked for.</param>
    /// <param name="handed">What was handed over; a part that is not among these could not be loaded, and its loader has said so.</param>
    public static PartReaders Read(IReadOnlyList<string> wanted, IEnumerable<HandedObject> handed)
    {
        var readers = Begin(wanted);
        foreach (var one in handed)
            readers.Receive(one);
        readers.Complete();
        return readers;
    }

    /// <summary>Loads, attaches and reads, in this process.</summary>
    public static PartReaders Open(IReadOnlyList<string> wanted)
    {
        var readers = Begin(wanted);
        readers.Receive(PartHooks.Open(wanted));
        return readers;
    }

    /// <summary>Begins to read a part. From any thread, one at a time.</summary>
    public void Receive(HandedObject handed)
    {
        foreach (var part in KernelPart.Of(_wanted).Where(part => part.Name == handed.Name))
            Guard(part, () => _readers[part.Name] = part.Read(handed));
    }

    /// <summary>Reads what this process has loaded; from now on looks after it.</summary>
    public void Receive(PartHooks hooks)
    {
        _hooks = hooks;
        foreach (var handed in hooks.Handed)
            Receive(handed);
        Complete();
    }

    /// <summary>No more parts are to come. From any thread.</summary>
    public void Complete() => _complete.TrySetResult();

    /// <summary>Waits until all parts that could be loaded are read, but no longer than this. From any thread but the polling one.</summary>
    public void Await(TimeSpan most) => _complete.Task.Wait(most);

    /// <summary>The reader that is, or has, a <typeparamref name="T"/>; null: its part is not at work. Threads: any.</summary>
    public T? Get<T>()
        where T : class
    {
        foreach (var (_, reader) in _readers)
        {
            if (reader is T wanted)
                return wanted;
        }

        return null;
    }

    /// <summary>Reads all rings. True when there was something.</summary>
    public bool Drain()
    {
        var hadNews = false;
        foreach (var part in KernelPart.All)
            hadNews |= Ask(part, static (reader, _) => reader.Drain(), 0);
        return hadNews;
    }

    /// <summary>Reads what the kernel has added up, and tends what this process attached.</summary>
    /// <param name="nowNs">The scan's time, Unix ns.</param>
    public void Scan(long nowNs)
    {
        foreach (var part in KernelPart.All)
            Ask(part, Scan, nowNs);
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

    private static bool Scan(IPartReader reader, long nowNs)
    {
        reader.Scan(nowNs);
        return true;
    }

    private bool Ask(KernelPart part, Func<IPartReader, long, bool> act, long nowNs)
    {
        if (!_readers.TryGetValue(part.Name, out var reader))
            return false;
        try
        {
            return act(reader, nowNs);
        }
        catch (Exception refused) when (refused is BpfException or MissingSupportException)
        {
            Lose(part, refused);
            return true;
        }
    }

    private void Guard(KernelPart part, Action act)
    {
        try
        {
            act();
        }
        catch (Exception refused) when (refused is BpfException or MissingSupportException)
        {
            Lose(part, refused);
        }
    }

    private void Lose(KernelPart part, Exception refused)
    {
        if (_readers.TryRemove(part.Name, out var reader))
            reader.Dispose();
        lock (_complete)
            _failed = [.. _failed, part.Warning(refused)];
    }
}
