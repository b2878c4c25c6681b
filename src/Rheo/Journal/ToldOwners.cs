using Rheo.Model.Owners;

namespace Rheo.Journal;

/// <summary>Gives each list of processes a number, told once, so that a flow carries a byte or two and not the names.</summary>
internal sealed class ToldOwners
{
    /// <summary>Lists that are told apart at a time: 4,096. Beyond, numbering begins again.</summary>
    public const int Most = 4096;

    /// <summary>Characters of a text that are told: a path may be longer, but nobody reads it.</summary>
    private const int LongestText = 512;

    private readonly Dictionary<IReadOnlyList<SocketProcess>, ulong> _numbers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tells a list before it is used.</summary>
    public void Tell(FrameWriter frame, IReadOnlyList<SocketProcess> processes)
    {
        if (processes.Count == 0 || _numbers.ContainsKey(processes))
            return;
        if (_numbers.Count == Most)
            _numbers.Clear();
        _numbers[processes] = (ulong)_numbers.Count + 1;
        Write(frame, _numbers[processes], processes);
    }

    /// <summary>Both lists at once: telling the second must not take the first back.</summary>
    public void Tell(FrameWriter frame, IReadOnlyList<SocketProcess> sender, IReadOnlyList<SocketProcess> receiver)
    {
        if (_numbers.Count >= Most - 1)
            _numbers.Clear();
        Tell(frame, sender);
        Tell(frame, receiver);
    }

    /// <summary>The number of a list that was told; 0 of none.</summary>
    public ulong NumberOf(IReadOnlyList<SocketProcess> processes) => processes.Count == 0 ? 0 : _numbers[processes];

    /// <summary>All that were told, for a new reader.</summary>
    public IEnumerable<byte[]> Frames(int size)
    {
        var frame = new FrameWriter();
        foreach (var (processes, number) in _numbers.OrderBy(pair => pair.Value))
        {
            Write(frame, number, processes);
            if (frame.Written >= size)
                yield return frame.Take();
        }

        if (frame.Written > 0)
            yield return frame.Take();
    }

    private static void Write(FrameWriter frame, ulong number, IReadOnlyList<SocketProcess> processes)
    {
        frame.Record(JournalRecord.Owners);
        frame.Number(number);
        frame.Number((ulong)processes.Count);
        foreach (var process in processes)
        {
            frame.Number((ulong)process.Pid);
            frame.Number(process.Uid);
            frame.Text(Bounded(process.Name));
            frame.Text(Bounded(process.Executable));
            frame.Text(Bounded(process.Container));
            frame.Text(Bounded(process.Unit));
        }
    }

    private static string Bounded(string text) =>
        text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];
}
