namespace Rheo.Capture;

/// <summary>
/// In which order hooks are made: the first one of every interface before the second one of any. The kernel makes one after the other for
/// the whole machine, each some 10 ms, so of many interfaces that come at once each is seen in half the time. Threads: one.
/// </summary>
internal sealed class AttachQueue
{
    /// <summary>Where interfaces come for ever, the second hooks have their turns, too.</summary>
    internal const int MostFirstInARow = 8;

    private readonly Queue<int> _first = new();
    private readonly Queue<int> _second = new();
    private readonly Dictionary<int, bool> _waiting = []; // by interface: true when the second hook is what it waits for
    private int _inARow;

    /// <summary>Interfaces that wait for a hook.</summary>
    internal int Count => _waiting.Count;

    /// <summary>An interface has no hook yet. Nothing is changed when it waits already.</summary>
    internal void Add(int index)
    {
        if (_waiting.TryAdd(index, false))
            _first.Enqueue(index);
    }

    /// <summary>It has its first hook, or that is being made, and wants another.</summary>
    internal void AddSecond(int index)
    {
        _waiting[index] = true;
        _second.Enqueue(index);
    }

    /// <summary>It is gone, or not wanted any more.</summary>
    internal void Remove(int index) => _waiting.Remove(index);

    /// <summary>The next hook to be made; false when there is none.</summary>
    internal bool TryTake(out int index, out bool isSecond)
    {
        isSecond = _inARow >= MostFirstInARow;
        if (!TryTake(isSecond, out index))
        {
            isSecond = !isSecond;
            if (!TryTake(isSecond, out index))
                return false;
        }

        _inARow = isSecond ? 0 : _inARow + 1;
        return true;
    }

    private bool TryTake(bool second, out int index)
    {
        // Those that went meanwhile still stand in line.
        while ((second ? _second : _first).TryDequeue(out index))
        {
            if (_waiting.TryGetValue(index, out var waitsForSecond) && waitsForSecond == second)
                return _waiting.Remove(index);
        }

        return false;
    }
}
