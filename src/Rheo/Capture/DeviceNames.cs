using System.Collections.Concurrent;

namespace Rheo.Capture;

/// <summary>
/// The names of interfaces by their index: of all that are there, and of the last that went, since what they carried is still shown. Containers
/// come and go for months, and their names with them. Threads: one changes it, any reads.
/// </summary>
internal sealed class DeviceNames
{
    /// <summary>4,096: an hour of a host on which a container starts each second; some 400 KB.</summary>
    private const int MostGone = 4096;

    private readonly ConcurrentDictionary<int, string> _names = new();
    private readonly Queue<int> _gone = new();
    private readonly HashSet<int> _there = [];

    /// <summary>The name; <c>if7</c> when it was never known, or is forgotten.</summary>
    internal string this[int index] => _names.TryGetValue(index, out var name) ? name : $"if{index}";

    /// <summary>Whether the name is known.</summary>
    internal bool Has(int index) => _names.ContainsKey(index);

    /// <summary>An interface is there, by this name from now on.</summary>
    internal void Came(int index, string name)
    {
        _names[index] = name;
        _there.Add(index);
    }

    /// <summary>It went; its name is known for some time still.</summary>
    internal void Went(int index)
    {
        if (!_there.Remove(index))
            return;
        _gone.Enqueue(index);
        while (_gone.Count > MostGone)
            Forget(_gone.Dequeue());
    }

    // Indexes are used again, in the end.
    private void Forget(int index)
    {
        if (!_there.Contains(index))
            _names.TryRemove(index, out _);
    }
}
