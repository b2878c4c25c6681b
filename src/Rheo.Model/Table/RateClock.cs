namespace Rheo.Model.Table;

/// <summary>Numbers the buckets of all conversations and knows how long each of them lasted.</summary>
/// <remarks>
/// A bucket closes at the first tick at which it has lasted <see cref="BucketNs"/>, so a late tick makes a longer bucket and not a
/// wrong rate.
/// </remarks>
internal sealed class RateClock
{
    /// <summary>Buckets in a group.</summary>
    public const int GroupLength = 10;

    /// <summary>Buckets after which everything that a conversation carried is out of every window.</summary>
    public const int Remembered = GroupLength * (RateEntry.Groups.Length + 1);

    // Ticks come about once a second; one that comes a little early must not make a bucket of two seconds.
    private const long BucketNs = 900_000_000;

    private readonly float[] _seconds = new float[RateEntry.Buckets.Length];
    private readonly float[] _tens = new float[RateEntry.Groups.Length];
    private long _openNs;

    /// <summary>Number of the bucket that is open.</summary>
    public int Sequence { get; private set; }

    /// <summary>How long the open bucket has lasted, in seconds.</summary>
    public float OpenSeconds => _openNs / 1e9f;

    /// <summary>Time has passed in the open bucket; closes it when it is full.</summary>
    public void Pass(long elapsedNs)
    {
        _openNs += Math.Max(0, elapsedNs);
        if (_openNs < BucketNs)
            return;
        _seconds[Sequence % RateEntry.Buckets.Length] = OpenSeconds;
        _openNs = 0;
        if (++Sequence % GroupLength == 0)
            _tens[((Sequence / GroupLength) - 1) % RateEntry.Groups.Length] = SecondsOfLast(GroupLength);
    }

    /// <summary>How long the last closed buckets lasted together.</summary>
    public float SecondsOfLast(int count)
    {
        var sum = 0f;
        for (var age = 1; age <= Math.Min(count, Sequence); age++)
            sum += _seconds[(Sequence - age) % RateEntry.Buckets.Length];
        return sum;
    }

    /// <summary>How long a closed group lasted; age 1 is the newest.</summary>
    public float SecondsOfGroup(int age) => _tens[GroupSlot(age)];

    /// <summary>How many groups have closed, up to all that are kept.</summary>
    public int ClosedGroups => Math.Min(Sequence / GroupLength, RateEntry.Groups.Length);

    /// <summary>Where a closed group stands in its ring; age 1 is the newest.</summary>
    public int GroupSlot(int age) => ((Sequence / GroupLength) - age) % RateEntry.Groups.Length;
}
