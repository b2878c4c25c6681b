using Rheo.Model.Owners;

namespace Rheo.Journal;

/// <summary>The lists of processes that were told, by their numbers. Errors: <see cref="InvalidDataException"/> where a number was never told.</summary>
internal sealed class HeardOwners
{
    private const int MostProcesses = 64;

    private readonly Dictionary<int, IReadOnlyList<SocketProcess>> _lists = [];

    /// <summary>Hears what a number stands for.</summary>
    public void Hear(ref FrameReader frame)
    {
        var number = frame.Number(ToldOwners.Most);
        if (number == 1)
            _lists.Clear();
        var processes = new SocketProcess[frame.Number(MostProcesses)];
        for (var at = 0; at < processes.Length; at++)
            processes[at] = ReadProcess(ref frame);
        _lists[number] = processes;
    }

    /// <summary>Reads a number, as the list that it stands for.</summary>
    public IReadOnlyList<SocketProcess> Read(ref FrameReader frame)
    {
        var number = frame.Number(ToldOwners.Most);
        if (number == 0)
            return [];
        return _lists.TryGetValue(number, out var processes) ? processes : throw new InvalidDataException($"owners {number} were never told");
    }

    private static SocketProcess ReadProcess(ref FrameReader frame) => new()
    {
        Pid = frame.Number(int.MaxValue),
        Uid = uint.CreateSaturating(frame.Number()),
        Name = frame.Text(),
        Executable = frame.Text(),
        Container = frame.Text(),
        Unit = frame.Text(),
    };
}
