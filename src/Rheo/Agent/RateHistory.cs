namespace Rheo.Agent;

/// <summary>
/// The rates of the last minute, a number a second, of the conversations that are on the screen or near it. What was not
/// watched is not a number.
/// </summary>
internal sealed class RateHistory
{
    /// <summary>Seconds remembered.</summary>
    public const int Length = 60;

    private static readonly float[] Nothing = [];

    private readonly Dictionary<long, (float[] Values, int Second)> _tracks = [];
    private readonly List<long> _forgotten = [];
    private int _second;

    /// <summary>A second has passed; <see cref="Add"/> now adds to the next.</summary>
    public void Pass()
    {
        _second++;
        foreach (var (id, track) in _tracks)
        {
            if (_second - track.Second >= Length)
                _forgotten.Add(id);
        }

        _forgotten.ForEach(id => _tracks.Remove(id));
        _forgotten.Clear();
    }

    /// <summary>The rate of a conversation in this second. What <see cref="Of"/> gave before stays as it is.</summary>
    public void Add(long id, float bytesPerSecond)
    {
        var (before, last) = _tracks.GetValueOrDefault(id, (Nothing, _second - 1));
        if (last == _second)
            return;
        _tracks[id] = (Extended(before, _second - last, bytesPerSecond), _second);
    }

    /// <summary>The rates of a conversation, the newest last.</summary>
    public IReadOnlyList<float> Of(long id) => _tracks.TryGetValue(id, out var track) ? track.Values : Nothing;

    /// <summary>The numbers and one more, some steps on.</summary>
    public static float[] Extended(float[] before, int steps, float value)
    {
        var length = Math.Min(Length, before.Length + steps);
        var kept = Math.Min(before.Length, length - steps);
        var values = new float[length];
        before.AsSpan(before.Length - kept).CopyTo(values);
        values.AsSpan(kept).Fill(float.NaN);
        values[^1] = value;
        return values;
    }
}
