using Rheo.Capture;

namespace Rheo.Agent;

/// <summary>
/// The optional parts that the warden hands over, before and after somebody reads them: what comes first waits. They are begun on the thread that
/// hears of them, so that flows go on being read: an owner's part looks at all descriptors of the host first. Threads: any.
/// </summary>
internal sealed class PartInbox
{
    private readonly Lock _lock = new();
    private readonly List<HandedObject> _waiting = [];
    private PartReaders? _readers;
    private bool _isComplete;

    /// <summary>Begins to read.</summary>
    /// <param name="wanted">The names of the parts asked for.</param>
    internal PartReaders Read(IReadOnlyList<string> wanted)
    {
        lock (_lock)
        {
            _readers = PartReaders.Begin(wanted);
            foreach (var part in _waiting)
                _readers.Receive(part);
            if (_isComplete)
                _readers.Complete();
            return _readers;
        }
    }

    /// <summary>A part has come.</summary>
    internal void Take(HandedObject part)
    {
        lock (_lock)
        {
            if (_readers is { } readers)
                readers.Receive(part);
            else
                _waiting.Add(part);
        }
    }

    /// <summary>No more are to come.</summary>
    internal void Complete()
    {
        lock (_lock)
        {
            _isComplete = true;
            _readers?.Complete();
        }
    }
}
