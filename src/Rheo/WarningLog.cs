namespace Rheo;

/// <summary>What several say, each in lines that only grow, as one list that only grows. Threads: one.</summary>
public sealed class WarningLog
{
    private readonly List<Func<IReadOnlyList<string>>> _voices;
    private readonly List<int> _heard;
    private readonly List<string> _lines = [];

    /// <param name="voices">Who is listened to.</param>
    public WarningLog(params IEnumerable<Func<IReadOnlyList<string>>> voices)
    {
        _voices = [.. voices];
        _heard = [.. _voices.Select(_ => 0)];
    }

    /// <summary>Everything said so far, in the order in which it was heard.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            for (var voice = 0; voice < _voices.Count; voice++)
            {
                var said = _voices[voice]();
                for (; _heard[voice] < said.Count; _heard[voice]++)
                    _lines.Add(said[_heard[voice]]);
            }

            return _lines;
        }
    }
}
